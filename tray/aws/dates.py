"""The dates of AWS's cache files: every form that is met is read, one is written."""

from __future__ import annotations

from datetime import UTC, datetime

_NAMES_OF_UTC = ("UTC", "GMT")

EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
"""What lies before is taken for this: Go programs write the year 1 for no date at all,
and nothing could be subtracted from it."""

LATEST = datetime(9000, 1, 1, tzinfo=UTC)
"""What lies after is taken for this: it means never, and nothing could be added."""


def parse_date(text: object) -> datetime | None:
    """Give the moment that a cache file's text means, aware in UTC; None for no date.

    Read are `Z`, fractions of any length, offsets, `UTC` (AWS CLI before 2.1.14) and a
    space for the `T`. A date without a zone is taken for UTC: whoever wrote one so
    meant that, though AWS's own tools disagree on it. Dates before 1970 or after 8999
    are moved there.
    """
    if not isinstance(text, str):
        return None
    moment = _iso(text)
    return _iso(_plain(text)) if moment is None else moment


def _plain(text: str) -> str:
    plain = text.strip().upper()
    for name in _NAMES_OF_UTC:
        if plain.endswith(name):
            plain = plain[: -len(name)].rstrip() + "+00:00"
    head, _, offset = plain.rpartition(" ")
    return head + offset if offset.startswith(("+", "-", "Z")) else plain


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return min(max(moment, EARLIEST), LATEST).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def format_date(moment: datetime) -> str:
    """Give the one form that every SDK reads: `2025-01-31T12:00:00Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
