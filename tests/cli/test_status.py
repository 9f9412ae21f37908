"""`status`: the table, the JSON that scripts rely on, and watching."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOON, a_profile, a_session, a_token, hours, minutes
from tests.cli.conftest import Doors
from tests.fakes.cli import BusyHouse, Room, Script, Terminal, room_of
from tray.core.model import AwsConfig, ConfigProblem, Problem, Subject
from tray.core.report import report
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


def test_json_has_exactly_the_promised_members(doors: Doors, *, daemon: bool) -> None:
    """Each member of the contract's example is there, by name, place and form."""
    house, room = doors("corp")
    known_to_end(house, hours(8))

    ended = room.run("status", "--json")

    assert ended.status == 0
    assert ended.err == ""
    told = json.loads(ended.out)
    assert told["version"] == 1
    assert told["now"] == "2026-03-02T12:00:00Z"
    assert told["daemon"] is daemon
    (session,), (profile,) = told["sessions"], told["profiles"]
    assert session == {
        "name": "corp",
        "start_url": "https://acme.awsapps.com/start",
        "region": "eu-west-1",
        "legacy": False,
        "phase": "valid",
        "needs": None,
        "problem": None,
        "access_token": {
            "expires_at": "2026-03-02T13:00:00Z",
            "renewable": True,
            "renews_at": "2026-03-02T12:40:00Z",
        },
        "portal_session": {
            "ends_at": "2026-03-02T20:00:00Z",
            "source": "setting",
            "logged_in_at": "2026-03-02T12:00:00Z",
        },
        "profiles": ["of corp"],
    }
    assert profile == {
        "name": "of corp",
        "session": "corp",
        "account_id": "111122223333",
        "role_name": "Admin",
        "safe_until": "2026-03-02T20:00:00Z",
        "role_credentials": None,
        "problem": None,
    }


def test_json_is_one_line_for_programs_and_more_for_people(doors: Doors) -> None:
    """Programs get one line; on a terminal it is indented; both say the same."""
    _, room = doors("corp")

    piped = room.run("status", "--format", "json").out
    seen = room.run("status", "--json", terminal=Terminal()).out

    assert piped.count("\n") == 1
    assert seen.count("\n") > 10
    assert json.loads(piped) == json.loads(seen)


def test_json_of_one_session_leaves_the_others_out(doors: Doors) -> None:
    """`--session` narrows sessions, profiles and problems, and keeps the files'."""
    house, room = doors("corp", "lab")
    about_file = replace(UNREADABLE, line=3)
    about_lab = replace(UNREADABLE, subject=Subject.PROFILE, name="of lab", line=4)
    problems = (about_file, about_lab)
    house.config.config = replace(house.config.config, problems=problems)

    told = json.loads(room.run("status", "--json", "--session", "corp").out)

    assert [session["name"] for session in told["sessions"]] == ["corp"]
    assert [profile["name"] for profile in told["profiles"]] == ["of corp"]
    assert [problem["line"] for problem in told["problems"]] == [3]


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
    assert lab.endswith("Log in: sso-tray login --session 'lab'")
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
    assert "aws configure sso" in ended.err
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


# Watching


def until_stopped(room: Room, *steps: object) -> None:
    """Let something happen between two looks, and Ctrl-C come at the end."""
    left = list(steps)

    def between() -> None:
        if not left:
            raise KeyboardInterrupt
        step = left.pop(0)
        if callable(step):
            step()

    room.between = between


def test_watching_a_pipe_tells_each_change_in_a_line(doors: Doors) -> None:
    """Nothing is said twice; Ctrl-C ends it with 130 and no other word."""
    house, room = doors("corp", "lab")
    token = a_token(hours(1), refreshable=False)
    until_stopped(room, None, lambda: house.put(token), None)

    ended = room.run("status", "--watch")

    assert ended.status == 130
    assert ended.out.splitlines() == [
        "12:00 corp: logged out",
        "12:00 lab: logged out",
        "12:00 corp: ends in 1 h",
    ]
    assert ended.err == ""


def test_watching_json_gives_one_document_a_change(doors: Doors) -> None:
    """A script reads line by line; that time passes is no change."""
    house, room = doors("corp")
    pass_time = lambda: house.clock.advance(minutes(1))  # noqa: E731
    until_stopped(room, pass_time, lambda: house.put(a_token(now=NOON)))

    ended = room.run("status", "--watch", "--json")

    told = [json.loads(line) for line in ended.out.splitlines()]
    phases = [document["sessions"][0]["phase"] for document in told]
    assert phases == ["logged_out", "valid"]


def test_watching_a_terminal_redraws_in_place(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen of its own, drawn anew on each change, and given back at the end."""
    monkeypatch.setenv("TERM", "xterm")
    house, room = doors("corp")
    until_stopped(room, None, lambda: house.put(a_token()))

    ended = room.run("status", "--watch", terminal=Terminal())

    assert ended.status == 130
    assert ended.out.startswith("\x1b[?1049h")
    assert ended.out.endswith("\x1b[?1049l")
    assert ended.out.count("\x1b[H") == 2
    assert "renews itself" in ended.out


def test_watching_a_low_terminal_counts_what_does_not_fit(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen never scrolls."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LINES", "10")
    _, room = doors(*(f"session-{n}" for n in range(40)))
    until_stopped(room)

    drawn = room.run("status", "--watch", terminal=Terminal()).out

    assert drawn.count("\n") == 9
    assert "more lines" in drawn


def test_an_answer_that_makes_no_sense_is_told() -> None:
    """A daemon of another version causes a sentence, never a crash."""
    for answer in ({}, {"now": "soon", "sessions": []}, {"now": "2026-03-02T12:00Z"}):
        ended = room_of(Script({"status": answer})).run("status")

        assert ended.status == 1
        assert "another version" in ended.last


def test_words_of_a_newer_version_are_unknown() -> None:
    """A phase, a need or a source that is not known yet is shown as not known."""
    house = BusyHouse()
    house.put(a_token())
    told = json.loads(json.dumps(report(house.verbs.board(), NOON, daemon=True)))
    told["sessions"][0] |= {"phase": "dreaming", "needs": "coffee", "profiles": 7}
    told["sessions"][0]["portal_session"]["source"] = "stars"
    told["profiles"] = None

    ended = room_of(Script({"status": told})).run("status")

    assert ended.status == 0
    assert "not known" in ended.out
    assert a_profile().name not in ended.out
