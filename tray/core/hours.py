"""Times of the day, as people set them: spans such as `mon-fri 09:00-17:30`.

They are meant in local time, so that they follow the summer's clock.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week as settings name them, in Python's order."""

EVERY_DAY = frozenset(range(7))

DAY = timedelta(days=1)

_TIME = r"(\d{1,2}):(\d{2})"
_SPAN = re.compile(rf"(?:([a-z, -]+?)\s+)?{_TIME}\s*-\s*{_TIME}")
_MOMENT = re.compile(rf"(?:([a-z, -]+?)\s+)?{_TIME}")


def _local(day: date, at: time) -> datetime:
    return datetime.combine(day, at).astimezone().astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Daily:
    """A time of the day, on some days of the week."""

    at: time
    """The local time."""

    days: frozenset[int] = EVERY_DAY
    """The days; Monday is 0."""

    def last(self, now: datetime) -> datetime | None:
        """Give the moment on the local day of `now`; None on other days and before."""
        day = now.astimezone().date()
        moment = _local(day, self.at)
        return moment if day.weekday() in self.days and moment <= now else None

    def following(self, now: datetime) -> datetime:
        """Give the next such moment after `now`."""
        today = now.astimezone().date()
        days = (today + DAY * ahead for ahead in range(9))
        moments = (_local(d, self.at) for d in days if d.weekday() in self.days)
        return next(moment for moment in moments if moment > now)


@dataclass(frozen=True, slots=True)
class Hours:
    """A span of the day, on some days of the week; it may go past midnight."""

    start: time
    """When it begins, in local time."""

    end: time
    """When it ends; on the next day where this is not later than the start."""

    days: frozenset[int] = EVERY_DAY
    """The days on which it begins; Monday is 0."""

    def covering(self, now: datetime) -> tuple[datetime, datetime] | None:
        """Give beginning and end of the span that `now` lies in, if it lies in one."""
        today = now.astimezone().date()
        for day in (today, today - DAY):
            if day.weekday() in self.days:
                begin, end = self._on(day)
                if begin <= now < end:
                    return begin, end
        return None

    def beginning(self, now: datetime) -> datetime:
        """Give when the next span after `now` begins."""
        return Daily(self.start, self.days).following(now)

    def _on(self, day: date) -> tuple[datetime, datetime]:
        last = day if self.end > self.start else day + DAY
        return _local(day, self.start), _local(last, self.end)


def parse_hours(text: str) -> Hours:
    """Give the span written as `22:00-07:00` or `mon-fri 09:00-17:30`.

    `24:00` is the end of the day. Raises `ValueError` for anything else.
    """
    match = _SPAN.fullmatch(text.strip().lower())
    if not match:
        raise ValueError(text)
    days, *numbers = match.groups()
    hour, minute, last_hour, last_minute = map(int, numbers)
    whole = (last_hour, last_minute) == (24, 0)
    end = time() if whole else time(last_hour, last_minute)
    return Hours(time(hour, minute), end, _days(days))


def parse_daily(text: str) -> Daily:
    """Give the time written as `08:45` or `mon-fri 08:45`.

    Raises `ValueError` for anything else.
    """
    match = _MOMENT.fullmatch(text.strip().lower())
    if not match:
        raise ValueError(text)
    days, hour, minute = match.groups()
    return Daily(time(int(hour), int(minute)), _days(days))


def _days(text: str | None) -> frozenset[int]:
    """Give the days of `mon-fri` or `sat, sun`; every day where none is named."""
    if text is None:
        return EVERY_DAY
    found: set[int] = set()
    for part in text.split(","):
        first, _, last = (word.strip() for word in part.partition("-"))
        begin = DAYS.index(first)
        end = DAYS.index(last) if last else begin
        found |= {day % 7 for day in range(begin, end + (1 if end >= begin else 8))}
    return frozenset(found)
