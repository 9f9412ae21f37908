"""`status --json`: what scripts rely on."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.builders import NOON, a_profile, a_token, hours
from tests.cli.conftest import Doors
from tests.cli.test_status import UNREADABLE, known_to_end
from tests.fakes.cli import BusyHouse, Script, Terminal, room_of
from tray.core.model import Subject
from tray.core.report import report

SESSION = {
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
        "confidence": None,
        "observations": 0,
    },
    "profiles": ["of corp"],
}
"""A session of the contract's example, member by member."""

PROFILE = {
    "name": "of corp",
    "session": "corp",
    "account_id": "111122223333",
    "role_name": "Admin",
    "region": "eu-west-1",
    "source_profile": None,
    "safe_until": "2026-03-02T20:00:00Z",
    "role_credentials": None,
    "works_until": dict.fromkeys(
        ("aws_cli", "sdks", "sso_tray"), "2026-03-02T20:00:00Z"
    ),
    "problem": None,
}
"""A profile of it."""


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
    assert session == SESSION
    assert profile == PROFILE


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
