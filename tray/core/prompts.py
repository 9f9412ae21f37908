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
    notice = _notice(status, record, now, settings)
    if notice is None:
        return status
    told = notice.episode in record.announced
    return replace(status, notice=replace(notice, announced=told))


def _notice(
    status: SessionStatus, record: SessionRecord, now: datetime, settings: Settings
) -> Notice | None:
    if not settings.notices:
        return None
    occasion = _occasion(status, now, settings)
    if occasion is None:
        return None
    kind, mark = occasion
    title, body = wording.notice(status, kind)
    snooze = record.snoozed_until.isoformat() if record.snoozed_until else ""
    return Notice(
        key=status.session.cache_key,
        session=status.session.name,
        kind=kind,
        episode=f"{record.token}/{mark}/{snooze}",
        title=title,
        body=body,
    )


def _occasion(
    status: SessionStatus, now: datetime, settings: Settings
) -> tuple[NoticeKind, str] | None:
    if status.phase is Phase.EXPIRED:
        ended = status.ends_at or status.expires_at
        if ended is None or now - ended < STALE:
            return NoticeKind.ENDED, "ended"
        return None
    if status.phase is Phase.EXPIRING and status.ends_at is not None:
        reached = [
            lead
            for lead in leads(status.horizon, settings)
            if status.ends_at - now <= lead
        ]
        return NoticeKind.ENDING, f"ending-{len(reached)}"
    return None
