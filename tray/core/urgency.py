"""Which session matters most: the order of menus and tooltips."""

from __future__ import annotations

from tray.core.board import Board, Phase, SessionStatus


def by_urgency(board: Board) -> list[SessionStatus]:
    """Give the sessions, those in trouble first, then those that end soonest.

    A renewal moves no session: those whose end is not known keep the config's order.
    """
    return sorted(board.sessions, key=_urgency)


_ORDER = (
    Phase.EXPIRED,
    Phase.EXPIRING,
    Phase.LOGGING_IN,
    Phase.MISCONFIGURED,
    Phase.UNKNOWN,
)


def _urgency(status: SessionStatus) -> tuple[int, float]:
    end = status.ends_at
    if status.phase in _ORDER:
        end = end or status.expires_at
        return _ORDER.index(status.phase), end.timestamp() if end else 0.0
    last = end.timestamp() if end else float("inf")
    if status.phase is Phase.LOGGED_OUT:
        return len(_ORDER) + 2, 0.0
    return len(_ORDER) + (status.problem is None), last
