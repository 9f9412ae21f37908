"""Sentences about sessions and profiles: labels, the tooltip, notices."""

from __future__ import annotations

from datetime import datetime

from tray.core.board import Board, NoticeKind, Phase, SessionStatus
from tray.core.horizon import Source
from tray.core.model import Problem, SsoSession
from tray.core.wording.times import clock, time_left

APP = "AWS sign-ins"
LOGIN = "Log in"
SNOOZE = "Snooze"
ICON_FAULT = "the tray icon could not be brought up to date"
NO_SESSIONS = Problem(
    "There is no SSO session in your AWS config yet.",
    "Make one with 'aws configure sso', or add an [sso-session NAME] section; "
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
        Phase.VALID: "signed in, renews itself",
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


def session_detail(status: SessionStatus, now: datetime) -> str | None:
    """Say what the estimate rests on, or what is the matter; None: nothing to add."""
    if status.problem is not None:
        return f"{status.problem.title} {status.problem.remedy}".strip()
    if status.ends_at is not None and status.usable:
        why = _SOURCES[status.horizon.source]
        return f"Ends about {clock(status.ends_at, now)} ({why})"
    if status.usable and status.renews_at is not None:
        return f"Renews itself at {clock(status.renews_at, now)}"
    return None


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


def notice(status: SessionStatus, kind: NoticeKind) -> tuple[str, str]:
    """Give title and body of a notice."""
    name = session_title(status.session)
    ends = status.ends_at or status.expires_at
    when = f" at {clock(ends)}" if ends else ""
    if kind is NoticeKind.ENDING:
        return (
            f"{name} ends{when}",
            "Log in now, and nothing stops working.",
        )
    return (
        f"{name} has ended",
        f"The sign-in ended{when}. Log in to go on.",
    )


def without_buttons(session: str) -> str:
    """Say what to do where the desktop's notices have no buttons."""
    return f"Click the tray icon, or run: sso-tray login --session '{session}'"
