"""`status` and `profiles` say who goes on with a profile when its sign-in has ended."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.builders import NOON, a_profile, a_token, hours, minutes, some_facts
from tests.fakes.cli import Script, room_of
from tray.core.holdings import Holdings
from tray.core.model import AwsConfig, Problem
from tray.core.report import report
from tray.core.settings import Settings
from tray.core.status import assess

NAMES = ("a", "b", "c", "d", "other")
SNAG = Problem("The profile 'd' is not mirrored.", "Take the section out.")


def a_report(left: float) -> dict[str, object]:
    """Give a report on profiles of which the AWS CLI has kept most."""
    facts = some_facts(a_token(minutes(left), refreshable=False))
    profiles = tuple(map(a_profile, NAMES))
    config = AwsConfig(facts.config.sessions, profiles)
    cli = dict.fromkeys(NAMES[:4], NOON + hours(2))
    held = Holdings(cli=cli, snags={"d": SNAG})
    board = assess(replace(facts, config=config, holdings=held), NOON, Settings())
    plain = json.loads(json.dumps(report(board, NOON, daemon=True)))
    assert isinstance(plain, dict)
    return plain


def test_the_status_says_it_in_one_line() -> None:
    """Profiles of which the same is true stand together, below the sessions."""
    room = room_of(Script({"status": a_report(60)}))

    lines = room.run("status").out.splitlines()

    assert lines[2:] == [
        "",
        "a, b, c and 1 more: AWS CLI until 14:00; SDKs and sso-tray until 13:00",
    ]


def test_the_list_says_it_with_each() -> None:
    """After the end of a sign-in too; what was not delivered says why."""
    room = room_of(Script({"status": a_report(-60)}))

    lines = room.run("profiles").out.splitlines()

    said = "log in first; AWS CLI until 14:00; SDKs and sso-tray not now"
    assert lines[1].endswith(said)
    assert lines[4].endswith("is not mirrored. Take the section out.")
    assert lines[5].endswith("log in first")


def test_nothing_is_said_where_nothing_differs() -> None:
    """Without anything kept the table is what it was."""
    plain = dict(a_report(60))
    plain["profiles"] = []
    room = room_of(Script({"status": plain}))

    assert len(room.run("status").out.splitlines()) == 2
