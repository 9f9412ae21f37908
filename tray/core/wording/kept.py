"""What people are told about tokens that rest in the keyring."""

from __future__ import annotations

from tray.core.model import Problem

GONE = Problem(
    "The keyring no longer has the token of this session.",
    "Log in again, or open the keyring that you used before.",
)
NOT_KEPT = (
    "The keyring did not give back what it was given.",
    "The token stays in its file; look into the keyring's own program.",
)
REST = "Its token rests there: unlock the keyring, and try again."
"""What to do where a keyring that has a token can't be used."""


def stays(session: str, reason: str) -> tuple[str, str]:
    """Say that a token could not be moved into the keyring."""
    return (
        f"The token of {session} stays in its file: {reason}",
        "Unlock the keyring, or set storage = 'shared'. It is tried again later.",
    )


def not_back(session: str, reason: str) -> tuple[str, str]:
    """Say that a token could not be moved out of the keyring."""
    return (
        f"The token of {session} can't be put back into its file: {reason}",
        "Unlock the keyring, or log in again. It is tried again later.",
    )
