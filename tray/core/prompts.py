"""When people are told, and of what: once per episode, and only what is still true."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from tray.core import planner
from tray.core.board import (
    Board,
    Notice,
    NoticeKind,
    Phase,
    SessionStatus,
    Wanted,
    lasts_until,
)
from tray.core.horizon import Horizon
from tray.core.memory import SessionRecord
from tray.core.planner import Occasion
from tray.core.settings import Mode, Settings
from tray.core.telling import Prompt
from tray.core.urgency import by_urgency
from tray.core.wording import prompts as wording

LENGTH_SHARE = 3
"""Nobody is told earlier than when a third of the session's length is left."""

EPISODE_GRAIN = timedelta(seconds=5)
"""Ends that lie this close together are one: a renewal may shift them by seconds."""

STALE = timedelta(days=7)
"""A session that ended longer ago is not in use; the icon tells enough."""

OPENED = "opened"
"""The mark of the end at which the browser was opened."""

_HEARD_WHEN_MUTED = frozenset({NoticeKind.ENDED, NoticeKind.WANTED})
_LAPSED = frozenset({Phase.EXPIRED, Phase.LOGGED_OUT})

_QUIET_MODES = frozenset({Mode.SILENT, Mode.MANUAL})


def leads(horizon: Horizon, settings: Settings) -> tuple[timedelta, ...]:
    """Give how long before the end people are told, longest first."""
    if horizon.ends_at is None or horizon.logged_in_at is None:
        return settings.notice_before
    longest = (horizon.ends_at - horizon.logged_in_at) / LENGTH_SHARE
    return tuple(
        sorted({min(lead, longest) for lead in settings.notice_before}, reverse=True)
    )


def standing_notice(
    status: SessionStatus,
    record: SessionRecord,
    now: datetime,
    settings: Settings,
    wanted: Wanted | None = None,
) -> SessionStatus:
    """Give the status with the notice that is true now, if any.

    `wanted` says that a program waits for this session.
    """
    status, until = _with_wishes(status, record, now), record.snoozed_until
    status = replace(status, wanted=wanted) if wanted else status
    if status.snoozed_until is not None:
        return status
    mode = settings.mode_of(status.session.name)
    occasion = _wanted(status, wanted) or _occasion(status, record, now, settings)
    if occasion is None or mode in _QUIET_MODES:
        return status
    if status.muted and occasion.kind not in _HEARD_WHEN_MUTED:
        return status
    if occasion.kind is NoticeKind.WANTED and wanted is not None:
        title, body = wording.wanted(status, wanted)
    else:
        title, body = wording.notice(status, occasion.kind, occasion.remind_at)
    asks = occasion.kind is not NoticeKind.PLAN
    notice = Notice(
        key=status.session.cache_key,
        session=status.session.name,
        kind=occasion.kind,
        episode=_episode(occasion.ends, occasion.mark, until),
        title=title,
        body=body,
        remind_at=occasion.remind_at,
        opens=asks and mode is Mode.OPEN and not _told(record, occasion, OPENED, None),
        announced=_told(record, occasion, occasion.mark, until),
    )
    return replace(status, notice=notice)


def prompts_of(board: Board) -> tuple[Prompt, ...]:
    """Give what should stand on the screen: several sign-ins in trouble are one."""
    standing = [s.notice for s in by_urgency(board) if s.notice and not s.notice.held]
    asked = [g.notice for g in board.guarded if g.notice and not g.notice.held]
    alone = [n for n in standing if n.kind is NoticeKind.PLAN]
    together = tuple(n for n in standing if n.kind is not NoticeKind.PLAN)
    return (
        *([Prompt(together)] if together else ()),
        *(Prompt((n,)) for n in (*alone, *asked)),
    )


def opened(notice: Notice) -> str:
    """Name the episode of a browser that was opened; once per end, not per notice."""
    return f"{notice.episode.partition('/')[0]}/{OPENED}/"


def moments(
    status: SessionStatus, now: datetime, settings: Settings
) -> Iterator[datetime]:
    """Give when a session's notice may change by the clock alone."""
    if status.snoozed_until is not None:
        yield status.snoozed_until
    if status.ends_at is not None:
        yield status.ends_at
        yield from (status.ends_at - lead for lead in leads(status.horizon, settings))
        yield from planner.moments(settings, now)
    if status.remind_at is not None:
        yield status.remind_at


def _with_wishes(
    status: SessionStatus, record: SessionRecord, now: datetime
) -> SessionStatus:
    """Give the status with what people asked for and what is still to come."""
    until, reminder = record.snoozed_until, record.remind_at
    begun = status.horizon.logged_in_at  # a mute holds for one sign-in
    return replace(
        status,
        snoozed_until=until if until is not None and until > now else None,
        remind_at=reminder if reminder is not None and reminder > now else None,
        muted=record.muted_at is not None
        and (begun is None or begun <= record.muted_at),
    )


def _told(
    record: SessionRecord, occasion: Occasion, mark: str, until: datetime | None
) -> bool:
    return any(
        _episode(occasion.ends + shift, mark, until) in record.announced
        for shift in (-EPISODE_GRAIN, timedelta(), EPISODE_GRAIN)
    )


def _episode(ends: datetime, mark: str, snoozed_until: datetime | None) -> str:
    """Name an occasion by the end it is about, so that a renewal does not repeat it."""
    grain = int(ends.timestamp() // EPISODE_GRAIN.total_seconds())
    snooze = snoozed_until.isoformat() if snoozed_until else ""
    return f"{grain}/{mark}/{snooze}"


def _wanted(status: SessionStatus, wanted: Wanted | None) -> Occasion | None:
    if wanted is None or not (status.phase in _LAPSED or _too_short(status, wanted)):
        return None
    since = wanted.since
    return Occasion(NoticeKind.WANTED, f"wanted-{since.isoformat()}", since)


def _too_short(status: SessionStatus, wanted: Wanted) -> bool:
    last = lasts_until(status)
    short = last is not None and wanted.until is not None and last < wanted.until
    return status.usable and short


def _occasion(
    status: SessionStatus, record: SessionRecord, now: datetime, settings: Settings
) -> Occasion | None:
    ends = status.ends_at or status.expires_at
    if ends is None:
        return None
    if status.phase is Phase.EXPIRED:
        if now - ends >= STALE:
            return None
        return Occasion(NoticeKind.ENDED, "ended", ends)
    if status.phase in {Phase.EXPIRING, Phase.REFRESHING} and status.ends_at:
        reached = sum(ends - now <= lead for lead in leads(status.horizon, settings))
        if reached:
            return Occasion(NoticeKind.ENDING, f"ending-{reached}", ends)
    return planner.planned(status, record, now, settings)
