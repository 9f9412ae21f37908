"""Sentences about our own settings."""

from __future__ import annotations

from collections.abc import Sequence

from tray.core.model import Problem

DURATION_WANTED = "wants a duration in quotes, such as '90s', '15m', '2h' or '1d'"
DURATIONS_WANTED = "wants a list of durations, such as ['15m', '5m']"
SESSION_DURATION_WANTED = "wants a duration between 15m and 90d"
HOURS_WANTED = "wants hours such as '22:00-07:00' or 'mon-fri 09:00-17:30'"
DAILY_WANTED = "wants a time such as '08:45' or 'mon-fri 08:45'"
SWITCH_WANTED = "wants true or false, without quotes"
TABLE_FIX = "Correct the line, or take it out to get the default."


def one_of_wanted(known: Sequence[str]) -> str:
    """Name what can stand there."""
    return f"wants one of {', '.join(known)}"


def tables_wanted(table: str, keys: Sequence[str]) -> Problem:
    """Say what the tables of sessions or profiles look like."""
    return Problem(
        f"The setting '{table}' wants tables such as [{table}.NAME], with "
        f"{' or '.join(keys)} in them.",
        TABLE_FIX,
    )


def setting_unknown(path: Sequence[str], known: Sequence[str]) -> Problem:
    """Say that there is no such setting."""
    *tables, key = path
    there = f" in [{'.'.join(tables)}]" if tables else ""
    return Problem(
        f"There is no setting '{key}'{there}.", f"The settings are {', '.join(known)}."
    )


def setting_wrong(path: Sequence[str], wanted: str) -> Problem:
    """Say that a setting's value is of no use; `wanted` tells what would be."""
    *tables, key = path
    there = f" in [{'.'.join(tables)}]" if tables else ""
    return Problem(f"The setting '{key}'{there} {wanted}.", TABLE_FIX)


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


def locked(path: Sequence[str], policy: str) -> Problem:
    """Say that the policy of this machine has the word about a setting."""
    return Problem(
        f"The setting '{'.'.join(path)}' is locked by this machine's policy.",
        f"Take the line out; ask your administrator about {policy}.",
    )


def policy_open(path: str) -> Problem:
    """Say that a policy was refused since others could have written it."""
    return Problem(
        f"The policy in {path} does not hold: others than its owner can write it, "
        "or its folder.",
        f"Ask your administrator for 'chmod go-w' on {path} and its folder.",
    )


def policy_foreign(path: str) -> Problem:
    """Say that a policy was refused since another user owns it."""
    return Problem(
        f"The policy in {path} does not hold: it belongs to another user than root.",
        f"Ask your administrator for 'chown root' on {path} and its folder.",
    )
