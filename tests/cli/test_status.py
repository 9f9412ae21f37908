"""`status`: the table, the JSON that scripts rely on, and watching."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import a_session, a_token, hours, minutes
from tests.cli.conftest import Doors
from tests.fakes.cli import BusyHouse, Terminal
from tray.core.model import AwsConfig, ConfigProblem, Problem, Subject
from tray.core.settings import Settings
from tray.core.wording import cli as wording

UNREADABLE = ConfigProblem(
    Subject.FILE,
    "/home/me/.aws/config",
    0,
    Problem("~/.aws/config can't be read: permission denied.", "Give it mode 0600."),
)


def known_to_end(house: BusyHouse, length: timedelta) -> None:
    """Let people have set their session's length, and log in now."""
    house.settings.settings = Settings(session_duration=length)
    house.verbs.login("corp")
    house.busy.work()


def misconfigure(house: BusyHouse, name: str) -> None:
    """Let one session be wrong in the config."""
    wrong = Problem(f"SSO session '{name}' (config, line 1) has no region.", "Add it.")
    problem = ConfigProblem(Subject.SESSION, name, 1, wrong)
    house.config.config = replace(house.config.config, problems=(problem,))


def test_the_table_in_a_pipe_is_plain(doors: Doors, *, daemon: bool) -> None:
    """No colour, no bars, sessions in the config's order, all in words."""
    house, room = doors("corp", "lab", "old")
    known_to_end(house, hours(8))
    house.put(a_token(minutes(-5), refreshable=False), a_session("old"))

    ended = room.run("status")

    assert ended.status == 0
    heads, corp, lab, old = ended.out.splitlines()
    assert heads.split() == ["SESSION", "STATE", "DETAILS"]
    assert corp.split("  ")[0] == "corp"
    assert "ends in 8 h" in corp
    assert "Ends about 20:00 (from your setting)" in corp
    assert "logged out" in lab
    assert lab.endswith("Log in: sso-tray login --session lab")
    assert "ended at 11:55" in old
    assert "\x1b" not in ended.out
    assert "█" not in ended.out
    assert ended.err == ("" if daemon else f"{wording.NO_DAEMON}\n")


