"""Holding back what people should be told until they are there and want to hear it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TypeVar

from tray.core.board import Board, Guarded, SessionStatus
from tray.core.presence import Presence
from tray.core.settings import Settings

Shown = TypeVar("Shown", SessionStatus, Guarded)

IDLE_LOOK = timedelta(seconds=10)
"""No desktop announces the first key after a pause: so often it is looked for."""

IDLE_SHARE = 20
"""The longer nobody came, the longer the looks lie apart: this part of the pause."""

LONGEST_LOOK = timedelta(minutes=1)
"""But never further apart than this."""


class Held(StrEnum):
    """Why a notice waits."""

    SETTLING = "settling"
    ASLEEP = "asleep"
    LOCKED = "locked"
    DO_NOT_DISTURB = "do not disturb"
    QUIET_HOURS = "quiet hours"
    IDLE = "idle"


def held(presence: Presence, now: datetime, settings: Settings) -> Held | None:
    """Tell why nobody should be told anything now; None: they may."""
    idle = presence.idle_for
    reasons = (
        (Held.SETTLING, presence.settling),
        (Held.ASLEEP, presence.asleep),
        (Held.LOCKED, presence.locked),
        (Held.DO_NOT_DISTURB, presence.do_not_disturb),
        (Held.QUIET_HOURS, any(hours.covering(now) for hours in settings.quiet_hours)),
        (Held.IDLE, idle is not None and idle >= settings.idle_after),
    )
    return next((reason for reason, true in reasons if true), None)


def wants_telling(board: Board, *, held: bool = False) -> bool:
    """Tell whether there is anything that people were not told yet.

    With `held`, only what is held back counts.
    """
    notices = (
        *(status.notice for status in board.sessions),
        *(one.notice for one in board.guarded),
    )
    return any(n and not n.announced and (n.held or not held) for n in notices)


def hold(board: Board, presence: Presence, now: datetime, settings: Settings) -> Board:
    """Give the board with what must wait marked as such."""
    if not wants_telling(board) or held(presence, now, settings) is None:
        return board
    sessions, guarded = map(_hold, board.sessions), map(_hold, board.guarded)
    return replace(board, sessions=tuple(sessions), guarded=tuple(guarded))


def look_again(
    presence: Presence, now: datetime, settings: Settings
) -> datetime | None:
    """Tell when to look again whether what is held may be told; None: never by time.

    A beginning that is over, an unlocked screen and a wake announce themselves; a
    person's return to the keys, the end of "do not disturb" and of quiet hours do not.
    """
    reason = held(presence, now, settings)
    if reason is Held.QUIET_HOURS:
        spans = [hours.covering(now) for hours in settings.quiet_hours]
        return max(span[1] for span in spans if span)
    if reason is Held.IDLE and presence.idle_for is not None:
        pause = max(IDLE_LOOK, min(presence.idle_for / IDLE_SHARE, LONGEST_LOOK))
        return now + pause
    return now + LONGEST_LOOK if reason is Held.DO_NOT_DISTURB else None


def _hold(status: Shown) -> Shown:
    notice = status.notice
    if notice is None or notice.announced:
        return status
    return replace(status, notice=replace(notice, held=True))
