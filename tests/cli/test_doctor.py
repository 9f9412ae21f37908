"""`doctor` and `logs`: for those who look for a cause."""

from __future__ import annotations

import json
import stat
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.builders import NOON, a_token
from tests.cli.conftest import Doors
from tests.fakes.cli import Ended
from tray.cli.outside import Outside
from tray.cli.printer import Printer
from tray.cli.seen import Seen
from tray.core.audit import Asked
from tray.core.errors import TrayError
from tray.core.findings import Finding, Health, Part

FINE = Finding(Part.CONFIG, Health.OK, "The session 'corp' in ~/.aws/config is corp.")
TOKEN_OPEN = Finding(Part.CACHE, Health.ATTENTION, "Open.", "Close it.")
ASKED = Asked(NOON, "terraform", "dev", "served")
AWAY = Finding(Part.NETWORK, Health.BROKEN, "No network.", "Plug it in.")


@dataclass
class Log:
    """A log with one more line at each look."""

    texts: list[str]

    def all(self) -> str:
        """Give what is there; raises `TrayError` without a log."""
        if not self.texts:
            raise TrayError("No log.", "Start it.")
        return self.texts.pop(0)

    def more(self) -> str:
        """Give the next text; Ctrl-C after the last."""
        if not self.texts:
            raise KeyboardInterrupt
        return self.texts.pop(0)


Run = Callable[..., Ended]


@pytest.fixture
def doctor(doors: Doors, *, daemon: bool) -> Run:
    """Give a function that runs a command where these are the findings."""
    house, room = doors("corp")
    house.put(a_token())

    def run(
        *words: str,
        found: tuple[Finding, ...] = (FINE,),
        texts: tuple[str, ...] = ("first\n", "", "second\n"),
    ) -> Ended:
        def examine(
            printer: Printer,
            debug: bool,  # noqa: FBT001 - as `Outside` has it
            seen: Seen,
            running: str | None,
        ) -> tuple[Finding, ...]:
            assert printer is not None
            assert not debug
            assert (running is not None) == seen.daemon == daemon
            assert [one.session.name for one in seen.board.sessions] == ["corp"]
            return found

        def adapted(outside: Outside) -> Outside:
            about = {"python": "3.11"}
            made = replace(outside, examine=examine, machine=lambda: about)
            made = replace(made, asked=lambda: (ASKED,))
            return replace(made, log=lambda: Log(list(texts)))

        room.adapted = adapted
        return room.run(*words)

    return run


def test_all_is_well(doctor: Run) -> None:
    """Attention alone is no failure; each part has its line and its remedy."""
    ended = doctor("doctor", found=(FINE, TOKEN_OPEN))

    assert ended.status == 0
    assert ended.out.splitlines() == [
        "ok         config  The session 'corp' in ~/.aws/config is corp.",
        "attention  cache   Open.",
        "                   Close it.",
    ]
    assert ended.err == "Nothing is broken.\n"


def test_something_is_broken(doctor: Run) -> None:
    """Then the exit status is 1."""
    ended = doctor("doctor", found=(FINE, AWAY))

    assert ended.status == 1
    assert "broken   " in ended.out


def test_json_for_scripts(doctor: Run) -> None:
    """One document on stdout, and no talk."""
    ended = doctor("doctor", "--json", found=(AWAY,))

    told = json.loads(ended.out)
    assert (ended.status, told["version"], told["healthy"]) == (1, 1, False)
    assert told["findings"] == [
        {
            "part": "network",
            "health": "broken",
            "title": "No network.",
            "remedy": "Plug it in.",
        }
    ]
    assert told["machine"] == {"python": "3.11"}
    assert told["asked"] == [
        {
            "at": "2026-03-02T12:00:00Z",
            "program": "terraform",
            "profile": "dev",
            "result": "served",
        }
    ]


def test_a_bundle_names_nobody(doctor: Run, tmp_path: Path) -> None:
    """What is written for a bug report is private and without names."""
    path = tmp_path / "report.txt"

    ended = doctor("doctor", "--bundle", str(path), found=(FINE, TOKEN_OPEN))

    text = path.read_text()
    assert ended.status == 0
    assert str(path) in ended.err
    assert "python: 3.11" in text
    assert "attention cache: Open." in text
    assert "corp" not in text
    assert "acme" not in text
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_bundle_that_cannot_be_written(doctor: Run, tmp_path: Path) -> None:
    """It is said with the file's name."""
    ended = doctor("doctor", "--bundle", str(tmp_path))

    assert ended.status == 1
    assert "Name another file" in ended.last


def test_the_log(doctor: Run) -> None:
    """What there is goes to stdout."""
    ended = doctor("logs")

    assert (ended.status, ended.out, ended.err) == (0, "first\n", "")


def test_the_log_goes_on(doctor: Run) -> None:
    """What comes follows, until Ctrl-C."""
    ended = doctor("logs", "--follow")

    assert (ended.status, ended.out, ended.err) == (130, "first\nsecond\n", "")


def test_no_log(doctor: Run) -> None:
    """Without a log the remedy is told."""
    assert doctor("logs", texts=()).last == "sso-tray: No log. Start it."
