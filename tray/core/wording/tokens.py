"""Sentences about the token cache and what lies in it.

The pairs are (what happened, what to do), ready for an error.
"""

from __future__ import annotations

from tray.core.model import Problem, SsoSession
from tray.core.wording.board import session_title

TORN = Problem(
    "The token file is incomplete.",
    "Another program may be writing it; if it stays so, log in again.",
)
FOREIGN = Problem(
    "The token file holds no token that AWS's tools could read.",
    "Log in again; the file is replaced then.",
)
TOO_BIG = Problem(
    "The token file is far too big to hold a token.",
    "Look what wrote it, delete it, and log in again.",
)


def unreadable(reason: str) -> Problem:
    """Say that the system does not let us read the file."""
    return Problem(
        f"The token file can't be read: {reason}.",
        "Make ~/.aws/sso/cache readable for yourself.",
    )


def unwritable(folder: str, reason: str) -> tuple[str, str]:
    """Say that the cache folder does not take our files."""
    return (
        f"{folder} can't be written: {reason}.",
        "Make the folder writable for yourself, and free some space.",
    )


def renewed_but_unsaved(session: SsoSession, reason: str) -> tuple[str, str]:
    """Say that a renewed token could not be kept."""
    return (
        f"{session_title(session)} was renewed, but the token can't be saved: {reason}",
        (
            "Make the folder writable for yourself, and free some space; then log in "
            "again, for the old token may be of no use any more."
        ),
    )


OTHERS_WROTE = "Another program had renewed %s at the same moment; its token stays."
WAITS = (
    "The new token of %s can't be saved yet and is kept in memory until it can: %s "
    "Don't end sso-tray before that."
)
