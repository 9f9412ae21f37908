"""Sentences of `simulate`: what would happen, and what that rests on."""

from __future__ import annotations

from datetime import datetime

from tray.core.board import Needs, Phase, SessionStatus
from tray.core.horizon import Horizon, Source
from tray.core.wording.board import session_state, session_title, why
from tray.core.wording.signin import logged_out
from tray.core.wording.times import clock, duration

UNTIL_WANTED = "a time is wanted such as +24h, 2h30m or 2026-01-31T18:00"
PAST = ("That time is over already.", "Give one to come, such as --until +24h.")
HEADS = ("TIME", "SESSION", "WHAT WOULD HAPPEN")
SESSION_HEADS = ("SESSION", "NOW")
QUIET = "Nothing would happen in this time."
ASSUMED = "This assumes:"

REFUSED = "the portal renews it no more"
BROWSER = "the browser opens for the log-in"
REGISTRATION = "its client registration ends: from now on only a log-in helps"
SNOOZE_OVER = "the snooze is over"
STOPS = "programs stop working until somebody logs in"
STOPS_UNRENEWED = "programs stop working until it is renewed"

NOBODY_LOGS_IN = "Nobody logs in or out, here or elsewhere."
AWAKE = "The machine stays awake and online, and 'sso-tray run' runs."
PRESENT = "Somebody is there to be told."
PAUSED = "Renewals stay paused."
TOKENS_END = "Tokens live as long as before, but end with the sign-in."
ESTIMATES = "The estimates are those of this moment; sign-ins can end earlier."

_SOURCES = {
    Source.TOKEN: "certain, as its token can't be renewed",
    Source.RENEWAL: "told by AWS, as its last renewal came back short",
    Source.SETTING: "from your setting",
}


def too_far(days: int) -> tuple[str, str]:
    """Say that nobody can look so far ahead."""
    return (
        f"Nobody can tell what happens in more than {days} days.",
        f"Give a nearer time, such as --until +{days}d.",
    )


def bad_picture(name: str) -> tuple[str, str]:
    """Say that we draw no such pictures."""
    return (
        f"'{name}' is no picture that sso-tray can draw.",
        "Give it a name that ends in .svg or .png.",
    )


def unwritten(name: str, reason: str) -> tuple[str, str]:
    """Say that the picture can't be written."""
    return (f"'{name}' can't be written: {reason}.", "Choose another place.")


def cut_short(until: datetime, now: datetime) -> str:
    """Say that there was too much to tell."""
    return f"So much happens that the list ends at {clock(until, now)}."


def renewed(until: datetime) -> str:
    """Say that a token was renewed."""
    return f"renews itself, good until {clock(until)}"


def renewed_often(times: int, last: datetime) -> str:
    """Say that a token was renewed many times."""
    return f"renews itself, {times} times to {clock(last)}"


def told(title: str, body: str) -> str:
    """Give what people are told."""
    return f"you are told: {title}. {body}"


def ends(horizon: Horizon) -> str:
    """Say that the sign-in ends, and how that is known."""
    return f"the sign-in ends ({_rests(horizon)})"


def _rests(horizon: Horizon) -> str:
    return _SOURCES.get(horizon.source) or why(horizon)


def outlook(status: SessionStatus, now: datetime) -> str:
    """Say how a session stands now."""
    if status.phase is Phase.MISCONFIGURED and status.problem is not None:
        return f"{status.problem.title} {status.problem.remedy}"
    if status.needs is Needs.LOGIN and not status.usable:
        log_in = logged_out(status.session)[1]
        return f"{session_state(status, now)}. {log_in}"
    return session_state(status, now)


def day(moment: datetime) -> str:
    """Name a day."""
    local = moment.astimezone()
    return f"{local:%A} {local.day} {local:%B %Y}"


def heading(now: datetime, until: datetime) -> str:
    """Say what stretch of time is told."""
    return (
        f"From {clock(now)} on, for {duration(until - now)}; "
        "nothing of it is done, it is only foretold."
    )


def estimate(status: SessionStatus) -> str:
    """Say what one session's end rests on."""
    name, horizon = session_title(status.session), status.horizon
    if horizon.ends_at is None:
        return f"{name} renews itself; its end is not known."
    rests = _rests(horizon)
    if horizon.confidence is not None:
        rests += f", {horizon.confidence:.0%} sure"
    return f"{name} ends at {clock(horizon.ends_at)} ({rests})."


def unrenewed(status: SessionStatus) -> str:
    """Say that a session is not renewed, as people set it."""
    name = session_title(status.session)
    return f"{name} is not renewed by itself: its mode is 'manual'."


# The picture

PICTURE_TITLE = "What would happen to your AWS sign-ins"
LEGEND = (
    ("bar", "programs work"),
    ("tick", "renews itself"),
    ("notice", "you are told"),
    ("proposal", "a log-in is proposed"),
    ("registration", "client registration ends"),
    ("end", "the sign-in ends"),
    ("stop", "programs stop working"),
    ("night", "night"),
)
NO_SESSIONS = "There is no SSO session in your AWS config."


def span(now: datetime, until: datetime) -> str:
    """Say what stretch of time a picture shows."""
    first, last = now.astimezone(), until.astimezone()
    begin = f"{first:%a} {first.day} {first:%b}, {first:%H:%M}"
    return f"{begin} to {last:%a} {last.day} {last:%b}, {last:%H:%M}"
