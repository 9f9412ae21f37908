"""Sentences about our own settings."""

from __future__ import annotations

from collections.abc import Sequence

from tray.core.model import Problem

DURATION_WANTED = "wants a duration in quotes, such as '90s', '15m', '2h' or '1d'"
DURATIONS_WANTED = "wants a list of durations, such as ['15m', '5m']"
SESSION_DURATION_WANTED = "wants a duration between 15m and 90d"
SESSIONS_WANTED = (
    "wants tables such as [sessions.corp] with session_duration = '8h' "
    "or mode = 'open', and nothing else"
)
HOURS_WANTED = "wants hours such as '22:00-07:00' or 'mon-fri 09:00-17:30'"
DAILY_WANTED = "wants a time such as '08:45' or 'mon-fri 08:45'"
SWITCH_WANTED = "wants true or false, without quotes"
TABLE_FIX = "Correct the line, or take it out to get the default."


def mode_wanted(modes: Sequence[str]) -> str:
    """Name the ways to ask for people."""
    return f"wants one of {', '.join(modes)}"


def profiles_wanted(keys: Sequence[str]) -> str:
    """Say what the tables of profiles may have."""
    return (
        f"wants tables such as [profiles.dev] with {keys[0]} = true, and nothing "
        f"else than {', '.join(keys)}"
    )


def in_table(table: str, key: str, wanted: str) -> str:
    """Say where in the tables of sessions or profiles a value is of no use."""
    return f"has a '{key}' in [{table}], which {wanted}"


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


def not_made(path: str, reason: str) -> tuple[str, str]:
    """Say that the settings file can't be made."""
    return (
        f"The settings file {path} can't be made: {reason}.",
        "Make its folder yours to write, or make the file yourself.",
    )


def not_opened(path: str) -> tuple[str, str]:
    """Say that the desktop has no program to open something of ours."""
    return (
        "No program was found that opens it.",
        f"Open it yourself: {path}",
    )
