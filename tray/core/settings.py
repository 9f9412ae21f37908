"""The settings: frozen values with defaults, read from a mapping, all errors at once.

The mapping is what `settings.toml` holds. A bad value never stops the daemon: it is
reported, and the default stands in for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from tray.core.hours import Daily, Hours, parse_daily, parse_hours
from tray.core.model import Problem
from tray.core.wording import settings as wording

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


@dataclass(frozen=True, slots=True)
class SessionSettings:
    """What people can set for one session; None: as for all."""

    session_duration: timedelta | None = None
    """How long its portal session lasts."""

    mode: Mode | None = None
    """How it asks for people."""


@dataclass(frozen=True, slots=True)
class ProfileSettings:
    """What people can set for one profile; all of it is off unless they do."""

    cli_cache: bool = False
    """Whether the AWS CLI's own role cache is filled for it."""

    mirror: bool = False
    """Whether its credentials also stand in the shared credentials file."""


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

    def duration_of(self, session: str) -> timedelta | None:
        """Give the length people set for one session's portal session, if any."""
        own = self.sessions.get(session, SessionSettings())
        return own.session_duration or self.session_duration

    def mode_of(self, session: str) -> Mode:
        """Give how one session asks for people."""
        own = self.sessions.get(session, SessionSettings())
        return own.mode or self.mode

    def of_profile(self, name: str) -> ProfileSettings:
        """Give what people want for one profile."""
        return self.profiles.get(name, ProfileSettings())


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


def from_mapping(
    data: Mapping[str, object], base: Settings | None = None
) -> tuple[Settings, tuple[Problem, ...]]:
    """Give the settings that a mapping asks for and every problem in it.

    Keys that are missing keep the value of `base`, which are the defaults unless told
    otherwise; so do keys whose value is wrong.
    """
    base = base or Settings()
    problems: list[Problem] = []
    accepted: dict[str, object] = {}
    for key, value in data.items():
        reader = _READERS.get(key)
        if reader is None:
            problems.append(wording.setting_unknown(key, sorted(_READERS)))
            continue
        try:
            accepted[key] = reader(value)
        except (ValueError, TypeError) as error:
            problems.append(wording.setting_wrong(key, str(error)))
    return replace(base, **accepted), tuple(problems)  # type: ignore[arg-type]


def _duration(value: object) -> timedelta:
    if not isinstance(value, str):
        raise TypeError(wording.DURATION_WANTED)
    try:
        return parse_duration(value)
    except ValueError:
        raise ValueError(wording.DURATION_WANTED) from None


def _session_duration(value: object) -> timedelta:
    duration = _duration(value)
    if not SHORTEST_SESSION <= duration <= LONGEST_SESSION:
        raise ValueError(wording.SESSION_DURATION_WANTED)
    return duration


def _sessions(value: object) -> dict[str, SessionSettings]:
    tables = _tables("sessions", value, _SESSION_READERS, wording.SESSIONS_WANTED)
    return {
        name: replace(SessionSettings(), **own)  # type: ignore[arg-type]
        for name, own in tables.items()
    }


def _profiles(value: object) -> dict[str, ProfileSettings]:
    wanted = wording.profiles_wanted(list(_PROFILE_READERS))
    tables = _tables("profiles", value, _PROFILE_READERS, wanted)
    return {
        name: replace(ProfileSettings(), **own)  # type: ignore[arg-type]
        for name, own in tables.items()
    }


def _tables(
    key: str, value: object, readers: Mapping[str, _Read], wanted: str
) -> dict[str, dict[str, object]]:
    """Give what stands in tables such as `[sessions.corp]`, each value read."""
    if not isinstance(value, dict):
        raise TypeError(wanted)
    result = {}
    for name, table in value.items():
        if not isinstance(table, dict) or set(table) - set(readers):
            raise ValueError(wanted)
        result[name] = {
            member: _in_table(f"{key}.{name}", member, each, readers)
            for member, each in table.items()
        }
    return result


def _in_table(
    table: str, member: str, value: object, readers: Mapping[str, _Read]
) -> object:
    try:
        return readers[member](value)
    except (ValueError, TypeError) as error:
        raise ValueError(wording.in_table(table, member, str(error))) from None


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(wording.SWITCH_WANTED)
    return value


def _mode(value: object) -> Mode:
    try:
        return Mode(str(value))
    except ValueError:
        raise ValueError(wording.mode_wanted(list(Mode))) from None


def _hours(value: object) -> Hours:
    try:
        return parse_hours(_text(value))
    except ValueError:
        raise ValueError(wording.HOURS_WANTED) from None


def _quiet_hours(value: object) -> tuple[Hours, ...]:
    return tuple(map(_hours, value if isinstance(value, list) else [value]))


def _daily(value: object) -> Daily:
    try:
        return parse_daily(_text(value))
    except ValueError:
        raise ValueError(wording.DAILY_WANTED) from None


def _notice_before(value: object) -> tuple[timedelta, ...]:
    if not isinstance(value, list):
        raise TypeError(wording.DURATIONS_WANTED)
    return tuple(sorted({_duration(entry) for entry in value}, reverse=True))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(value)  # noqa: TRY004 - the caller says what is wanted
    return value


_Read = Callable[[object], object]

_SESSION_READERS: dict[str, _Read] = {
    "session_duration": _session_duration,
    "mode": _mode,
}

_PROFILE_READERS: dict[str, _Read] = {"cli_cache": _switch, "mirror": _switch}

_READERS: dict[str, _Read] = {
    "session_duration": _session_duration,
    "sessions": _sessions,
    "profiles": _profiles,
    "mode": _mode,
    "notice_before": _notice_before,
    "snooze": _duration,
    "quiet_hours": _quiet_hours,
    "idle_after": _duration,
    "working_hours": _hours,
    "daily_login": _daily,
    "login_timeout": _duration,
}
