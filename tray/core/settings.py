"""The settings: frozen values with defaults.

`setting_keys.py` is the table of what people write for them, and reads it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from tray.core.hours import Daily, Hours

SHORTEST_SESSION = timedelta(minutes=15)
"""The shortest portal session that an administrator can set."""

LONGEST_SESSION = timedelta(days=90)
"""The longest portal session that an administrator can set."""

LONGEST_DURATION = timedelta(days=366)
"""A longer duration is a mistake, and can't be counted back from every date."""

_PARTS = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


class Mode(StrEnum):
    """How a session asks for people."""

    SILENT = "silent"
    NOTIFY = "notify"
    OPEN = "open"
    MANUAL = "manual"


class Storage(StrEnum):
    """Where a session's token rests."""

    SHARED = "shared"
    STRICT = "strict"


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """What people can set for one session; None: as for all."""

    session_duration: timedelta | None = None
    """How long its portal session lasts."""

    mode: Mode | None = None
    """How it asks for people."""

    storage: Storage = Storage.SHARED
    """Where its token rests: in AWS's cache for all tools, or in the keyring alone."""


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """What people can set for one profile; all of it is off unless they do."""

    cli_cache: bool = False
    """Whether the AWS CLI's own role cache is filled for it."""

    mirror: bool = False
    """Whether its credentials also stand in the shared credentials file."""

    protected: bool = False
    """Whether people are asked before programs are given it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What people can set."""

    mode: Mode = Mode.NOTIFY
    """How sessions ask for people: `silent` shows icon and menu only, `notify` notices,
    `open` opens the browser too, and `manual` does not even renew by itself."""

    session_duration: timedelta | None = None
    """How long the portal session lasts, where people know it; None: not told."""

    sessions: Mapping[str, SessionSettings] = field(default_factory=dict)
    """What holds for single sessions, by name, in place of the above."""

    profiles: Mapping[str, ProfileSettings] = field(default_factory=dict)
    """What people want for single profiles, by name."""

    notice_before: tuple[timedelta, ...] = (timedelta(minutes=15), timedelta(minutes=5))
    """How long before the portal session's end people are told, longest first."""

    snooze: timedelta = timedelta(minutes=15)
    """How long a notice keeps quiet after *Snooze*."""

    quiet_hours: tuple[Hours, ...] = ()
    """When nobody is told anything; what came meanwhile is told after."""

    idle_after: timedelta = timedelta(minutes=5)
    """Without a key or a pointer for so long, nobody is there to be told."""

    working_hours: Hours | None = None
    """When people work; an end in the middle of them is announced in the morning."""

    daily_login: Daily | None = None
    """When people like to log in, where the sign-in would not last the day."""

    login_timeout: timedelta = timedelta(minutes=10)
    """How long a log-in waits for people."""

    audit: bool = True
    """Whether is noted which program asked for which profile."""

    def duration_of(self, session: str) -> timedelta | None:
        """Give the length people set for one session's portal session, if any."""
        own = self.sessions.get(session, SessionSettings())
        return own.session_duration or self.session_duration

    def mode_of(self, session: str) -> Mode:
        """Give how one session asks for people."""
        own = self.sessions.get(session, SessionSettings())
        return own.mode or self.mode

    def storage_of(self, session: str) -> Storage:
        """Give where one session's token rests."""
        return self.sessions.get(session, SessionSettings()).storage

    def of_profile(self, name: str) -> ProfileSettings:
        """Give what people want for one profile."""
        return self.profiles.get(name, ProfileSettings())


def protected_ones(
    profiles: Mapping[str, ProfileSettings],
) -> dict[str, ProfileSettings]:
    """Give the profiles that are protected, with nothing else about them."""
    only = ProfileSettings(protected=True)
    return {name: only for name, own in profiles.items() if own.protected}


def parse_duration(text: str) -> timedelta:
    """Give the duration written as `90s`, `15m`, `2h`, `1d` or `2h30m`.

    Raises `ValueError` for anything else, for zero, and for more than a year.
    """
    match = _PARTS.fullmatch(text.strip())
    if not match or not any(match.groups()):
        raise ValueError(text)
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    try:
        duration = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        raise ValueError(text) from None
    if not timedelta() < duration <= LONGEST_DURATION:
        raise ValueError(text)
    return duration
