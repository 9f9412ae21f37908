"""Each profile as the board has it, and until when programs go on with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from tray.core.board import Board, SessionStatus, safe_until
from tray.core.model import Problem, Profile, Subject
from tray.core.reliance import NOTHING_WORKS, Reliance, reliance
from tray.core.rolekeys import RoleKey
from tray.core.roles import served


@dataclass(frozen=True, slots=True)
class ProfileStatus:
    """One profile and until when it is safe to rely on."""

    profile: Profile
    """The profile itself."""

    session: SessionStatus | None
    """Its session's status; None when the config names a session that is not there."""

    safe_until: datetime | None
    """Until when it works for all that is known; None when it does not or may not."""

    problem: Problem | None = None
    """What is wrong with the profile in the config, if anything."""

    role_credentials_expire_at: datetime | None = None
    """When the role credentials that we hold end; None when we hold none."""

    works: Reliance = NOTHING_WORKS
    """Until when the AWS CLI, the SDKs and what asks us go on with it."""


def profile_statuses(board: Board) -> Iterator[ProfileStatus]:
    """Give each profile's status, made when asked for: there may be thousands."""
    by_name = {
        status.session.name: (status, safe_until(status)) for status in board.sessions
    }
    wrong = {
        problem.name: problem.problem
        for problem in board.problems
        if problem.subject is Subject.PROFILE
    }
    for profile in board.profiles:
        status, until = by_name.get(profile.session, (None, None))
        problem = wrong.get(profile.name) or board.holdings.snags.get(profile.name)
        held = _held(board, profile, status)
        works = _works(board, profile, status)
        yield ProfileStatus(profile, status, until, problem, held, works)


def works(board: Board, profile: Profile) -> Reliance:
    """Tell until when programs go on with a profile, by what they ask."""
    return _works(board, profile, board.session(profile.session))


def _works(board: Board, profile: Profile, status: SessionStatus | None) -> Reliance:
    held, holdings = None, board.holdings
    if status is not None and holdings.held:
        held = holdings.held.get(RoleKey.of(status.session, profile))
    return reliance(
        safe_until(status) if profile.account_id else None,
        held,
        holdings.cli.get(profile.name),
        at_least=status is not None and status.ends_at is None,
        served=served(profile.roles),
    )


def _held(
    board: Board, profile: Profile, status: SessionStatus | None
) -> datetime | None:
    if status is None or not board.holdings.held:
        return None
    held = board.holdings.held.get(RoleKey.of(status.session, profile))
    return held.expires_at if held else None
