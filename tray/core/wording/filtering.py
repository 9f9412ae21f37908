"""What is said about filter expressions."""

from __future__ import annotations

from collections.abc import Iterable

from tray.core.wording.labels import label

Words = tuple[str, str]
"""What happened, and what to do."""

EXAMPLE = "account~^prod- and not role=Billing"
_HELP = f'Write one such as "{EXAMPLE}".'


def _place(text: str, at: int) -> str:
    return f"The filter {label(text)} is wrong at character {at}"


def unexpected(text: str, at: int, found: str) -> Words:
    """Say that something stands where it has no meaning."""
    what = f"{label(found)} is not expected there" if found else "it ends too early"
    return f"{_place(text, at)}: {what}.", _HELP


def unclosed(text: str, at: int) -> Words:
    """Say that a bracket is never closed."""
    return f"{_place(text, at)}: this ( is never closed.", _HELP


def too_deep(text: str) -> Words:
    """Say that an expression has too many levels."""
    return f"The filter {label(text)} has too many brackets.", "Write it shorter."


def unknown_field(text: str, at: int, name: str, known: Iterable[str]) -> Words:
    """Say that a condition is about something that accounts and roles do not have."""
    return f"{_place(text, at)}: {label(name)} is unknown.", (
        f"There are: {', '.join(known)}."
    )


def no_value(text: str, at: int, name: str) -> Words:
    """Say that a condition compares with nothing."""
    return f"{_place(text, at)}: {label(name)} is compared with nothing.", _HELP


def bad_expression(text: str, at: int, value: str, why: str) -> Words:
    """Say that a regular expression is none."""
    return (
        f"{_place(text, at)}: {label(value)} is no regular expression ({label(why)}).",
        "Write it in quotes if it has blanks; \\ before a sign takes its meaning away.",
    )
