"""Spans and times of the day, as people write them, in local time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, hours, minutes
from tray.core.hours import Daily, Hours, parse_daily, parse_hours

WEEK = frozenset(range(5))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("09:00-17:30", Hours(time(9), time(17, 30))),
        ("22:00 - 7:00", Hours(time(22), time(7))),
        ("Mon-Fri 09:00-17:30", Hours(time(9), time(17, 30), WEEK)),
        ("sat,sun 00:00-24:00", Hours(time(0), time(0), frozenset({5, 6}))),
        ("fri-mon 18:00-19:00", Hours(time(18), time(19), frozenset({4, 5, 6, 0}))),
        ("mon, wed-thu 1:00-2:00", Hours(time(1), time(2), frozenset({0, 2, 3}))),
    ],
)
def test_spans(text: str, expected: Hours) -> None:
    """Spans are read as they are documented, with or without days."""
    assert parse_hours(text) == expected


@pytest.mark.parametrize(
    "text", ["", "9-17", "25:00-26:00", "09:00", "09:60-10:00", "noday 09:00-10:00"]
)
def test_no_spans(text: str) -> None:
    """Anything else is refused."""
    with pytest.raises(ValueError, match=r".*"):
        parse_hours(text)


@pytest.mark.parametrize("text", ["", "9", "24:00", "08:45-09:00", "x 08:45"])
def test_no_times(text: str) -> None:
    """A time of the day is one time, and one that exists."""
    with pytest.raises(ValueError, match=r".*"):
        parse_daily(text)


def test_times() -> None:
    """Times are read with or without days."""
    assert parse_daily("8:45") == Daily(time(8, 45))
    assert parse_daily("mon-fri 08:45") == Daily(time(8, 45), WEEK)


def test_a_span_past_midnight_covers_both_evening_and_morning() -> None:
    """From 22:00 to 07:00 is one span, which begins on the day of its evening."""
    night = parse_hours("mon 22:00-07:00")
    evening, morning = NOON + hours(10), NOON + hours(18.5)

    assert night.covering(evening) == (evening, NOON + hours(19))
    assert night.covering(morning) == (evening, NOON + hours(19))
    assert night.covering(NOON) is None
    assert night.covering(evening - hours(24)) is None
    assert night.beginning(NOON) == evening
    assert night.beginning(evening) == evening + timedelta(days=7)


def test_a_daily_moment_is_past_or_to_come() -> None:
    """Before it, the day has none yet; after it, the next one is on its next day."""
    daily = parse_daily("mon-fri 12:00")
    friday = NOON + timedelta(days=4)

    assert daily.last(NOON) == NOON
    assert daily.last(NOON - minutes(1)) is None
    assert daily.last(NOON + timedelta(days=5)) is None
    assert daily.following(friday) == NOON + timedelta(days=7)


def test_spans_follow_the_summers_clock(zone: Callable[[str], None]) -> None:
    """Nine o'clock is nine o'clock on the wall, before and after the change."""
    zone("Europe/Berlin")
    nine = parse_hours("09:00-10:00")
    winter = datetime(2026, 3, 28, 8, 0, tzinfo=UTC)
    summer = datetime(2026, 3, 29, 7, 0, tzinfo=UTC)

    assert nine.covering(winter) == (winter, winter + hours(1))
    assert nine.covering(summer) == (summer, summer + hours(1))
    assert nine.covering(summer - minutes(1)) is None


@given(
    start=st.times(timezones=st.none()),
    end=st.times(timezones=st.none()),
    days=st.frozensets(st.integers(0, 6), min_size=1),
    ahead=st.integers(0, 10**9),
)
def test_the_next_beginning_lies_ahead_and_is_covered(
    start: time, end: time, days: frozenset[int], ahead: int
) -> None:
    """Every next span begins after now, and covers its own beginning."""
    span, now = Hours(start, end, days), NOON + timedelta(seconds=ahead)
    begin = span.beginning(now)

    assert begin > now
    assert (covered := span.covering(begin)) is not None
    assert covered[0] <= begin
