"""`simulate`: the coming day as text, JSON and picture, with nothing done."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.builders import a_session, a_token, hours
from tests.fakes.cli import Ended, Script, Terminal, room_of
from tests.flows.test_simulation import EIGHT, premises
from tray.cli.main import main
from tray.cli.printer import Printer
from tray.core.model import AwsConfig, ConfigProblem, Problem, Subject
from tray.core.settings import Mode
from tray.core.simulation import Simulation, Until, end_of
from tray.core.wording import cli
from tray.core.wording import simulation as wording
from tray.flows.simulation import Premises, simulate

LOG_IN = "Log in now, and nothing stops working."
ENDED = "The sign-in ended at 19:00. Log in to go on."


def foretold(found: Premises, *words: str, terminal: Terminal | None = None) -> Ended:
    """Run `simulate` in a world that is what a test says."""

    def foretell(
        printer: Printer,
        debug: bool,  # noqa: FBT001
        until: Until,
    ) -> tuple[Simulation, AwsConfig]:
        assert printer is not None
        assert debug is False
        return simulate(found, end_of(until, found.now)), found.config

    outside = replace(room_of(Script({})).outside(), foretell=foretell)
    out, err = terminal or io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(("simulate", *words), outside)
    return Ended(status, out.getvalue(), err.getvalue())


def test_the_coming_day_as_text() -> None:
    """How it stands, day by day what would happen, and what that assumes."""
    ended = foretold(premises(a_token(), EIGHT))

    assert (ended.status, ended.err) == (0, "")
    assert ended.out.splitlines() == [
        "From 12:00 on, for 24 h; nothing of it is done, it is only foretold.",
        "",
        "SESSION  NOW",
        "corp     ends in 7 h",
        "",
        "Monday 2 March 2026",
        "12:22  corp  renews itself, 10 times to 18:22",
        f"18:45  corp  you are told: corp ends at 19:00. {LOG_IN}",
        "18:47  corp  renews itself, good until 19:00",
        f"18:55  corp  you are told: corp ends at 19:00. {LOG_IN}",
        "19:00  corp  the sign-in ends (from your setting)",
        "             programs stop working until somebody logs in",
        f"             you are told: corp has ended. {ENDED}",
        "",
        wording.ASSUMED,
        f"  {wording.NOBODY_LOGS_IN}",
        f"  {wording.AWAKE}",
        f"  {wording.PRESENT}",
        f"  {wording.TOKENS_END}",
        "  corp ends at 19:00 (from your setting).",
    ]


def test_a_terminal_gets_colour_and_folded_lines(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What ends is red, and nothing is wider than the terminal."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    coloured = foretold(premises(a_token(), EIGHT), terminal=Terminal()).out
    monkeypatch.setenv("NO_COLOR", "1")
    plain = foretold(premises(a_token(), EIGHT), terminal=Terminal()).out

    assert "\x1b[31m" in coloured
    assert "\x1b" not in plain
    assert max(map(len, plain.splitlines())) <= 70


def test_a_quiet_hour() -> None:
    """Where nothing would happen, that is said."""
    ended = foretold(premises(a_token(hours(1))), "--until", "10m")

    assert wording.QUIET in ended.out.splitlines()


def test_the_coming_day_as_json() -> None:
    """One object on one line, the same events."""
    ended = foretold(premises(a_token(), EIGHT), "--json", "--until", "+8h")
    told = json.loads(ended.out)

    assert (ended.status, ended.err, ended.out.count("\n")) == (0, "", 1)
    assert (told["version"], told["now"]) == (1, "2026-03-02T12:00:00Z")
    assert told["until"] == "2026-03-02T20:00:00Z"
    kinds = [event["kind"] for event in told["events"]]
    assert kinds.count("renewal") == 11
    assert kinds[-3:] == ["session_ends", "stops", "ended_notice"]
    assert told["assumptions"][0] == wording.NOBODY_LOGS_IN


def test_no_sessions_get_first_steps() -> None:
    """Text tells how to begin; JSON is empty; both are well."""
    found = replace(premises(None), config=AwsConfig())
    text, report = foretold(found), foretold(found, "--json")

    assert (text.status, text.out, text.err) == (0, "", f"{cli.FIRST_STEPS}\n")
    assert json.loads(report.out)["sessions"] == []


def test_sessions_that_can_do_nothing() -> None:
    """Logged out and misconfigured ones say what helps."""
    wrong = Problem("It has no sso_region.", "Add it.")
    problem = ConfigProblem(Subject.SESSION, "lab", 4, wrong)
    config = AwsConfig((a_session(), a_session("lab")), (), (problem,))
    ended = foretold(replace(premises(None), config=config))

    assert ended.status == 0
    assert "logged out. Log in: sso-tray login --session corp" in ended.out
    assert "It has no sso_region. Add it." in ended.out


def test_a_config_that_cannot_be_read() -> None:
    """Status 5, with file and remedy; the JSON comes all the same."""
    wrong = Problem("~/.aws/config can't be read.", "Give it mode 0600.")
    problem = ConfigProblem(Subject.FILE, "/home/me/.aws/config", 0, wrong)
    ended = foretold(
        replace(premises(None), config=AwsConfig((), (), (problem,))), "--json"
    )

    assert ended.status == 5
    assert ended.last == f"sso-tray: {wrong.title} {wrong.remedy}"
    assert json.loads(ended.out)["version"] == 1


@pytest.mark.parametrize(
    "text", ["soon", "", "+0h", "32d", "2020-01-01", "9999-01-01T00:00"]
)
def test_bad_times(text: str) -> None:
    """Status 2, and the last line tells what to write instead."""
    ended = foretold(premises(a_token()), "--until", text)

    assert (ended.status, ended.out) == (2, "")
    assert "+" in ended.last or "such as" in ended.last


@pytest.mark.parametrize("name", ["day.gif", "day", "svg"])
def test_other_pictures(name: str, tmp_path: Path) -> None:
    """Status 2, before anything is drawn."""
    ended = foretold(premises(a_token()), "--picture", str(tmp_path / name))

    assert (ended.status, ended.out) == (2, "")
    assert ".svg or .png" in ended.last
    assert list(tmp_path.iterdir()) == []


def test_pictures(tmp_path: Path) -> None:
    """Both kinds, by the name; the text comes as well."""
    drawn, shot = tmp_path / "day.svg", tmp_path / "day.PNG"
    for path in (drawn, shot):
        ended = foretold(premises(a_token(), EIGHT), "--picture", str(path))
        assert (ended.status, ended.err) == (0, "")
        assert "19:00" in ended.out

    assert ET.fromstring(drawn.read_bytes()).tag.endswith("svg")
    assert shot.read_bytes().startswith(b"\x89PNG")


def test_a_picture_that_cannot_be_written(tmp_path: Path) -> None:
    """Status 1, and another place is asked for."""
    path = tmp_path / "nowhere" / "day.svg"
    ended = foretold(premises(a_token()), "--picture", str(path))

    assert (ended.status, ended.out) == (1, "")
    assert "can't be written: no such file" in ended.last


def test_settings_of_people_count() -> None:
    """Quiet modes tell nothing, and say only what ends."""
    silent = replace(EIGHT, mode=Mode.SILENT)
    kinds = json.loads(foretold(premises(a_token(), silent), "--json").out)["events"]

    assert {one["kind"] for one in kinds} == {"renewal", "session_ends", "stops"}