def test_a_terminal_shows_colour_and_bars(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A bar drains with the sign-in; colour is there unless NO_COLOR says no."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "120")
    house, room = doors("corp")
    known_to_end(house, hours(8))
    house.clock.advance(hours(0.5))
    house.put(a_token(text="access-3", now=house.clock.at))

    coloured = room.run("status", terminal=Terminal()).out
    monkeypatch.setenv("NO_COLOR", "1")
    plain = room.run("status", terminal=Terminal()).out

    assert "\x1b[32m" in coloured
    assert "\x1b" not in plain
    assert "█████████░" in plain


def test_a_dumb_terminal_gets_plain_text(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing is known of the terminal, no sequence is sent to it."""
    monkeypatch.setenv("TERM", "dumb")
    _, room = doors("corp")

    assert "\x1b" not in room.run("status", terminal=Terminal()).out


def test_a_terminal_without_our_signs_gets_plain_ones(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """ASCII stands in for bars and ellipses that the encoding does not have."""
    monkeypatch.setenv("COLUMNS", "120")
    house, room = doors("corp")
    known_to_end(house, hours(8))

    told = room.run("status", terminal=Terminal("ascii")).out

    assert "##########" in told
    assert told.isascii()


@pytest.mark.parametrize("columns", [1, 20, 40, 60])
def test_a_narrow_terminal_gets_narrow_lines(
    doors: Doors, monkeypatch: pytest.MonkeyPatch, columns: int
) -> None:
    """Details go below their row and are folded; commands to copy stay whole."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("NO_COLOR", "1")
    house, room = doors("a-session-with-a-rather-long-name", "corp")
    known_to_end(house, hours(8))

    told = room.run("status", terminal=Terminal()).out

    words = max(len(word) for word in told.split())
    longest = max(len(line) for line in told.splitlines())
    assert longest <= max(columns, words + 2, 28)
    assert "Ends about" in " ".join(told.split())


def test_an_empty_config_gets_first_steps(doors: Doors) -> None:
    """Who has nothing yet is told how to begin; that is no failure."""
    house, room = doors("corp")
    house.config.config = AwsConfig()

    ended = room.run("status")

    assert ended.status == 0
    assert ended.out == ""
    assert "sso-tray configure" in ended.err
    assert json.loads(room.run("status", "--json").out)["sessions"] == []


def test_what_is_wrong_in_the_config_stands_below(doors: Doors) -> None:
    """Each problem with its remedy; a session's own stands in its row alone."""
    house, room = doors("corp", "lab")
    misconfigure(house, "corp")
    file = replace(UNREADABLE, line=7)
    problems = (*house.config.config.problems, file)
    house.config.config = replace(house.config.config, problems=problems)

    ended = room.run("status")

    assert ended.status == 0
    assert ended.out.count("has no region.") == 1
    assert ended.out.endswith(
        "\n\n~/.aws/config can't be read: permission denied.\n  Give it mode 0600.\n"
    )


def test_many_problems_do_not_hide_the_board(doors: Doors) -> None:
    """After ten the rest is counted."""
    house, room = doors("corp")
    problems = tuple(
        replace(UNREADABLE, line=n, problem=Problem(f"Fault {n}.", "Mend it."))
        for n in range(1, 31)
    )
    house.config.config = replace(house.config.config, problems=problems)

    told = room.run("status").out

    assert told.count("Mend it.") == 10
    assert "and 20 more" in told


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_config_that_cannot_be_read_is_status_5(doors: Doors, form: str) -> None:
    """The result is printed all the same; the last line of stderr says why."""
    house, room = doors("corp")
    house.config.config = AwsConfig(problems=(UNREADABLE,))

    ended = room.run("status", "--format", form)

    assert ended.status == 5
    assert ended.last == f"sso-tray: {UNREADABLE.problem.title} Give it mode 0600."


def test_a_misconfigured_session_is_status_5_when_it_is_named(doors: Doors) -> None:
    """Scripts that depend on one session learn that it is broken."""
    house, room = doors("corp", "lab")
    misconfigure(house, "corp")

    assert room.run("status").status == 0
    assert room.run("status", "--session", "lab").status == 0
    ended = room.run("status", "--session", "corp")
    assert ended.status == 5
    assert "has no region. Add it." in ended.last


def test_an_unknown_session_is_wrong_usage(doors: Doors) -> None:
    """Status 2, with the names there are."""
    _, room = doors("corp", "lab")

    ended = room.run("status", "--session", "crop", "--json")

    assert (ended.status, ended.out) == (2, "")
    assert "corp, lab" in ended.last


def test_a_legacy_session_can_be_named_as_people_see_it(doors: Doors) -> None:
    """Its title does as well as its start URL."""
    legacy = a_session(legacy=True)
    _, room = doors(legacy, "corp")

    for name in (legacy.name, "acme (legacy)"):
        told = json.loads(room.run("status", "--json", "--session", name).out)
        assert [session["legacy"] for session in told["sessions"]] == [True]


def test_a_name_cannot_steer_the_terminal(doors: Doors) -> None:
    """What does not print is shown as a question mark."""
    _, room = doors("evil\x1b[2Jname\u202e")

    told = room.run("status").out

    assert "evil?[2Jname?" in told
    assert "\x1b" not in told


def test_paused_renewals_are_told(doors: Doors) -> None:
    """Nobody wonders why nothing renews."""
    house, room = doors("corp")
    house.verbs.pause(paused=True)

    assert wording.PAUSED in room.run("status").err


def test_a_bar_gets_its_line(doors: Doors) -> None:
    """Each format is one line with the same words, of all sessions or of one."""
    house, room = doors("corp", "a<b>")
    known_to_end(house, hours(8))

    for form in ("polybar", "tmux", "starship"):
        ended = room.run("status", "--format", form, "--session", "corp")
        assert (ended.status, ended.out, ended.err) == (0, "corp 8 h\n", "")
    shown = json.loads(room.run("status", "--format", "waybar").out)
    assert shown["text"] == "corp 8 h"
    assert "a&lt;b&gt;: logged out" in shown["tooltip"]
    assert shown["class"] == "fine"


def test_a_bar_gets_no_errors(doors: Doors) -> None:
    """A config that can't be read is no reason for a bar to show nothing."""
    house, room = doors()
    house.config.config = AwsConfig((), (), (UNREADABLE,))

    ended = room.run("status", "--format", "tmux")

    assert (ended.status, ended.out) == (0, "no AWS session\n")
