"""The face of the icon: the board in one glance, as a value to be drawn.

Two faces are equal exactly when their pictures are, so that nothing is drawn twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum, auto

from tray.core.board import Board, Needs, Phase, SessionStatus
from tray.core.urgency import by_urgency

SLICES = 24
"""In how many steps the ring drains; at 16 pixels a step is one and a half of them."""

MOST = 10
"""From here on the number is drawn as "9+"."""

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


RINGED = frozenset({Mood.FINE, Mood.ENDING, Mood.PAUSED})
"""The moods whose ring shows the time left."""

MOVING = frozenset({Mood.BUSY})
"""The moods that move as long as they last."""

FRAMES = 3
"""How many pictures a movement has."""

COUNTED = frozenset({Mood.ENDING, Mood.ENDED})
"""The moods that show how many sessions need people."""


@dataclass(frozen=True, slots=True)
class Face:
    """What is drawn."""

    mood: Mood = Mood.EMPTY
    """The most urgent session's mood."""

    slices: int = 0
    """How much of the ring is left, of `SLICES`; 0 for moods without such a ring."""

    count: int = 0
    """How many sessions need people where it is drawn, `MOST` for more; else 0."""

    frame: int | None = None
    """Which of the `FRAMES` pictures of a mood that moves; None: it stands still."""


STARTING = Face(Mood.BUSY)
"""Before anything is known."""

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
    mood = _mood(first, paused=board.paused)
    slices = _slices(first, now) if mood in RINGED else 0
    return Face(mood, slices, _count(board) if mood in COUNTED else 0)


def _mood(status: SessionStatus, *, paused: bool) -> Mood:
    mood = _MOODS[status.phase]
    if mood is not Mood.FINE:
        return mood
    if status.problem is not None:
        return Mood.UNKNOWN
    return Mood.PAUSED if paused else mood


def _count(board: Board) -> int:
    count = sum(
        status.needs is Needs.LOGIN and status.phase is not Phase.LOGGED_OUT
        for status in board.sessions
    )
    return min(count, MOST) if count > 1 else 0


def _slices(status: SessionStatus, now: datetime) -> int:
    """Give the slices left: the last one goes when the time is up, not before."""
    if status.ends_at is None:
        return SLICES
    start = status.horizon.logged_in_at
    length = status.ends_at - start if start else FULL_RING
    left = (status.ends_at - now) / max(length, timedelta(seconds=1))
    return max(0, min(SLICES, -int(-left * SLICES // 1)))
