"""`configure` on a real terminal, with a real log-in: a newcomer's first minute."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pexpect
import pytest

from tests.cli.daemons import COMMAND, run
from tray.demo.center import Center, CenterSettings, Portal, User, some_accounts
from tray.demo.person import Person

assert sys.platform == "linux"

MINUTE = 60.0
DOWN, ENTER, CTRL_A, CTRL_C, CTRL_D = "\x1b[B", "\r", "\x01", "\x03", "\x04"


@pytest.fixture
def center() -> Iterator[Center]:
    """Give a center with forty accounts of four roles each."""
    alice = User("alice", "Alice", some_accounts(40, roles=4))
    settings = CenterSettings(interval=1, portals=(Portal("corp", "Corp", (alice,)),))
    with Center(settings, lambda: datetime.now(UTC)) as center:
        yield center


class Newcomer:
    """Somebody at a terminal, with a browser beside it."""

    def __init__(self, environ: dict[str, str], center: Center, *words: str) -> None:
        self.center = center
        program, *more = (*COMMAND, "configure", "--no-browser", *words)
        self.screen: Any = pexpect.spawn(  # it carries no types
            str(program),
            [str(word) for word in more],
            env=environ,
            encoding="utf-8",
            dimensions=(30, 100),
            timeout=30,
        )

    def sees(self, text: str) -> None:
        """Wait until this is on the screen."""
        self.screen.expect_exact(text)

    def types(self, text: str) -> None:
        """Press keys."""
        self.screen.send(text)

    def logs_in(self) -> None:
        """Open the address that is shown, and allow it."""
        self.screen.expect(r"open: (http\S+)")
        Person("alice").visit(self.screen.match[1])

    def answers(self, *answers: tuple[str, str]) -> None:
        """Answer each question when it comes."""
        for question, answer in answers:
            self.sees(question)
            self.types(answer)

    def ends(self) -> tuple[int, str]:
        """Wait for the end; give the exit status and what was shown last."""
        self.screen.expect(pexpect.EOF)
        self.screen.close()
        return self.screen.exitstatus, re.sub(
            r"\x1b\[[0-9;?]*\w", "", self.screen.before
        )


@pytest.fixture
def place(environ: dict[str, str], center: Center) -> dict[str, str]:
    """Give the variables of an empty world beside that center."""
    return environ | {
        "AWS_ENDPOINT_URL": center.url,
        "AWS_EC2_METADATA_DISABLED": "true",
        "TERM": "xterm-256color",
        "PROMPT_TOOLKIT_NO_CPR": "1",
    }


SCRIPT = """
import boto3
session = boto3.session.Session(profile_name="sandbox2-billing")
print(session.get_credentials().get_frozen_credentials().access_key)
"""
"""What a program does that only knows the name of a profile."""


def test_from_a_start_url_to_a_working_call_in_a_minute(
    place: dict[str, str],
    center: Center,
    figure: Callable[[str], None],
) -> None:
    """Every question on a real terminal, the log-in, a profile, and boto3 works."""
    begun = time.monotonic()
    person = Newcomer(place, center)
    person.answers(
        ("Start URL", f"{center.start_url('corp')}{ENTER}"),
        ("Region of your", f"{CTRL_A}\x0beu-west-1{ENTER}"),
        ("Name of this", ENTER),
    )
    person.logs_in()
    person.answers(
        ("160 of 160 shown", f"sandbox2,bill{CTRL_A}{ENTER}"),
        ("Default region", ENTER),
        ("Output format", ENTER),
        ("Names of the profiles", ENTER),
        ("Write this?", ENTER),
    )
    status, said = person.ends()
    words = [sys.executable, "-c", SCRIPT]
    call = subprocess.run(words, env=place, capture_output=True, text=True, check=True)
    seconds = time.monotonic() - begun

    assert status == 0
    assert "Try: aws sts get-caller-identity --profile" in said
    assert call.stdout.startswith("ASIA")
    assert seconds < MINUTE
    figure(f"configure, from the start URL to a boto3 call: {seconds:.1f} s")


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
def test_leaving_after_the_log_in_leaves_nothing(
    place: dict[str, str], center: Center, key: str
) -> None:
    """Status 130: no config, no token, and the sign-in has ended on the server too."""
    person = Newcomer(place, center, "--start-url", center.start_url("corp"))
    person.answers(("Region of your", ENTER), ("Name of this", ENTER))
    person.logs_in()
    person.answers(("For which accounts", key))
    status, said = person.ends()

    folder = Path(place["HOME"], ".aws")
    tokens = [one for one in folder.rglob("*.json") if "accessToken" in one.read_text()]
    assert status == 130
    assert "Nothing was written." in said
    assert not (folder / "config").exists()
    assert tokens == []
    assert all(session.ended for session in center.portal_sessions())


def test_leaving_while_the_browser_is_open(
    place: dict[str, str], center: Center
) -> None:
    """Ctrl-C while it waits for people: status 130, and no log-in goes on."""
    words = ("--start-url", center.start_url("corp"), "--region", "eu-west-1")
    person = Newcomer(place, center, *words, "--yes")
    person.sees("open: http")
    person.types(CTRL_C)
    status, said = person.ends()

    assert status == 130
    assert "nothing half-done is left" in said
    assert not Path(place["HOME"], ".aws", "config").exists()


def test_a_thousand_rows_in_a_small_terminal(
    place: dict[str, str], center: Center
) -> None:
    """Rows beyond the terminal are scrolled to; ticks far apart are kept."""
    alice = User("alice", "Alice", some_accounts(250, roles=4))
    center.configure(
        replace(center.settings, portals=(Portal("corp", "Corp", (alice,)),))
    )
    words = ("--start-url", center.start_url("corp"), "--region", "eu-west-1")
    person = Newcomer(place, center, *words, "--session-name", "corp")
    person.screen.setwinsize(12, 60)
    person.logs_in()
    person.answers(
        ("1000 of 1000 shown", f" {DOWN * 40} {ENTER}"),
        ("Default region", ENTER),
        ("Output format", ENTER),
        ("Names of the profiles", ENTER),
        ("Write this?", ENTER),
    )

    assert person.ends()[0] == 0
    profiles = run(place, "profiles", "--json").stdout
    assert profiles.count('"role_name"') == 2
