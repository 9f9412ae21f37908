"""Sentences of the commands: help, what is going on, results, and what went wrong.

Pairs are (what happened, what to do), ready for an error.
"""

from __future__ import annotations

from datetime import datetime

from tray.core.wording.times import clock, time_left

FIRST_STEPS = """\
There is no SSO session in your AWS config yet. Two steps, and it shows up here:
  1. sso-tray configure     tell AWS's tools about your access portal
  2. sso-tray run           watch it, renew it, and be asked before it ends
To look around without an AWS account: sso-tray demo"""
NO_PROFILES = """\
No profile in your AWS config uses SSO yet.
Make one with: sso-tray configure"""
NO_DAEMON = "Nothing renews by itself now. Start the tray with: sso-tray run"
PAUSED = "Renewals are paused."
NOBODY_NEEDS_LOGIN = "Nobody needs to log in."
INTERRUPTED = "Interrupted; nothing half-done is left."
WATCH_HEAD = "sso-tray, {time} (Ctrl-C ends)"
NOT_KNOWN = "not known now"
SESSION_HEADS = ("SESSION", "STATE", "", "DETAILS")
PROFILE_HEADS = ("PROFILE", "SESSION", "ACCOUNT", "ROLE", "SAFE UNTIL")
SAFE_MISSING = {
    "login": "log in first",
    "config": "correct the config first",
    None: NOT_KNOWN,
}
"""Why there is no *safe until*, by what the session needs."""

DAEMON_GONE = (
    "The running sso-tray went away before it answered.",
    "Try again.",
)
NO_ANSWER = ("Nothing answered in time.", "Try again in a moment.")


def and_more(count: int) -> str:
    """Say that there are more problems than are shown."""
    return f"... and {count} more; 'sso-tray status --json' lists all of them."


def more_lines(count: int) -> str:
    """Say that the screen is too low for the rest."""
    return f"... {count} more lines"


# Logging in


def opening_browser(title: str, url: str) -> str:
    """Say that the browser opens, and give the address all the same."""
    return f"Opening your browser for {title}… If it does not open: {url}"


def open_address(title: str, url: str) -> str:
    """Ask people to open the address by themselves."""
    return f"To log in to {title}, open: {url}"


def browser_missing(title: str, why: str, url: str) -> str:
    """Say why the browser did not open, and give the address."""
    return f"{why} To log in to {title}, open: {url}"


def joining(title: str, url: str) -> str:
    """Say that somebody began this log-in before."""
    return (
        f"Joining the log-in to {title} that is already going on. "
        f"If you don't see its page: {url}"
    )


FRESH = (
    "If the page lets you in without asking who you are, sign out there, and try again."
)
"""Without a token that still works there is nothing to end the old sign-in with."""


def compare_code(code: str) -> str:
    """Give the device code for comparison."""
    return f"Go on only if the page shows this code: {code}"


def waiting(title: str) -> str:
    """Say what a person at a terminal waits for."""
    return f"Waiting for you to log in to {title} (Ctrl-C to stop)…"


def login_goes_on(title: str) -> str:
    """Say that only the waiting ended, for the log-in is somebody else's."""
    return f"The log-in to {title} goes on where it was begun."


def logged_in(title: str, until: str, *, renewable: bool, daemon: bool) -> str:
    """Say that a log-in is done, and how long it will hold."""
    if not renewable:
        return f"Logged in to {title} until {until}; this token can't renew itself."
    if daemon:
        return f"Logged in to {title}; the token renews itself."
    return (
        f"Logged in to {title} until {until}; "
        "while 'sso-tray run' runs, the token renews itself."
    )


# Logging out and renewing


def logged_out(title: str) -> str:
    """Say that a session was ended."""
    return f"Logged out of {title}."


def was_logged_out(title: str) -> str:
    """Say that there was nothing to end."""
    return f"Nobody was logged in to {title}."


def renewed(title: str, until: str) -> str:
    """Say that a token was renewed."""
    return f"Renewed {title}; the token is good until {until}."


def renewed_by_others(title: str, until: str) -> str:
    """Say that another program renewed the token in the same moment."""
    return f"Another program has just renewed {title}; it is good until {until}."


def not_due(title: str, until: str, renews: str) -> str:
    """Say that nothing had to be done, and until when."""
    return (
        f"{title} is not due before {renews}; the token is good until {until}. "
        "To renew it now, add --force."
    )


def moment(when: datetime | None, now: datetime) -> str:
    """Say when, or that it is not known."""
    return clock(when, now) if when else "an unknown time"


def safe_until(when: datetime, now: datetime) -> str:
    """Say until when a profile works, and how long that is."""
    return f"{clock(when, now)} ({time_left(when, now)})"


# What went wrong


def profile_without_session(name: str, session: str) -> tuple[str, str]:
    """Say that a profile's session is not in the config."""
    return (
        f"Profile '{name}' uses the SSO session '{session}', which does not exist.",
        f"Add [sso-session {session}] to your AWS config.",
    )


def unforeseen(name: str) -> tuple[str, str]:
    """Say that we have a fault of our own; `name` is its type."""
    return (
        f"sso-tray has a fault of its own ({name}).",
        "Please report it with what the same command prints with --debug.",
    )


def unprintable(reason: str) -> tuple[str, str]:
    """Say that the result can't be written to where it should go."""
    return (f"The output can't be written: {reason}.", "Send it somewhere else.")


def strange_answer(what: str) -> tuple[str, str]:
    """Say that another version's answer makes no sense; `what` names the member."""
    return (
        f"The running sso-tray gave an answer without '{what}'.",
        "It may be of another version: end it and start it again.",
    )


def see_help(command: str) -> str:
    """Point to the help of a command."""
    return f"See: {command} --help"
