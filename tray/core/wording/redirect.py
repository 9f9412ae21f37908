"""Sentences of the page that ends a log-in, and of the listener behind it."""

from __future__ import annotations


def no_port(reason: str) -> tuple[str, str]:
    """Say that no port could be had for the browser to come back to."""
    return (
        f"No port on 127.0.0.1 is to be had: {reason}.",
        "Log in with a code instead: sso-tray login --device-code",
    )


def login_declined(session: str, reason: str = "") -> tuple[str, str]:
    """Say that the browser came back without a code; `reason` is the service's."""
    if reason in {"", "access_denied"}:
        return (f"The log-in to {session} was declined in the browser.", "")
    return (
        f"Identity Center ended the log-in to {session} ({reason}).",
        "Try again; if it stays so, check sso_start_url and sso_region.",
    )


def login_cancelled(session: str) -> tuple[str, str]:
    """Say that the log-in was taken back."""
    return (f"The log-in to {session} was cancelled.", "")


def login_unfinished(session: str) -> tuple[str, str]:
    """Say that the browser did not come back in time."""
    return (
        f"The browser did not come back from the log-in to {session} in time.",
        "Try again, or log in with a code: sso-tray login --device-code",
    )


def page_ready(session: str) -> tuple[str, str]:
    """Give heading and line of the page that ends a log-in well."""
    return (f"{session} is ready", "You are signed in. You can close this tab.")


def page_declined(session: str, reason: str = "") -> tuple[str, str]:
    """Give heading and line of the page after a refusal."""
    declined = reason in {"", "access_denied"}
    why = "You declined" if declined else f"Identity Center said: {reason}"
    return (
        f"{session} was not signed in",
        f"{why}. Nothing has changed, and you can close this tab.",
    )


PAGE_STALE = (
    "This link is not valid any more",
    "It belongs to another log-in. Start again from the tray; you can close this tab.",
)
PAGE_NOTHING = ("There is nothing here", "You can close this tab.")
