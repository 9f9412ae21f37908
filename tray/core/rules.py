"""What to do about it: decide first, act after.

`decide` compares two boards and names the actions; the same board twice needs none.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tray.core.board import Board, Notice, Phase, Retry, SessionStatus
from tray.core.errors import TrayError
from tray.core.model import Problem, SsoSession
from tray.core.prompts import moments, prompts_of
from tray.core.refusals import Again, verdict
from tray.core.settings import Settings
from tray.core.telling import Prompt
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
class ShowPrompt:
    """Tell people, in place of what stands under the same key.

    Where it holds nothing new, it only corrects what still stands on the screen.
    """

    prompt: Prompt
    """What to tell."""


@dataclass(frozen=True, slots=True)
class WithdrawPrompt:
    """Take away what is no longer true."""

    key: str
    """The prompt's key."""


@dataclass(frozen=True, slots=True)
class OpenLogins:
    """Open the browser for these, one after the other, as their mode says."""

    notices: tuple[Notice, ...]
    """Why, one for each session."""


Action = Refresh | ShowPrompt | WithdrawPrompt | OpenLogins
"""Everything that can follow from a change of the board."""


def decide(before: Board, after: Board) -> tuple[Action, ...]:
    """Name what follows from this board after that one."""
    return (*_due(before, after), *_told(before, after), *_opened(before, after))


def _due(before: Board, after: Board) -> Iterator[Action]:
    known = {one.session.cache_key for one in before.sessions if one.refresh_due}
    for status in after.sessions:
        if status.refresh_due and status.session.cache_key not in known:
            yield Refresh(status.session)


def _told(before: Board, after: Board) -> Iterator[Action]:
    stood = {prompt.key: prompt for prompt in prompts_of(before)}
    for prompt in prompts_of(after):
        before_it = stood.pop(prompt.key, None)
        if prompt != before_it and (prompt.news or before_it is not None):
            yield ShowPrompt(prompt)
    yield from map(WithdrawPrompt, stood)


def _opened(before: Board, after: Board) -> Iterator[Action]:
    stood = {notice for prompt in prompts_of(before) for notice in prompt.notices}
    opening = tuple(
        notice
        for prompt in prompts_of(after)
        for notice in prompt.notices
        if notice.opens and not (notice in stood or notice.announced)
    )
    if opening:
        yield OpenLogins(opening)


def back_off(failures: int, chance: float) -> timedelta:
    """Give the pause after so many failures in a row (1, 2, 3, ...).

    `chance` is a random number from 0 to 1.
    """
    pause = BACK_OFF[min(max(failures, 1), len(BACK_OFF)) - 1]
    return pause * (1 + JITTER * chance)


LEAST_PAUSE = timedelta(seconds=10)
"""What lies between two renewals that fail, however much happens in the meantime."""


def later(
    before: Retry | None, error: TrayError, now: datetime, chance: float
) -> Retry:
    """Tell when a renewal that failed is tried again; `before` is the failure before.

    `chance` is a random number from 0 to 1.
    """
    found = verdict(error)
    failures = before.failures + 1 if before else 1
    seldom = found.again is Again.SELDOM
    pause = back_off(len(BACK_OFF) if seldom else failures, chance)
    problem = Problem(error.title, error.remedy)
    return Retry(failures, now + pause, problem, now, found.needs)


def hurried(retry: Retry, now: datetime) -> Retry:
    """Give a retry that waits no longer, since what stood in its way may be gone.

    Should it fail again, its pauses begin anew with the shortest.
    """
    soonest = max(retry.failed_at + LEAST_PAUSE, now)
    return replace(retry, failures=0, not_before=min(retry.not_before, soonest))


def next_deadline(board: Board, now: datetime, settings: Settings) -> datetime | None:
    """Tell when the board or its labels change next by the clock alone."""
    found = [m for status in board.sessions for m in _moments(status, now, settings)]
    found += [one.unlocked_until for one in board.guarded]
    found += board.holdings.moments
    return earliest(*(m for m in found if m is not None and m > now))


def earliest(*moments: datetime | None) -> datetime | None:
    """Give the first of these moments; None where there is none."""
    return min((one for one in moments if one is not None), default=None)


def _moments(
    status: SessionStatus, now: datetime, settings: Settings
) -> Iterator[datetime | None]:
    yield status.renews_at
    yield status.expires_at
    yield from moments(status, now, settings)
    if status.phase in {Phase.VALID, Phase.EXPIRING} and status.ends_at is not None:
        yield next_step(status.ends_at, now)
