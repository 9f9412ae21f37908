"""Times and durations in words, in the steps that people need."""

from __future__ import annotations

from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

STEPS = (
    (15 * MINUTE, MINUTE),
    (HOUR, 5 * MINUTE),
    (DAY, 15 * MINUTE),
)
"""Up to so much time left, labels step by so much; above a day by the hour."""

LAST_STEPS = 10 * timedelta(seconds=1)
"""In the last minute labels step by ten seconds."""


def step_of(left: timedelta) -> timedelta:
    """Give the grain in which so much time left is told."""
    if left <= MINUTE:
        return LAST_STEPS
    return next((step for limit, step in STEPS if left <= limit), HOUR)


def rounded(left: timedelta) -> timedelta:
    """Give the time left as it is told: rounded down to its grain, never below zero."""
    step = step_of(left)
    return max(left // step * step, timedelta())


def next_step(end: datetime, now: datetime) -> datetime | None:
    """Tell when the words for the time left until `end` change next."""
    left = end - now
    if left <= timedelta():
        return None
    step = step_of(left)
    return now + left % step + timedelta(milliseconds=1)


def duration(length: timedelta) -> str:
    """Say how long: `a moment`, `45 s`, `12 min`, `2 h 15 min`, `3 days`."""
    seconds = int(length.total_seconds())
    if seconds <= 0:
        return "a moment"
    if seconds < 60:  # noqa: PLR2004 - a minute
        return f"{seconds} s"
    minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86400
    if days >= 2:  # noqa: PLR2004 - below two days hours say more
        return f"{days} days"
    if not hours:
        return f"{minutes} min"
    rest = minutes - hours * 60
    return f"{hours} h {rest} min" if rest else f"{hours} h"


def capital(sentence: str) -> str:
    """Give a sentence that begins with a capital letter."""
    return sentence[:1].upper() + sentence[1:]


def time_left(end: datetime, now: datetime) -> str:
    """Say how much time is left until `end`, in the label's grain."""
    return duration(rounded(end - now))


def clock(moment: datetime, now: datetime | None = None) -> str:
    """Say when, in local time: `15:40`, with the day where it is another one."""
    local = moment.astimezone()
    if now is not None and local.date() != now.astimezone().date():
        return f"{local:%a %d %b, %H:%M}"
    return f"{local:%H:%M}"
