"""What to do about it: decide first, act after.

`decide` compares two boards and names the actions; the same board twice needs none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tray.core.board import Board, Notice, Phase, SessionStatus
from tray.core.model import SsoSession
from tray.core.prompts import leads
from tray.core.settings import Settings
from tray.core.wording.times import next_step

BACK_OFF = tuple(timedelta(minutes=m) for m in (1, 2, 4, 8, 15))
"""The pauses between renewals that fail for a reason that may pass."""

JITTER = 0.1
"""The part of a pause that chance adds, so that many machines do not ask at once."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """Renew a session's token silently."""

    session: SsoSession
    """The session."""


@dataclass(frozen=True, slots=True)
class ShowNotice:
    """Tell people, in place of what stands under the same key."""

    notice: Notice
    """What to tell."""


@dataclass(frozen=True, slots=True)
class WithdrawNotice:
    """Take a notice away that is no longer true."""

    key: str
    """The notice's key."""


Action = Refresh | ShowNotice | WithdrawNotice
"""Everything that can follow from a change of the board."""


def decide(before: Board, after: Board) -> tuple[Action, ...]:
    """Name what follows from this board after that one."""
    earlier = {status.session.cache_key: status for status in before.sessions}
    actions: list[Action] = []
    for status in after.sessions:
        actions += _decide_session(earlier.pop(status.session.cache_key, None), status)
    actions += [
        WithdrawNotice(gone.notice.key) for gone in earlier.values() if gone.notice
    ]
    return tuple(actions)


def _decide_session(
    before: SessionStatus | None, after: SessionStatus
) -> Iterator[Action]:
    due_already = before is not None and before.refresh_due
    if after.refresh_due and not due_already:
        yield Refresh(after.session)
    stood = before.notice if before else None
    if after.notice is None:
        if stood is not None:
            yield WithdrawNotice(stood.key)
    elif after.notice != stood and not after.notice.announced:
        yield ShowNotice(after.notice)


def back_off(failures: int, chance: float) -> timedelta:
    """Give the pause after so many failures in a row (1, 2, 3, ...).

    `chance` is a random number from 0 to 1.
    """
    pause = BACK_OFF[min(max(failures, 1), len(BACK_OFF)) - 1]
    return pause * (1 + JITTER * chance)


def next_deadline(board: Board, now: datetime, settings: Settings) -> datetime | None:
    """Tell when the board or its labels change next by the clock alone."""
    moments = (
        moment for status in board.sessions for moment in _moments(status, settings)
    )
    steps = (_next_label(status, now) for status in board.sessions)
    ahead = [m for m in (*moments, *steps) if m is not None and m > now]
    return min(ahead, default=None)


def _moments(status: SessionStatus, settings: Settings) -> Iterator[datetime | None]:
    yield status.renews_at
    yield status.expires_at
    yield status.snoozed_until
    if status.ends_at is not None:
        yield status.ends_at
        for lead in leads(status.horizon, settings):
            yield status.ends_at - lead


def _next_label(status: SessionStatus, now: datetime) -> datetime | None:
    if status.phase not in {Phase.VALID, Phase.EXPIRING} or status.ends_at is None:
        return None
    return next_step(status.ends_at, now)
