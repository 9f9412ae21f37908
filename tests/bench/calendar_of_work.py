"""The days of somebody's year: work, lunch, holidays, weekends, and two journeys."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

START = date(2026, 1, 5)
LENGTHS = (
    (0, timedelta(hours=8)),
    (140, timedelta(hours=10)),
    (250, timedelta(hours=4)),
)
"""From which day on the administrator lets sign-ins last how long."""

HOME = "Europe/Berlin"
SATURDAY = 5
HOLIDAYS = ((date(2026, 7, 20), 19), (date(2026, 12, 23), 12), (date(2026, 4, 3), 4))
"""From when, and for how many days."""

JOURNEYS = (
    (date(2026, 3, 2), 12, "America/New_York"),
    (date(2026, 10, 12), 19, "Asia/Tokyo"),
    (date(2026, 11, 30), 5, "America/Los_Angeles"),
)
"""From when, for how many days, and where to; the clocks change during two of them."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch in which the laptop is awake, with somebody before it."""

    begin: datetime
    end: datetime
    zone: str
    travelling: bool


def spans(first: date, count: int, chance: random.Random) -> Iterator[Span]:
    """Give when the laptop is awake."""
    last: datetime | None = None
    for day in (first + timedelta(days=number) for number in range(count)):
        zone = _zone(day)
        if not _works(day, chance):
            continue
        for begin, end in _hours(chance):
            span = Span(_at(day, begin, zone), _at(day, end, zone), zone, zone != HOME)
            if last is None or span.begin > last:
                yield span
                last = span.end


def _zone(day: date) -> str:
    for begin, days, zone in JOURNEYS:
        if begin <= day < begin + timedelta(days=days):
            return zone
    return HOME


def _works(day: date, chance: random.Random) -> bool:
    away = any(begin <= day < begin + timedelta(days=d) for begin, d in HOLIDAYS)
    if away or chance.random() < 0.03:  # ill, or a day off
        return False
    return day.weekday() < SATURDAY or chance.random() < 0.1


def _hours(chance: random.Random) -> list[tuple[float, float]]:
    begin = 9 + chance.gauss(0, 0.3)
    end = min(17.8 + abs(chance.gauss(0, 0.8)), 23.5)
    if chance.random() < 0.6:
        lunch = 12 + chance.uniform(-0.4, 1)
        return [(begin, lunch), (lunch + chance.uniform(0.3, 1.1), end)]
    return [(begin, end)]


def _at(day: date, hours: float, zone: str) -> datetime:
    whole = timedelta(hours=hours)
    local = datetime.combine(day, time(), ZoneInfo(zone)) + whole
    return local.astimezone(ZoneInfo("UTC"))
