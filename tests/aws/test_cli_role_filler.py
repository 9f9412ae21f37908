"""Files for the AWS CLI: botocore's own code finds them, and only ours are removed."""

from __future__ import annotations

import json
import stat
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from botocore.credentials import AssumeRoleCredentialFetcher, Credentials
from botocore.utils import JSONFileCache

from tests.aws.test_cli_role_cache import Fetcher
from tests.builders import a_profile, a_session
from tray.aws.cli_role_cache import CliRoleCache, file_key
from tray.aws.cli_role_filler import CliRoleFiller
from tray.core.credentials import RoleCredentials
from tray.core.errors import CannotTell
from tray.core.model import Profile, Secret, SsoSession
from tray.core.roles import AssumedRole

CORP, LEGACY = a_session(), a_session(legacy=True)
DEV = a_profile()
ROLE = AssumedRole("arn:aws:iam::222233334444:role/deployer")
NOW = datetime.now(UTC).replace(microsecond=0)
CHAINED = [
    ROLE,
    replace(ROLE, external_id="x-1"),
    replace(ROLE, external_id="x-1", duration=1800, session_name="me"),
]


def keys(name: str = "ASIAOURS", hours: float = 1) -> RoleCredentials:
    """Give keys for so many hours from now."""
    end = NOW + timedelta(hours=hours)
    return RoleCredentials(name, Secret("secret"), Secret("token"), end)


def filler(folder: Path) -> CliRoleFiller:
    """Give the edge."""
    return CliRoleFiller(folder, lambda _: None)


def chained(role: AssumedRole) -> Profile:
    """Give a profile that assumes a role."""
    return replace(a_profile("deploy"), source_profile="dev", roles=(role,))


@pytest.mark.parametrize("session", [CORP, LEGACY], ids=["session", "legacy"])
def test_botocores_sso_code_asks_nobody(tmp_path: Path, session: SsoSession) -> None:
    """What lies under its own name and in its own form is taken as it is."""
    profile = replace(DEV, session=session.name)
    filler(tmp_path).fill(session, profile, keys())

    found = Fetcher(session, tmp_path).fetch_credentials()

    assert found["access_key"] == "ASIAOURS"
    assert found["token"] == "token"
    assert found["account_id"] == DEV.account_id
    (path,) = tmp_path.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("role", CHAINED)
def test_botocores_sts_code_asks_nobody(tmp_path: Path, role: AssumedRole) -> None:
    """So it is for a role over SSO, with all that a profile can say of it."""
    filler(tmp_path).fill(CORP, chained(role), keys())
    wishes = {
        "ExternalId": role.external_id,
        "DurationSeconds": role.duration,
        "RoleSessionName": role.session_name,
    }
    fetcher = AssumeRoleCredentialFetcher(
        client_creator=None,  # type: ignore[arg-type]
        source_credentials=Credentials("A", "B"),
        role_arn=role.role_arn,
        extra_args={name: value for name, value in wishes.items() if value},
        cache=JSONFileCache(str(tmp_path)),  # type: ignore[arg-type]
    )

    found = fetcher.fetch_credentials()

    assert found["access_key"] == "ASIAOURS"
    assert found["account_id"] == "222233334444"


def test_what_we_fill_is_found_by_us(tmp_path: Path) -> None:
    """Until 15 minutes before its end the AWS CLI asks nobody."""
    filler(tmp_path).fill(CORP, DEV, keys())
    filler(tmp_path).fill(CORP, chained(ROLE), keys(hours=2))

    ends = CliRoleCache(tmp_path).ends([(CORP, DEV), (CORP, chained(ROLE))], NOW)

    quarter = timedelta(minutes=15)
    assert ends == {
        "dev": keys().expiration - quarter,
        "deploy": keys(hours=2).expiration - quarter,
    }


def test_what_lasts_longer_stays(tmp_path: Path) -> None:
    """The CLI's own newer credentials are not replaced, and never removed by us."""
    Fetcher(CORP, tmp_path).fetch_credentials()
    (path,) = tmp_path.iterdir()
    before = path.read_text()
    filler(tmp_path).fill(CORP, DEV, keys(hours=0.9))
    filler(tmp_path).clear(CORP, DEV)
    assert path.read_text() == before

    filler(tmp_path).fill(CORP, DEV, keys(hours=2))
    assert json.loads(path.read_text())["Credentials"]["AccessKeyId"] == "ASIAOURS"
    filler(tmp_path).clear(CORP, DEV)
    filler(tmp_path).clear(CORP, DEV)
    assert list(tmp_path.iterdir()) == []


def test_what_the_cli_writes_is_its_own_again(tmp_path: Path) -> None:
    """It drops our mark, and then the file is not ours to remove."""
    filler(tmp_path).fill(CORP, DEV, keys(hours=0.1))
    Fetcher(CORP, tmp_path).fetch_credentials()
    filler(tmp_path).clear(CORP, DEV)

    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("text", ["", "{", "[]", '{"Credentials": 1}', "\0"])
def test_nonsense_is_replaced(tmp_path: Path, text: str) -> None:
    """What the CLI can't read either is no obstacle."""
    path = tmp_path / f"{file_key(CORP, DEV)}.json"
    path.write_text(text)
    filler(tmp_path).clear(CORP, DEV)
    assert path.exists()
    filler(tmp_path).fill(CORP, DEV, keys())

    assert Fetcher(CORP, tmp_path).fetch_credentials()["access_key"] == "ASIAOURS"


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    """It is told by its place."""
    path = tmp_path / f"{file_key(CORP, DEV)}.json"
    path.mkdir()

    with pytest.raises(CannotTell, match="can't be written"):
        filler(tmp_path).fill(CORP, DEV, keys())
