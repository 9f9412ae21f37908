"""When people are told, and of what: once per episode, and only what is still true."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tray.core.board import Notice, NoticeKind, Phase, SessionStatus
from tray.core.horizon import Horizon
from tray.core.memory import SessionRecord
from tray.core.settings import Settings
from tray.core.wording import board as wording

LENGTH_SHARE = 3
"""Nobody is told earlier than when a third of the session's length is left."""

EPISODE_GRAIN = timedelta(seconds=5)
"""Ends that lie this close together are one: a renewal may shift them by seconds."""

STALE = timedelta(days=7)
"""A session that ended longer ago is not in use; the icon tells enough."""


def leads(horizon: Horizon, settings: Settings) -> tuple[timedelta, ...]:
    """Give how long before the end people are told, longest first."""
    if horizon.ends_at is None or horizon.logged_in_at is None:
        return settings.notice_before
    longest = (horizon.ends_at - horizon.logged_in_at) / LENGTH_SHARE
    return tuple(
        sorted({min(lead, longest) for lead in settings.notice_before}, reverse=True)
    )


def standing_notice(
    status: SessionStatus, record: SessionRecord, now: datetime, settings: Settings
) -> SessionStatus:
    """Give the status with the notice that is true now, if any."""
    until = record.snoozed_until
    if until is not None and until > now:
        return replace(status, snoozed_until=until)
    occasion = _occasion(status, now, settings) if settings.notices else None
    if occasion is None:
        return status
    kind, mark, ends = occasion
    title, body = wording.notice(status, kind)
    notice = Notice(
        key=status.session.cache_key,
        session=status.session.name,
        kind=kind,
        episode=_episode(ends, mark, until),
        title=title,
        body=body,
        announced=any(
            _episode(ends + shift, mark, until) in record.announced
            for shift in (-EPISODE_GRAIN, timedelta(), EPISODE_GRAIN)
        ),
    )
    return replace(status, notice=notice)


def _episode(ends: datetime, mark: str, snoozed_until: datetime | None) -> str:
    """Name an occasion by the end it is about, so that a renewal does not repeat it."""
    grain = int(ends.timestamp() // EPISODE_GRAIN.total_seconds())
    snooze = snoozed_until.isoformat() if snoozed_until else ""
    return f"{grain}/{mark}/{snooze}"


def _occasion(
    status: SessionStatus, now: datetime, settings: Settings
) -> tuple[NoticeKind, str, datetime] | None:
    ends = status.ends_at or status.expires_at
    if ends is None:
        return None
    if status.phase is Phase.EXPIRED:
        return (NoticeKind.ENDED, "ended", ends) if now - ends < STALE else None
    if status.phase in {Phase.EXPIRING, Phase.REFRESHING} and status.ends_at:
        times = leads(status.horizon, settings)
        reached = sum(ends - now <= lead for lead in times)
        return (NoticeKind.ENDING, f"ending-{reached}", ends) if reached else None
    return None
