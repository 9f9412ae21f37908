"""`upgrade`: a diff, what it means for old tools, consent, one write, the way back."""

from __future__ import annotations

import io
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from typing import Any

import botocore.configloader
import pexpect
import pytest

from tests.cli.setting_up import Answers
from tests.fakes.cli import Ended
from tray.aws.config import ConfigFile
from tray.cli.main import main
from tray.cli.outside import the_program

URL = "https://acme.awsapps.com/start"
REST = "sso_account_id = 111122223333\nsso_role_name = Admin\n"
OLD = f"""\
# my own words
[default]
region = eu-west-1

[profile a]
sso_start_url = {URL}
sso_region  =  eu-west-1
{REST}
[profile "b c"]   # a note
sso_start_url={URL}/#/
sso_region=eu-west-1
{REST}output = json
[profile chained]
role_arn = arn:aws:iam::111122223333:role/x
source_profile = a
"""
NEW = f"""\
# my own words
[default]
region = eu-west-1

[profile a]
{REST}sso_session = acme

[profile "b c"]   # a note
{REST}output = json
sso_session = acme
[profile chained]
role_arn = arn:aws:iam::111122223333:role/x
source_profile = a

[sso-session acme]
# managed by sso-tray
sso_start_url = {URL}
sso_region = eu-west-1
sso_registration_scopes = sso:account:access
"""


@pytest.fixture
def path(calm_world: Path) -> Path:
    """Give a config with legacy profiles."""
    path = calm_world / ".aws" / "config"
    path.parent.mkdir()
    path.write_text(OLD)
    return path


def run(*words: str, answer: bool | None = None) -> Ended:
    """Run `upgrade`, with somebody who answers or without a terminal."""
    somebody = None if answer is None else Answers([answer])
    outside = replace(the_program(), asking=lambda: somebody)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(("upgrade", *words), outside)
    return Ended(status, out.getvalue(), err.getvalue())


def test_all_of_it(path: Path) -> None:
    """What must change changes; the next step is named; undo gives all back."""
    ended = run("--yes")

    assert (ended.status, ended.out) == (0, "")
    assert path.read_text() == NEW
    assert "2 profiles of" in ended.err
    assert ended.last == "Now log in: sso-tray login --session acme"
    assert run().err == "No profile is in AWS's old form: nothing to change.\n"
    undone = run("--undo")
    assert (undone.status, path.read_text()) == (0, OLD)
    assert run("--undo").status == 1


def test_botocore_and_we_read_what_was_written(path: Path, calm_world: Path) -> None:
    """Both find the session, and of the profiles all that they said before."""
    run("--yes")
    loaded = botocore.configloader.load_config(str(path))
    config = ConfigFile({}, calm_world).read()

    assert loaded["sso_sessions"]["acme"]["sso_start_url"] == URL
    for name in ("a", "b c"):
        assert loaded["profiles"][name]["sso_session"] == "acme"
        assert loaded["profiles"][name]["sso_role_name"] == "Admin"
    assert [(s.name, s.legacy) for s in config.sessions] == [("acme", False)]
    assert {p.session for p in config.profiles} == {"acme"}
    assert config.problems == ()


def test_a_dry_run_prints_the_diff(path: Path) -> None:
    """The diff is the result; nothing is written, not even a backup."""
    ended = run("--dry-run")

    assert ended.status == 0
    assert "+sso_session = acme" in ended.out
    assert path.read_text() == OLD
    assert [each.name for each in path.parent.iterdir()] == ["config"]


def test_old_tools_are_named_before_people_decide(path: Path) -> None:
    """No leaves all as it was; yes writes."""
    refused = run(answer=False)
    assert "Terraform" in refused.err
    assert "-sso_start_url" in refused.err
    assert (refused.status, refused.last) == (0, "Nothing was changed.")
    assert path.read_text() == OLD

    assert run(answer=True).status == 0
    assert path.read_text() == NEW


def test_without_a_terminal_nothing_is_taken_for_granted(path: Path) -> None:
    """Status 2, with the words that help."""
    ended = run()

    assert ended.status == 2
    assert "--yes" in ended.last
    assert path.read_text() == OLD


def test_two_portals_and_the_credentials_file(path: Path) -> None:
    """A session for each; what stands in the other file is named and left alone."""
    legacy = f"sso_start_url = https://lab.awsapps.com/start\nsso_region = x-1\n{REST}"
    path.write_text(f"{OLD}[profile lab]\n{legacy}")
    other = path.with_name("credentials")
    other.write_text(f"[kept]\n{legacy}")
    ended = run("--yes")

    assert ended.status == 0
    assert "credentials file: kept." in ended.err
    assert ended.last == "Now log in: sso-tray login --all"
    assert "[sso-session lab]" in path.read_text()
    assert other.read_text() == f"[kept]\n{legacy}"


@pytest.mark.parametrize("words", [("--yes", "--undo"), ("--dry-run", "--yes")])
def test_words_that_do_not_fit_together(path: Path, words: tuple[str, ...]) -> None:
    """Status 2, and nothing is done."""
    assert run(*words).status == 2
    assert path.read_text() == OLD


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        (f"{OLD}<<<<<<< HEAD\n", 5, f"line {OLD.count(chr(10)) + 1}"),
        (f"{OLD}[profile a]\n", 5, "more than once"),
    ],
)
def test_what_can_not_be_edited(path: Path, text: str, status: int, said: str) -> None:
    """The place is named, and the file stays as it is."""
    path.write_text(text)
    ended = run("--yes")

    assert (ended.status, said in ended.err) == (status, True)
    assert path.read_text() == text


def test_a_read_only_config(path: Path) -> None:
    """Status 1, said before anything is asked."""
    path.chmod(0o400)
    ended = run("--yes")

    assert ended.status == 1
    assert "read-only" in ended.err


def test_no_config_at_all(calm_world: Path) -> None:
    """Nothing to do is no failure, and makes no file."""
    assert run("--yes").status == 0
    assert not (calm_world / ".aws").exists()


def test_the_real_program(path: Path, environ: dict[str, str]) -> None:
    """From the command line, with a pipe for a terminal."""
    done = subprocess.run(
        [sys.executable, "-m", "tray", "upgrade"],
        check=False,
        capture_output=True,
        text=True,
        env=environ,
        timeout=60,
    )

    assert done.returncode == 2
    assert done.stdout == ""
    assert path.read_text() == OLD


def test_a_closed_stdin_is_no_terminal(path: Path, environ: dict[str, str]) -> None:
    """Started with nothing to read from, it refuses as with a pipe."""
    done = subprocess.run(
        ["bash", "-c", 'exec "$0" -m tray upgrade <&-', sys.executable],
        check=False,
        capture_output=True,
        env=environ,
        timeout=60,
    )

    assert done.returncode == 2
    assert path.read_text() == OLD


@pytest.mark.parametrize(
    ("typed", "status", "after"),
    [("\r", 0, NEW), ("y\r", 0, NEW), ("n\r", 0, OLD), ("\x04", 130, OLD)],
)
def test_at_a_terminal(
    path: Path, environ: dict[str, str], typed: str, status: int, after: str
) -> None:
    """Enter and yes write it; no and leaving write nothing."""
    screen: Any = pexpect.spawn(  # it carries no types
        sys.executable, ["-m", "tray", "upgrade"], env=environ, timeout=30
    )
    screen.expect_exact("Write this?")
    screen.send(typed)
    screen.expect(pexpect.EOF)
    screen.close()

    assert screen.exitstatus == status
    assert path.read_text() == after
