"""Sentences about our own settings."""

from __future__ import annotations

from collections.abc import Sequence

from tray.core.model import Problem

DURATION_WANTED = "wants a duration in quotes, such as '90s', '15m', '2h' or '1d'"
DURATIONS_WANTED = "wants a list of durations, such as ['15m', '5m']"
SESSION_DURATION_WANTED = "wants a duration between 15m and 90d"
SESSIONS_WANTED = "wants tables such as [sessions.corp] with session_duration = '8h'"
FLAG_WANTED = "wants true or false"
TABLE_FIX = "Correct the line, or take it out to get the default."


def setting_unknown(key: str, known: Sequence[str]) -> Problem:
    """Say that there is no such setting."""
    return Problem(
        f"There is no setting '{key}'.", f"The settings are {', '.join(known)}."
    )


def setting_wrong(key: str, wanted: str) -> Problem:
    """Say that a setting's value is of no use; `wanted` tells what would be."""
    return Problem(f"The setting '{key}' {wanted}.", TABLE_FIX)


def settings_unreadable(path: str, reason: str) -> Problem:
    """Say that the settings file as a whole can't be read."""
    return Problem(
        f"The settings in {path} can't be read: {reason}.",
        "Correct the file; until then the defaults hold.",
    )
