"""Sentences about logging in, renewing and logging out.

The pairs are (what happened, what to do), ready for an error.
"""

from __future__ import annotations

from tray.core.model import SsoSession
from tray.core.wording.board import session_title
from tray.core.wording.shell import quoted


def login_line(session: SsoSession) -> str:
    """Name the command that logs in."""
    return f"Log in: sso-tray login --session {quoted(session.name)}"


def session_over(session: SsoSession) -> tuple[str, str]:
    """Say that Identity Center ended the sign-in."""
    return (
        f"The sign-in to {session_title(session)} has ended.",
        login_line(session),
    )


def not_renewable(session: SsoSession) -> tuple[str, str]:
    """Say that this token can't be renewed without people."""
    return (
        f"The token of {session_title(session)} can't be renewed silently.",
        login_line(session),
    )


def logged_out(session: SsoSession) -> tuple[str, str]:
    """Say that there is no token at all."""
    return (
        f"Nobody is logged in to {session_title(session)}.",
        login_line(session),
    )


def misconfigured(session: SsoSession, reason: str, remedy: str) -> tuple[str, str]:
    """Say that the config keeps a session from being used."""
    return f"{session_title(session)} can't be used: {reason}", remedy


def login_cancelled(session: SsoSession) -> tuple[str, str]:
    """Say that a person took the log-in back."""
    return (f"The log-in to {session_title(session)} was cancelled.", "")


def login_broke(session: SsoSession) -> tuple[str, str]:
    """Say that a log-in ended by a fault of our own."""
    return (
        f"The log-in to {session_title(session)} broke off.",
        "The log says why; please report it, and try again.",
    )


def login_not_fresh(session: SsoSession) -> tuple[str, str]:
    """Say that a log-in goes on which does not begin a new sign-in."""
    return (
        f"Another log-in to {session_title(session)} is going on.",
        "Finish or cancel it, and then start afresh.",
    )


def login_timed_out(session: SsoSession) -> tuple[str, str]:
    """Say that nobody finished the log-in in time."""
    return (
        f"Nobody finished the log-in to {session_title(session)} in time.",
        login_line(session),
    )


def no_such_session(name: str, known: list[str]) -> tuple[str, str]:
    """Say that the config has no such session."""
    return (f"There is no SSO session '{name}' in your AWS config.", _choose(known))


def no_such_profile(name: str) -> tuple[str, str]:
    """Say that the config has no such profile with SSO."""
    return (
        f"There is no profile '{name}' that uses SSO in your AWS config.",
        "See which there are: sso-tray profiles",
    )


def which_session(known: list[str]) -> tuple[str, str]:
    """Ask which session is meant."""
    return ("There is more than one SSO session.", _choose(known))


def no_session() -> tuple[str, str]:
    """Say that the config has no session at all."""
    return (
        "There is no SSO session in your AWS config.",
        "Make one with 'sso-tray configure', or add an [sso-session NAME] section.",
    )


def _choose(known: list[str]) -> str:
    if not known:
        return no_session()[1]
    return f"Choose one with --session: {', '.join(known)}"


def login_gone() -> tuple[str, str]:
    """Say that a log-in asked about is not known (any more)."""
    return ("This log-in is not known any more.", "Start it again.")


def unknown_verb(verb: str) -> tuple[str, str]:
    """Say that the daemon does not know what it was asked."""
    return (
        f"The running daemon does not know the request '{verb[:40]}'.",
        "It may be of another version: end it and start it again.",
    )
