"""Sentences about what can be reached after a log-in; pairs as in `signin`."""

from __future__ import annotations

from tray.core.model import Problem, SsoSession
from tray.core.wording.board import session_title

_RIGHT_PERSON = (
    "If it was not you: sign out of the access portal in the browser, and log in again."
)
WRONG_PERSON = Problem(
    "None of your profiles' accounts can be reached with this sign-in.", _RIGHT_PERSON
)
"""What stands in menu and status as long as somebody else seems to be logged in."""

_LATER = "It is tried again after the next log-in."


def somebody_else(session: SsoSession, accounts: int) -> tuple[str, str]:
    """Say that whoever logged in reaches none of the accounts that profiles name."""
    what = (
        "the account that its profiles use can't be reached"
        if accounts == 1
        else f"none of the {accounts} accounts that its profiles use can be reached"
    )
    return (
        f"Did somebody else log in to {session_title(session)}?",
        f"After this log-in {what}. {_RIGHT_PERSON}",
    )


def too_many(session: SsoSession) -> tuple[str, str]:
    """Say that the list of accounts has no end that we wait for."""
    return (f"{session_title(session)} lists more accounts than we can take.", "")


def too_slow(session: SsoSession) -> tuple[str, str]:
    """Say that listing the accounts took too long."""
    return (f"Listing the accounts of {session_title(session)} took too long.", _LATER)
