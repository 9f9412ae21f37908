"""The face of the icon: the board in one glance, as a value to be drawn."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto

from tray.core.board import Board, Needs, Phase, SessionStatus
from tray.core.wording.board import by_urgency

SLICES = 24
"""In how many steps the ring drains; each is one drawing."""

FULL_RING = timedelta(hours=1)
"""So much time left fills the ring where the session's length is not known."""


class Mood(StrEnum):
    """What the icon says; each has a form and a colour of its own."""

    FINE = auto()
    ENDING = auto()
    ENDED = auto()
    BUSY = auto()
    UNKNOWN = auto()
    CONFIG = auto()
    LOGGED_OUT = auto()
    PAUSED = auto()
    EMPTY = auto()


@dataclass(frozen=True, slots=True)
class Face:
    """What is drawn."""

    mood: Mood = Mood.EMPTY
    """The most urgent session's mood."""

    slices: int = SLICES
    """How much of the ring is left, of `SLICES`."""

    count: int = 0
    """How many sessions need people; drawn from two on."""


_MOODS = {
    Phase.EXPIRED: Mood.ENDED,
    Phase.EXPIRING: Mood.ENDING,
    Phase.LOGGING_IN: Mood.BUSY,
    Phase.MISCONFIGURED: Mood.CONFIG,
    Phase.UNKNOWN: Mood.UNKNOWN,
    Phase.LOGGED_OUT: Mood.LOGGED_OUT,
    Phase.REFRESHING: Mood.FINE,
    Phase.VALID: Mood.FINE,
}


def face(board: Board, now: datetime) -> Face:
    """Give the face of a board."""
    if not board.sessions:
        return Face()
    first = by_urgency(board)[0]
    mood = _MOODS[first.phase]
    if mood is Mood.FINE and first.problem is not None:
        mood = Mood.UNKNOWN
    if mood is Mood.FINE and board.paused:
        mood = Mood.PAUSED
    count = sum(
        status.needs is Needs.LOGIN and status.phase is not Phase.LOGGED_OUT
        for status in board.sessions
    )
    return Face(mood, _slices(first, now), count)


def _slices(status: SessionStatus, now: datetime) -> int:
    if not status.usable:
        return 0
    if status.ends_at is None:
        return SLICES
    start = status.horizon.logged_in_at
    length = status.ends_at - start if start else FULL_RING
    left = (status.ends_at - now) / max(length, timedelta(seconds=1))
    return max(0, min(SLICES, -int(-left * SLICES // 1)))
