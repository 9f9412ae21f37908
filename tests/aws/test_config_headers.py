"""Headers in odd forms: which of them count, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.aws.config_cases import DEV, ROLE, SESSION
from tests.aws.config_referee import Verdict, verdict
from tray.aws.config import ConfigFile
from tray.core.model import AwsConfig, Subject


def read(home: Path, config: str, credentials: str = "") -> AwsConfig:
    """Write the files and read them once."""
    folder = home / ".aws"
    folder.mkdir()
    (folder / "config").write_text(config, encoding="utf-8")
    (folder / "credentials").write_text(credentials, encoding="utf-8")
    return ConfigFile({}, home).read()


@pytest.mark.parametrize(
    ("first", "second", "name"),
    [
        ("default", "profile default", "default"),
        ("profile default", "default", "default"),
        ("profile x", 'profile "x"', "x"),
        ("profile 'x'", "profile x", "x"),
        ("profile  x", "profile x", "x"),
    ],
)
def test_of_two_with_one_name_the_later_counts(
    tmp_path: Path, first: str, second: str, name: str
) -> None:
    """As in botocore; and it is said, since other tools take another one."""
    two = f"[{first}]\nsso_session = no\n{ROLE}[{second}]\nsso_session = corp\n{ROLE}"
    found = read(tmp_path, SESSION + two)
    config = tmp_path / ".aws" / "config"

    assert [(p.name, p.session, p.line) for p in found.profiles] == [(name, "corp", 8)]
    assert [(p.subject, p.line) for p in found.problems] == [(Subject.FILE, 8)]
    assert verdict(config, tmp_path / "none", name) is Verdict.SSO


def test_of_two_sessions_the_later_counts(tmp_path: Path) -> None:
    """The same for sessions; the session does not look broken by it."""
    other = SESSION.replace("corp]", "'corp']").replace("eu-central-1", "us-east-1")
    found = read(tmp_path, f"{SESSION}{other}{DEV}")

    assert [s.region for s in found.sessions] == ["us-east-1"]
    assert [(p.subject, p.line) for p in found.problems] == [(Subject.FILE, 4)]


def test_keys_of_a_header_that_stands_twice_are_merged(tmp_path: Path) -> None:
    """AWS's tools refuse the file; what it means is still plain."""
    found = read(tmp_path, f"{SESSION}{DEV}[profile dev]\nsso_role_name = Other\n")

    assert [p.role_name for p in found.profiles] == ["Other"]
    assert [p.line for p in found.problems] == [8]


def test_defaults_for_all_are_lent(tmp_path: Path) -> None:
    """Python's tools lend what stands under `[DEFAULT]` to each section."""
    config = f"{SESSION}[DEFAULT]\nsso_session = corp\n[profile p]\n{ROLE}"
    found = read(tmp_path, config.replace(SESSION, "") + SESSION)
    refusal = verdict(tmp_path / ".aws" / "config", tmp_path / "none", "p")

    assert [p.name for p in found.profiles] == ["p"]
    assert "[DEFAULT]" in found.problems[0].problem.title
    assert refusal is Verdict.SSO


def test_a_faulty_block_that_is_lent(tmp_path: Path) -> None:
    """A nested block under `[DEFAULT]` makes the file refused like any other."""
    found = read(tmp_path, f"[DEFAULT]\ns3 =\n  x\n{SESSION}")

    assert [p.line for p in found.problems] == [1, 2]
    assert "under 's3'" in found.problems[1].problem.title


@pytest.mark.parametrize("name", ["dev@corp.com", "a/b", "x:y%z+1.2-3_4"])
def test_names_that_every_tool_accepts(tmp_path: Path, name: str) -> None:
    """Such names of sessions are not remarked on."""
    assert read(tmp_path, SESSION.replace("corp]", f"{name}]")).problems == ()


@pytest.mark.parametrize("name", ['"two words"', "\u00e9", "a!b"])
def test_names_that_not_every_tool_accepts(tmp_path: Path, name: str) -> None:
    """They work, so the session is not called wrong; it is said all the same."""
    found = read(tmp_path, SESSION.replace("corp]", f"{name}]"))

    assert [s.name for s in found.sessions] == [name.strip('"')]
    assert [(p.subject, p.line) for p in found.problems] == [(Subject.FILE, 1)]
    assert "not every AWS SDK" in found.problems[0].problem.title


def test_a_stray_header_does_not_spoil_its_namesake(tmp_path: Path) -> None:
    """A mistyped session beside the proper one is the file's problem."""
    found = read(tmp_path, SESSION + "[sso_session corp]\nsso_region = us-east-1\n")

    assert [(p.subject, p.line) for p in found.problems] == [(Subject.FILE, 4)]


@pytest.mark.parametrize(
    ("header", "better"),
    [("profile-x dev", "[profile dev]"), ("sso-sessions s", "[sso-session s]")],
)
def test_first_words_that_work_by_accident(
    tmp_path: Path, header: str, better: str
) -> None:
    """How the word begins is all that botocore looks at; others do not."""
    body = "sso_start_url = https://x.y\nsso_region = us-east-1\n"
    found = read(tmp_path, f"{SESSION}[{header}]\nsso_session = corp\n{ROLE}{body}")

    assert f"Write {better}." in [p.problem.remedy for p in found.problems]


def test_keys_in_capitals(tmp_path: Path) -> None:
    """They work in Python's tools; the profile stays and it is said."""
    found = read(tmp_path, SESSION + DEV.replace("sso_session", "SSO_SESSION"))

    assert [p.name for p in found.profiles] == ["dev"]
    assert [(p.subject, p.line) for p in found.problems] == [(Subject.FILE, 5)]


def test_headers_that_belong_into_the_other_file(tmp_path: Path) -> None:
    """In the credentials file a profile has its bare name, and sessions nothing."""
    found = read(tmp_path, "", f"[profile p]\nk = v\n{SESSION}")

    assert [(p.subject, p.line) for p in found.problems] == [
        (Subject.FILE, 1),
        (Subject.FILE, 3),
    ]
    assert found.problems[0].problem.remedy == "Write [p] there."
    assert found.problems[1].problem.remedy == "Move the section to ~/.aws/config."


def test_names_are_shown_on_one_line_and_cut(tmp_path: Path) -> None:
    """A name can't break or flood a notice."""
    name = "\u202ex" + "y" * 500
    found = read(tmp_path, f"[profile '{name}']\nsso_session = no\n")
    title = found.problems[0].problem.title

    assert len(title) < 200
    assert title.isprintable()
