"""What `doctor` found: one line for each part, with the remedy where one is needed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tray.core.stamps import stamp

VERSION = 1
"""Of the JSON form; members are only ever added."""


class Health(StrEnum):
    """How a part is."""

    OK = "ok"
    """Nothing to do."""

    ATTENTION = "attention"
    """It works, or can't be told; people should look at it."""

    BROKEN = "broken"
    """Something does not work until people change it."""


class Part(StrEnum):
    """What is looked at, in the order in which it is shown."""

    VERSIONS = "versions"
    DAEMON = "daemon"
    CONFIG = "config"
    SETTINGS = "settings"
    VARIABLES = "variables"
    SESSIONS = "sessions"
    REGISTRATIONS = "registrations"
    CACHE = "cache"
    NETWORK = "network"
    CLOCK = "clock"
    KEYRING = "keyring"
    TRAY = "tray"
    NOTICES = "notices"
    AUTOSTART = "autostart"
    LOGINS = "logins"
    AUDIT = "audit"


@dataclass(frozen=True, slots=True)
class Finding:
    """One line."""

    part: Part
    """What it is about."""

    health: Health
    """How that is."""

    title: str
    """What was found."""

    remedy: str = ""
    """What to do."""


def ordered(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Give findings in the order of the parts; within a part as they came."""
    places = list(Part)
    return tuple(sorted(findings, key=lambda one: places.index(one.part)))


def broken(findings: Iterable[Finding]) -> bool:
    """Tell whether anything does not work."""
    return any(one.health is Health.BROKEN for one in findings)


def as_json(findings: Sequence[Finding], now: datetime) -> Mapping[str, object]:
    """Give the form of `doctor --json`."""
    return {
        "version": VERSION,
        "now": stamp(now),
        "healthy": not broken(findings),
        "findings": [
            {
                "part": one.part.value,
                "health": one.health.value,
                "title": one.title,
                "remedy": one.remedy or None,
            }
            for one in findings
        ],
    }
