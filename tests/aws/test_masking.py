"""A default profile that would win over the endpoint of `exec`, put out of sight."""

from __future__ import annotations

from pathlib import Path

import pytest

from tray.aws.masking import masked, without_default

PLAIN = "[default]\nregion = eu-west-1\n\n[profile dev]\nsso_session = corp\n"
WINS = """\
# mine
[default]
region = eu-west-1
sso_session = corp
SSO_Account_Id: 111122223333
credential_process =
  /bin/keys
  --now
output = json

[profile dev]
credential_process = /bin/dev
"""
SHOWN = """\
# mine
[default]
region = eu-west-1
output = json

[profile dev]
credential_process = /bin/dev
"""


def test_only_what_wins_is_hidden() -> None:
    """Settings, comments and all other profiles stay as they are."""
    assert masked(WINS) == SHOWN
    assert masked(SHOWN) is None


@pytest.mark.parametrize(
    "header", ["[default]", "[profile default]", '[profile "default"]', "[default] ; x"]
)
def test_every_spelling_of_default(header: str) -> None:
    """Whatever AWS's tools take for the default profile is it."""
    assert masked(f"{header}\nrole_arn = x\n") == f"{header}\n"


@pytest.mark.parametrize(
    "text",
    [
        "",
        PLAIN,
        "[profile dev]\nrole_arn = x\n",
        '[profile "default]\nrole_arn = x\n',
        "[default]\n# role_arn = x\n",
    ],
)
def test_what_does_not_win_is_left_alone(text: str) -> None:
    """Where nothing would win, there is no copy at all."""
    assert masked(text) is None


def test_copies_live_as_long_as_the_block(tmp_path: Path) -> None:
    """They are private, lead nowhere else, and are gone after it."""
    config = tmp_path / "config"
    config.write_text(WINS)
    environ = {
        "AWS_CONFIG_FILE": str(config),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "none"),
    }

    with without_default(environ, tmp_path) as found:
        copy = Path(found["AWS_CONFIG_FILE"])
        assert copy.read_text() == SHOWN
        assert list(found) == ["AWS_CONFIG_FILE"]
        assert copy.parent.stat().st_mode & 0o077 == 0

    assert not copy.parent.exists()
    assert config.read_text() == WINS


def test_secrets_are_not_copied(tmp_path: Path) -> None:
    """A credentials file whose default would win is not seen at all."""
    credentials = tmp_path / "credentials"
    credentials.write_text("[default]\naws_secret_access_key = hush\n[x]\na = b\n")
    environ = {
        "AWS_CONFIG_FILE": str(tmp_path / "none"),
        "AWS_SHARED_CREDENTIALS_FILE": str(credentials),
    }

    with without_default(environ, tmp_path) as found:
        assert Path(found["AWS_SHARED_CREDENTIALS_FILE"]).read_text() == ""


def test_without_need_there_is_nothing(tmp_path: Path) -> None:
    """No default, no copies."""
    with without_default({}, tmp_path) as found:
        assert found == {}
