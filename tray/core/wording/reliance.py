"""Sentences about who works until when."""

from __future__ import annotations

from datetime import datetime

from tray.core.reliance import Reliance
from tray.core.wording.times import clock

NOT_NOW = "not now"
MOST_NAMED = 3
"""So many profiles are named; the others are counted."""


def works_until(found: Reliance, now: datetime) -> str:
    """Say until when the AWS CLI, the SDKs and our own delivery work.

    Who works equally long stands together.
    """
    groups: dict[str, list[str]] = {}
    for name, end in (
        ("AWS CLI", found.aws_cli),
        ("SDKs", found.sdks),
        ("sso-tray", found.ours),
    ):
        groups.setdefault(_until(end, found, now), []).append(name)
    return "; ".join(f"{_and(names)} {when}" for when, names in groups.items())


def goes_on(profiles: list[str], works: str) -> str:
    """Say what is the case for profiles by name."""
    shown = profiles[:MOST_NAMED]
    more = len(profiles) - len(shown)
    names = f"{', '.join(shown)} and {more} more" if more else _and(shown)
    return f"{names}: {works}"


def _until(end: datetime | None, found: Reliance, now: datetime) -> str:
    if end is None or end <= now:
        return NOT_NOW
    if found.at_least and found.sdks is not None:
        return f"at least until {clock(found.sdks, now)}"
    return f"until {clock(end, now)}"


def _and(names: list[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
