"""Sentences of the demo's own Identity Center, and of the person who clicks there."""

from __future__ import annotations

BANNER = "Demo Identity Center — not AWS"
SIGN_IN_LINE = "Who are you today? No password is needed here."
ALLOW = "Allow"
DENY = "Deny"
OTHER_USER = "Sign in as somebody else"
SIGN_OUT = "Sign out"
CONTINUE = "Continue"
USER_CODE_LABEL = "The code that the program shows"
CODE_HEADING = "Enter your code"
CODE_LINE = "Type it as you see it; the hyphen may be left out."
COMPARE_LINE = "Allow it only if the program that you started shows this very code."

DONE_ALLOWED = ("Request allowed", "You can close this tab and go back to the program.")
DONE_DENIED = ("Request denied", "Nothing has changed, and you can close this tab.")

BAD_CLIENT = ("Invalid client", "The program's registration is unknown or has expired.")
BAD_REDIRECT = (
    "Invalid callback URL",
    "The program wants to be answered at an address that it has not registered.",
)
BAD_CODE = ("Unknown code", "It has been used or has expired. Start the log-in again.")
BAD_FORM = ("This page is too old", "Go back to the program and start again.")
NOTHING_HERE = ("There is nothing here", "Check the address in the program.")


def sign_in_heading(portal: str) -> str:
    """Name the portal to sign in to."""
    return f"Sign in to {portal}"


def signed_in_as(person: str, portal: str) -> str:
    """Say who is signed in."""
    return f"Signed in to {portal} as {person}"


def consent_heading(portal: str) -> str:
    """Ask whether a program may have a token."""
    return f"Allow access to your {portal} accounts?"


CONSENT_LINE = (
    "A program on this computer asks to list your accounts and to use your roles there."
)


def accounts_line(number: int) -> str:
    """Say how many accounts there are."""
    return f"{number} AWS account{'' if number == 1 else 's'}, all of them made up"


def cannot_listen(reason: str) -> tuple[str, str]:
    """Say that the demo's Identity Center has no port."""
    return (f"No port on 127.0.0.1 is to be had: {reason}.", "Close what holds it.")


def person_saw_nothing(reason: str) -> tuple[str, str]:
    """Say that the scripted person's page did not come."""
    return (f"The page did not open: {reason}.", "Check that the demo is running.")


def person_unknown(user: str) -> tuple[str, str]:
    """Say that the sign-in page does not offer a user."""
    return (f"Nobody called {user} can sign in there.", "Check the demo's users.")


def person_lost() -> tuple[str, str]:
    """Say that the scripted person went round in circles."""
    return ("The sign-in pages do not come to an end.", "Check the demo's settings.")
