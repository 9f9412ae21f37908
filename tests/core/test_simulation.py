"""Events as values: how far to look, their order, their lines, their JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from tests.builders import NOON, a_session, hours, minutes
from tray.core.board import Needs, Phase, SessionStatus
from tray.core.errors import UsageError
from tray.core.horizon import Horizon, Source
from tray.core.model import Problem
from tray.core.simulation import (
    FARTHEST,
    Event,
    Kind,
    Simulation,
    as_json,
    end_of,
    in_order,
    lines,
    parse_until,
)
from tray.core.wording import simulation as wording

NAMES = ("corp", "lab")


def an_event(
    after: timedelta, kind: Kind = Kind.RENEWAL, session: str = "corp"
) -> Event:
    """Give an event so long after noon."""
    return Event(NOON + after, session, kind, f"{kind} happens")


def a_simulation(*events: Event) -> Simulation:
    """Give a day with these events."""
    status = SessionStatus(a_session(), Phase.VALID)
    return Simulation(NOON, NOON + hours(24), (status,), events, (), ("All is well.",))


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("+24h", hours(24)),
        ("2h30m", hours(2.5)),
        (" +1d ", hours(24)),
        ("2026-03-03T12:00:00Z", NOON + hours(24)),
        ("2026-03-03T13:00+01:00", NOON + hours(24)),
        ("2026-03-03", NOON + hours(12)),
    ],
)
def test_times_that_people_write(text: str, meant: timedelta | datetime) -> None:
    """Durations with and without a plus, and ISO times; local without a zone."""
    assert parse_until(text) == meant


def test_a_time_without_a_zone_is_local(zone: Callable[[str], None]) -> None:
    """Six in the evening is six where the person is."""
    zone("America/New_York")

    assert parse_until("2026-03-02T18:00") == datetime(2026, 3, 2, 23, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "+", "soon", "++2h", "-2h", "+0h", "24", "9999-12-31T23:59-23:59"]
)
def test_what_is_no_time(text: str) -> None:
    """Anything else is refused."""
    with pytest.raises(ValueError, match=r".*"):
        parse_until(text)


def test_how_far_one_can_look() -> None:
    """Into the future, and no further than anybody knows."""
    assert end_of(hours(2), NOON) == NOON + hours(2)
    assert end_of(NOON + hours(3), NOON) == NOON + hours(3)
    assert end_of(FARTHEST, NOON) == NOON + FARTHEST
    for wrong in (NOON, NOON - hours(1), FARTHEST + minutes(1), timedelta.max):
        with pytest.raises(UsageError) as caught:
            end_of(wrong, NOON)
        assert caught.value.remedy


def test_events_of_one_moment_are_told_in_a_sensible_order() -> None:
    """By time; at one moment by session, and the end before what follows from it."""
    ended = an_event(hours(1), Kind.ENDED_NOTICE)
    end = an_event(hours(1), Kind.SESSION_ENDS)
    other = an_event(hours(1), Kind.RENEWAL, "lab")
    first = an_event(hours(0.5), Kind.STOPS)

    assert in_order([ended, other, end, first], NAMES) == (first, end, ended, other)


def test_renewals_in_a_row_are_one_line() -> None:
    """Also where another session's events lie between; a notice begins a new row."""
    events = in_order(
        [
            *(an_event(minutes(40 * number)) for number in range(5)),
            an_event(minutes(50), Kind.RENEWAL, "lab"),
            an_event(minutes(90), Kind.NOTICE, "lab"),
            an_event(minutes(100), Kind.RENEWAL, "lab"),
        ],
        NAMES,
    )
    ((day, told),) = lines(a_simulation(*events))

    assert day == NOON
    assert [(line.event.session, line.times) for line in told] == [
        ("corp", 5),
        ("lab", 1),
        ("lab", 1),
        ("lab", 1),
    ]
    assert told[0].last == NOON + minutes(160)


def test_each_day_has_its_lines() -> None:
    """Days are those of the person's clock."""
    days = list(lines(a_simulation(an_event(hours(1)), an_event(hours(13)))))

    assert [wording.day(day) for day, _ in days] == [
        "Monday 2 March 2026",
        "Tuesday 3 March 2026",
    ]


def test_the_json_form() -> None:
    """Version, times in UTC, events with their kinds, and what was assumed."""
    told = a_simulation(an_event(hours(1), Kind.NOTICE))
    found = json.loads(json.dumps(as_json(told)))

    assert found["version"] == 1
    assert (found["now"], found["until"]) == (
        "2026-03-02T12:00:00Z",
        "2026-03-03T12:00:00Z",
    )
    assert found["events"] == [
        {
            "at": "2026-03-02T13:00:00Z",
            "session": "corp",
            "kind": "notice",
            "title": "notice happens",
            "until": None,
        }
    ]
    assert found["sessions"][0]["source"] == "unknown"
    assert found["assumptions"] == ["All is well."]


def test_the_words_about_sessions() -> None:
    """How one stands, and what its end rests on, each in one line."""
    session = a_session()
    learned = Horizon(NOON + hours(3), Source.LEARNED, NOON, 0.93, 5)
    known = SessionStatus(session, Phase.VALID, horizon=learned)
    gone = SessionStatus(session, Phase.LOGGED_OUT, needs=Needs.LOGIN)
    wrong = SessionStatus(
        session,
        Phase.MISCONFIGURED,
        needs=Needs.CONFIG,
        problem=Problem("No region.", "Add it."),
    )

    assert wording.estimate(known) == (
        "corp ends at 15:00 (learned from your last 5 sign-ins, 93% sure)."
    )
    assert wording.outlook(known, NOON) == "ends in 3 h"
    assert wording.outlook(gone, NOON).startswith("logged out. Log in: sso-tray login")
    assert wording.outlook(wrong, NOON) == "No region. Add it."
