"""Log-ins at a good time of the day, in place of one in the middle of work.

All of it rests on what people set: their working hours, and when they like to log in.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from tray.core.board import NoticeKind, SessionStatus
from tray.core.hours import Daily
from tray.core.memory import SessionRecord
from tray.core.settings import Settings

PLAN_GRAIN = timedelta(minutes=30)
"""Proposed times are half hours, as people make appointments."""

NOT_LATER = timedelta(minutes=30)
"""So long before the end a proposal would only repeat the notice to come."""

MORNING = time(8)
"""When a day begins for people who did not say."""

NIGHT = timedelta(hours=4)
"""A morning that is nearer than this is still today's."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why people are told something now."""

    kind: NoticeKind
    """What it is about."""

    mark: str
    """Tells it from other occasions about the same end."""

    ends: datetime
    """The end that it is about."""

    remind_at: datetime | None = None
    """When to log in instead, where that is what it proposes."""


def planned(
    status: SessionStatus, record: SessionRecord, now: datetime, settings: Settings
) -> Occasion | None:
    """Give the log-in that is due by the clock of the day, or a proposal of one."""
    ends = status.ends_at
    if ends is None or ends <= now or not status.usable:
        return None
    begun = status.horizon.logged_in_at
    reminder = record.remind_at
    if reminder is not None and (begun is None or begun < reminder):
        if reminder <= now:
            return Occasion(NoticeKind.DUE, f"reminded-{reminder.isoformat()}", ends)
        return None
    return _daily(begun, ends, now, settings) or _proposal(begun, ends, now, settings)


def moments(settings: Settings, now: datetime) -> Iterator[datetime]:
    """Give when the clock of the day may bring something next."""
    if settings.daily_login is not None:
        yield settings.daily_login.following(now)
    if settings.working_hours is not None:
        yield settings.working_hours.beginning(now)


def next_morning(now: datetime, settings: Settings) -> datetime:
    """Give when people are back who don't want to hear of it today."""
    hours = settings.working_hours
    return Daily(hours.start if hours else MORNING).following(now + NIGHT)


def _daily(
    begun: datetime | None, ends: datetime, now: datetime, settings: Settings
) -> Occasion | None:
    daily = settings.daily_login
    due = daily.last(now) if daily is not None else None
    if daily is None or due is None or (begun is not None and begun >= due):
        return None
    stop = _end_of_day(due, settings, daily.following(now))
    if ends >= stop or now >= stop:
        return None
    return Occasion(NoticeKind.DUE, f"daily-{due.isoformat()}", ends)


def _end_of_day(due: datetime, settings: Settings, otherwise: datetime) -> datetime:
    """Tell until when a sign-in should last that is made at the daily time `due`."""
    hours = settings.working_hours
    if hours is None:
        return otherwise
    span = hours.covering(due) or hours.covering(hours.beginning(due))
    return min(span[1], otherwise) if span else otherwise


def _proposal(
    begun: datetime | None, ends: datetime, now: datetime, settings: Settings
) -> Occasion | None:
    hours = settings.working_hours
    span = hours.covering(now) if hours is not None else None
    if span is None or begun is None or ends >= span[1]:
        return None
    start, stop = span
    earliest = stop - (ends - begun)  # from then on a new one lasts the day
    latest = ends - NOT_LATER
    middle = start + (stop - start) / 2
    at = _rounded(min(max(middle, earliest), latest))
    if at < earliest:
        at += PLAN_GRAIN
    if not now < at <= latest:
        return None
    return Occasion(NoticeKind.PLAN, f"plan-{stop.isoformat()}", ends, remind_at=at)


def _rounded(moment: datetime) -> datetime:
    """Give the half hour before a moment, on the wall's clock."""
    local = moment.astimezone()
    into = timedelta(
        minutes=local.minute, seconds=local.second, microseconds=local.microsecond
    )
    return moment - into % PLAN_GRAIN
