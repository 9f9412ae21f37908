"""Whatever stands in the config, botocore and we agree on which profiles use SSO."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.aws.config_referee import Verdict, verdict
from tray.aws.config import ConfigFile
from tray.core.model import Subject

SESSIONS = """\
[sso-session good]
sso_start_url = https://good.awsapps.com/start
sso_region = us-east-1
[sso-session other]
sso_start_url = https://other.awsapps.com/start
sso_region = eu-west-1
sso_account_id = 210987654321
[sso-session half]
sso_start_url = https://half.awsapps.com/start
"""
NAMES = ("default", "a", "b", "c")
URLS = ("https://good.awsapps.com/start", "https://legacy.awsapps.com/start")

PROFILES = st.fixed_dictionaries(
    {},
    optional={
        "sso_session": st.sampled_from(["good", "other", "half", "none"]),
        "sso_start_url": st.sampled_from(URLS),
        "sso_region": st.sampled_from(["us-east-1", "eu-west-1"]),
        "sso_account_id": st.sampled_from(["123456789012", "210987654321"]),
        "sso_role_name": st.just("Reader"),
        "role_arn": st.just("arn:aws:iam::123456789012:role/x"),
        "source_profile": st.sampled_from([*NAMES, "d"]),
        "aws_access_key_id": st.just("A"),
        "region": st.just("us-east-1"),
    },
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a home for all the files of a property."""
    home = tmp_path_factory.mktemp("home")
    (home / ".aws").mkdir()
    return home


def section(header: str, values: dict[str, str]) -> str:
    """Write a section."""
    return f"[{header}]\n" + "".join(f"{k} = {v}\n" for k, v in values.items())


ROLE = {"role_arn": "arn:aws:iam::123456789012:role/x", "region": "us-east-1"}
READER = {"sso_account_id": "123456789012", "sso_role_name": "Reader"}
KEYED = READER | {"sso_session": "good", "aws_access_key_id": "A"}


@example(  # keys end a chain, but not one that comes back to them
    config={"default": ROLE | {"source_profile": "a"}},
    credentials={"a": ROLE | KEYED | {"source_profile": "default"}},
)
@given(
    config=st.dictionaries(st.sampled_from(NAMES), PROFILES, min_size=1),
    credentials=st.dictionaries(st.sampled_from(NAMES), PROFILES, max_size=2),
)
def test_the_same_profiles_are_sound(
    home: Path,
    config: dict[str, dict[str, str]],
    credentials: dict[str, dict[str, str]],
) -> None:
    """A profile is listed if and only if botocore gets its credentials through SSO.

    Profiles with a session and no role are listed too; botocore has no credentials
    for them. Where the session is called wrong, botocore fails now or later.
    """
    path, other = home / ".aws" / "config", home / ".aws" / "credentials"
    text = SESSIONS + "".join(
        section("default" if name == "default" else f"profile {name}", values)
        for name, values in config.items()
    )
    path.write_text(text, encoding="utf-8")
    other.write_text(
        "".join(section(name, values) for name, values in credentials.items()),
        encoding="utf-8",
    )
    found = ConfigFile({}, home).read()
    wrong = {p.name for p in found.problems if p.subject is Subject.SESSION}
    sessions = {p.name: p.session for p in found.profiles}
    ours = {p.name for p in found.profiles if p.account_id}

    for name in config.keys() | credentials.keys():
        if sessions.get(name) not in wrong:
            theirs = verdict(path, other, name)
            assert (name in ours) is (theirs is Verdict.SSO)
