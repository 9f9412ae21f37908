"""Sentences about sessions and profiles: labels, the tooltip, notices."""

from __future__ import annotations

from datetime import datetime, timedelta

from tray.core.board import Board, Phase, SessionStatus
from tray.core.horizon import Horizon, Source
from tray.core.model import Problem, SsoSession
from tray.core.urgency import by_urgency
from tray.core.wording.times import clock, duration, time_left

APP = "AWS sign-ins"
LOGIN = "Log in"
ICON_FAULT = "the tray icon could not be brought up to date"
NO_SESSIONS = Problem(
    "There is no SSO session in your AWS config yet.",
    "Make one with 'sso-tray configure', or add an [sso-session NAME] section; "
    "it appears here by itself.",
)
RENEWAL_UNTRIED = Problem(
    "The access token has run out, but it can be renewed silently.",
    "Run 'sso-tray refresh', or let the tray do it.",
)

_SOURCES = {
    Source.TOKEN: "it can't renew itself",
    Source.RENEWAL: "its last renewal came back short",
    Source.SETTING: "from your setting",
    Source.LEARNED: "learned from your last sign-ins",
}


def clock_wrong(ahead: timedelta) -> Problem:
    """Say that this computer's clock is wrong, by AWS's; `ahead` is negative behind."""
    way = "ahead of" if ahead > timedelta() else "behind"
    return Problem(
        f"This computer's clock is {duration(abs(ahead))} {way} AWS's.",
        "Set it right, best by automatic time: AWS turns away programs whose clock is "
        "more than 5 min off.",
    )


def session_title(session: SsoSession) -> str:
    """Name a session as people know it: a legacy one by its portal's host."""
    if not session.legacy:
        return session.name
    host = session.start_url.split("//")[-1].split("/")[0]
    name = host.removesuffix(".awsapps.com") or session.start_url
    return f"{name} (legacy)"


def session_label(status: SessionStatus, now: datetime) -> str:
    """Say in one line how a session stands."""
    return f"{session_title(status.session)}: {session_state(status, now)}"


def session_state(status: SessionStatus, now: datetime) -> str:
    """Say how a session stands, without its name."""
    ends = status.ends_at
    if status.phase in {Phase.VALID, Phase.EXPIRING} and ends is not None:
        return f"ends in {time_left(ends, now)}"
    ended = ends or status.expires_at
    words = {
        Phase.VALID: _signed_in(status, now),
        Phase.EXPIRING: "ends soon",
        Phase.REFRESHING: "renewing…",
        Phase.LOGGING_IN: "waiting for you in the browser…",
        Phase.EXPIRED: f"ended at {clock(ended, now)}" if ended else "ended",
        Phase.LOGGED_OUT: "logged out",
        Phase.UNKNOWN: status.problem.title.rstrip(".")
        if status.problem
        else "not known",
        Phase.MISCONFIGURED: "needs a look at the config",
    }
    return words[status.phase]


def _signed_in(status: SessionStatus, now: datetime) -> str:
    if status.renews_at is None and status.expires_at is not None:
        return f"signed in until {clock(status.expires_at, now)}"
    return "signed in, renews itself"


def session_detail(status: SessionStatus, now: datetime) -> str | None:
    """Say what the estimate rests on, or what is the matter; None: nothing to add."""
    if status.problem is not None:
        return f"{status.problem.title} {status.problem.remedy}".strip()
    if status.ends_at is not None and status.usable:
        rests = why(status.horizon)
        return f"Ends about {clock(status.ends_at, now)} ({rests})"
    if status.usable and status.renews_at is not None:
        return f"Renews itself at {clock(status.renews_at, now)}"
    return None


def why(horizon: Horizon) -> str:
    """Say what an estimate rests on."""
    if horizon.source is Source.LEARNED and horizon.observations > 1:
        return f"learned from your last {horizon.observations} sign-ins"
    return _SOURCES[horizon.source]


def tooltip(board: Board, now: datetime) -> str:
    """Say the one thing that matters."""
    if not board.sessions:
        return NO_SESSIONS.title
    first, *others = by_urgency(board)
    fine = sum(status.needs is None and status.usable for status in others)
    label = session_label(first, now)
    if first.needs is None and len(board.sessions) > 1 and fine == len(others):
        return f"All {len(board.sessions)} fine; {label}"
    if others:
        needing = sum(status.needs is not None for status in others)
        rest = [f"{needing} more to look at"] if needing else []
        rest += [f"{fine} fine"] if fine else []
        return "; ".join([label, *rest])
    return label
