"""What is wrong in AWS's config is named, with its place and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.aws.config_cases import DEV, PROFILES, ROLE, Case
from tests.aws.config_cases_chains import CHAINS
from tests.aws.config_cases_sessions import SESSIONS
from tests.aws.config_referee import verdict
from tray.aws.config import ConfigFile
from tray.core.model import AwsConfig, Subject

CASES = [*PROFILES, *CHAINS, *SESSIONS]


def read(tmp_path: Path, config: str, credentials: str = "") -> AwsConfig:
    """Read a config, and a credentials file if there is to be one."""
    folder = tmp_path / ".aws"
    folder.mkdir(exist_ok=True)
    (folder / "config").write_text(config, encoding="utf-8")
    if credentials:
        (folder / "credentials").write_text(credentials, encoding="utf-8")
    return ConfigFile({}, tmp_path).read()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_it_is_named_with_place_and_remedy(tmp_path: Path, case: Case) -> None:
    """One problem with the right name and line, and words that help."""
    found = read(tmp_path, case.config)
    about = [p for p in found.problems if p.name == case.about]
    problem = about[0].problem

    assert [(p.subject, p.line) for p in about][:1] == [(case.subject, case.line)]
    assert f"~/.aws/config, line {case.line}" in problem.title
    for words in case.words:
        assert words in f"{problem.title} {problem.remedy}"
    assert problem.title.endswith(".")
    assert problem.remedy.endswith(".")
    if case.subject is Subject.PROFILE:
        assert tuple(p.name for p in found.profiles) == case.sound


@pytest.mark.parametrize(
    "case", [c for c in CASES if c.referee], ids=lambda case: case.name
)
def test_botocore_sees_it_too(tmp_path: Path, case: Case) -> None:
    """What is called refused, SSO or ignored is so for botocore itself."""
    path = tmp_path / "config"
    path.write_text(case.config, encoding="utf-8")

    assert verdict(path, tmp_path / "none", case.about) is case.referee


@pytest.mark.parametrize("case", SESSIONS, ids=lambda case: case.name)
def test_a_wrong_session_is_still_shown(tmp_path: Path, case: Case) -> None:
    """People see a session that can't work, unless it has not even a header."""
    found = read(tmp_path, case.config)

    shown = [session.name for session in found.sessions]
    assert shown == ([] if "Write [" in " ".join(case.words) else [case.about])


def test_the_forms_are_many() -> None:
    """More than 26 kinds of wrong are told apart."""
    assert len(CASES) > 60


def test_profiles_of_a_wrong_session_are_kept(tmp_path: Path) -> None:
    """One wrong session is one problem, not one for each of its profiles."""
    config = DEV + "[sso-session corp]\nsso_start_url = https://x.y\n"

    found = read(tmp_path, config)

    assert [p.name for p in found.profiles] == ["dev"]
    assert [(p.subject, p.name) for p in found.problems] == [(Subject.SESSION, "corp")]


def test_all_that_is_wrong_is_told_in_order(tmp_path: Path) -> None:
    """Problems come as they stand in the files, the config first."""
    config = f"[profile a]\nsso_session = x\n{ROLE}[sso-session s]\n[profilez]\nk = v\n"
    found = read(tmp_path, config, "[sso-session t]\nk = v\nnonsense\n")

    assert [p.line for p in found.problems] == [2, 5, 6, 1, 3]
