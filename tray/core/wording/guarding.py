"""What people read about protected profiles."""

from __future__ import annotations

from datetime import datetime

from tray.core.wording.prompts import shown_name
from tray.core.wording.shell import quoted
from tray.core.wording.times import clock

UNLOCK = "Unlock for 30 min"
ONCE = "Only this time"
NOT_NOW = "Not now"
LOCK = "Lock again"
PROTECTED = "Protected profiles"


def asks(by: str, profile: str) -> tuple[str, str]:
    """Give title and body of the question."""
    program, name = shown_name(by), shown_name(profile)
    return (
        f"Unlock '{name}'?",
        (
            f"A program that calls itself '{program}' wants the protected profile "
            f"'{name}'."
        ),
    )


def state(profile: str, until: datetime | None, now: datetime, *, asked: bool) -> str:
    """Name the row of a protected profile, with how it stands."""
    if asked:
        return f"{profile}: a program asks for it"
    return f"{profile}: " + (
        f"unlocked until {clock(until, now)}" if until else "locked"
    )


def refused(profile: str) -> tuple[str, str]:
    """Say that people said no."""
    return (
        f"The profile '{profile}' is protected, and it was not unlocked.",
        "Unlock it in the menu of the tray icon, and try again.",
    )


def late(profile: str) -> tuple[str, str]:
    """Say that nobody answered."""
    return (
        f"The profile '{profile}' is protected, and nobody unlocked it in time.",
        "Unlock it in the menu of the tray icon, and try again.",
    )


def unasked(profile: str) -> tuple[str, str]:
    """Say that nobody can be asked here."""
    return (
        f"The profile '{profile}' is protected, and nobody can be asked here.",
        (
            "Unlock it in the menu of the tray icon, or run this in a terminal: "
            f"sso-tray exec {quoted(profile)} -- COMMAND"
        ),
    )


def question(profile: str) -> str:
    """Ask on a terminal."""
    return f"The profile '{profile}' is protected. Use it now? [y/N] "
