"""What people are told about their sign-ins, and the words on the buttons."""

from __future__ import annotations

from datetime import datetime

from tray.core.board import NoticeKind, SessionStatus, Wanted, lasts_until
from tray.core.telling import Prompt
from tray.core.wording.board import session_title
from tray.core.wording.shell import quoted
from tray.core.wording.times import clock

LOGIN = "Log in"
LOGIN_ALL = "Log in to all"
LOGIN_NOW = "Log in now"
SNOOZE = "Snooze"
MUTE = "Mute until it has ended"

LONGEST_NAME = 40
"""Letters of a name that others chose."""

NAMED = 3
"""So many sessions are named in one notice; the others are counted."""


def notice(
    status: SessionStatus, kind: NoticeKind, remind_at: datetime | None = None
) -> tuple[str, str]:
    """Give title and body of what is to be told about one session."""
    name = session_title(status.session)
    ends = status.ends_at or status.expires_at
    when = f" at {clock(ends)}" if ends else ""
    if kind is NoticeKind.ENDING:
        return f"{name} ends{when}", "Log in now, and nothing stops working."
    if kind is NoticeKind.DUE:
        return f"Time to log in to {name}", f"Its sign-in ends{when} otherwise."
    if kind is NoticeKind.PLAN and remind_at is not None:
        return (
            f"{name} ends{when}, in your working day",
            f"Log in at {clock(remind_at)} instead, and it lasts to the evening.",
        )
    return f"{name} has ended", f"The sign-in ended{when}. Log in to go on."


def wanted(status: SessionStatus, by: Wanted) -> tuple[str, str]:
    """Give title and body for a program that waits for people to log in."""
    program, profile = shown_name(by.by), shown_name(by.profile)
    ends = lasts_until(status)
    if status.usable and by.until is not None and ends is not None:
        return (
            f"{session_title(status.session)} ends too soon",
            (
                f"A program that calls itself '{program}' needs it until "
                f"{clock(by.until, by.since)}, and it ends at {clock(ends, by.since)}. "
                "Log in, and it goes on."
            ),
        )
    return (
        f"A program needs {session_title(status.session)}",
        (
            f"One that calls itself '{program}' waits for the profile '{profile}'. Log "
            "in, and it goes on."
        ),
    )


def shown_name(text: str) -> str:
    """Give a name that others chose, as one short line."""
    line = "".join(letter if letter.isprintable() else "?" for letter in text)
    return line if len(line) <= LONGEST_NAME else f"{line[: LONGEST_NAME - 1]}…"


def together(prompt: Prompt) -> tuple[str, str]:
    """Give title and body of one notice about all that is to be told."""
    if len(prompt.notices) == 1:
        return prompt.notices[0].title, prompt.notices[0].body
    lines = [f"{notice.title}." for notice in prompt.notices[:NAMED]]
    more = len(prompt.notices) - NAMED
    if more > 0:
        lines.append(f"And {more} more.")
    return f"{len(prompt.notices)} sign-ins need you", " ".join(lines)


def remind(at: datetime) -> str:
    """Name the button that takes a proposal."""
    return f"Remind me at {clock(at)}"


def without_buttons(prompt: Prompt) -> str:
    """Say what to do where the desktop's notices have no buttons."""
    if prompt.notices[0].kind is NoticeKind.UNLOCK:
        return "Unlock it in the menu of the tray icon."
    which = "--all"
    if len(prompt.notices) == 1:
        which = f"--session {quoted(prompt.notices[0].session)}"
    return f"Click the tray icon, or run: sso-tray login {which}"
