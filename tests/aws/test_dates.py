"""The dates of AWS's cache files."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.aws.dates import format_date, parse_date

WANTED = datetime(2026, 3, 2, 12, 30, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-02T12:30:45Z",
        "2026-03-02T12:30:45z",
        "2026-03-02T12:30:45.000Z",
        "2026-03-02T12:30:45.0000000Z",
        "2026-03-02T12:30:45+00:00",
        "2026-03-02T14:30:45+02:00",
        "2026-03-02T07:30:45-0500",
        "2026-03-02T12:30:45UTC",
        "2026-03-02T12:30:45 UTC",
        "2026-03-02T12:30:45GMT",
        "2026-03-02 12:30:45",
        "2026-03-02 12:30:45 +00:00",
        "2026-03-02 12:30:45 Z",
        "2026-03-02T12:30:45",
        " 2026-03-02T12:30:45Z ",
    ],
)
def test_every_form_is_read(text: str) -> None:
    """Whatever form a tool wrote its date in, it means the same moment."""
    assert parse_date(text) == WANTED


def test_fractions_are_kept() -> None:
    """A fraction of a second survives, to the microsecond."""
    assert parse_date("2026-03-02T12:30:45.1234567Z") == WANTED + timedelta(
        microseconds=123456
    )


@pytest.mark.parametrize(
    "text", ["", "soon", "2026-13-02T12:30:45Z", "Z", "UTC", 1772454645, None, [], {}]
)
def test_what_is_no_date_is_none(text: object) -> None:
    """Anything that AWS's tools would not take for a date is none."""
    assert parse_date(text) is None


@pytest.mark.parametrize(
    ("text", "taken"),
    [
        ("0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
        ("0001-01-01T00:00:00+23:59", "1970-01-01T00:00:00Z"),
        ("1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59Z", "9000-01-01T00:00:00Z"),
        ("9999-12-31T23:59:59-05:00", "9000-01-01T00:00:00Z"),
    ],
)
def test_a_date_at_the_edge_of_time_stops_nobody(text: str, taken: str) -> None:
    """Long over stays over and never stays never, but there is room to count from it.

    Go programs write the year 1 where they have no date.
    """
    moment = parse_date(text)

    assert moment is not None
    assert format_date(moment) == taken


def test_one_form_is_written() -> None:
    """Dates are written in UTC, in whole seconds, with a Z."""
    east = timezone(timedelta(hours=2))

    written = format_date(datetime(2026, 3, 2, 14, 30, 45, 999_999, tzinfo=east))

    assert written == "2026-03-02T12:30:45Z"


@given(st.datetimes(datetime(1970, 1, 2), datetime(8999, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_what_is_written_is_read(moment: datetime) -> None:
    """A written date means the same moment, without its fraction."""
    assert parse_date(format_date(moment)) == moment.replace(microsecond=0)


@given(st.text(max_size=40))
def test_no_text_is_a_crash(text: str) -> None:
    """No text at all makes reading fail."""
    moment = parse_date(text)

    assert moment is None or moment.tzinfo is UTC
