"""The settings: frozen values with defaults, read from a mapping, all errors at once.

The mapping is what `settings.toml` holds. A bad value never stops the daemon: it is
reported, and the default stands in for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from tray.core.model import Problem
from tray.core.wording import settings as wording

SHORTEST_SESSION = timedelta(minutes=15)
"""The shortest portal session that an administrator can set."""

LONGEST_SESSION = timedelta(days=90)
"""The longest portal session that an administrator can set."""

_PARTS = re.compile(r"(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


@dataclass(frozen=True, slots=True)
class Settings:
    """What people can set."""

    session_duration: timedelta | None = None
    """How long the portal session lasts, where people know it; None: not told."""

    session_durations: Mapping[str, timedelta] = field(default_factory=dict)
    """The same for single sessions, by name; wins over `session_duration`."""

    notice_before: tuple[timedelta, ...] = (timedelta(minutes=15), timedelta(minutes=5))
    """How long before the portal session's end people are told, longest first."""

    snooze: timedelta = timedelta(minutes=15)
    """How long a notice keeps quiet after *Snooze*."""

    notices: bool = True
    """Whether notices are shown at all."""

    login_timeout: timedelta = timedelta(minutes=10)
    """How long a log-in waits for people."""

    def duration_of(self, session: str) -> timedelta | None:
        """Give the length people set for one session's portal session, if any."""
        return self.session_durations.get(session, self.session_duration)


def parse_duration(text: str) -> timedelta:
    """Give the duration written as `90s`, `15m`, `2h`, `1d` or `2h30m`.

    Raises `ValueError` for anything else, and for zero.
    """
    match = _PARTS.fullmatch(text.strip())
    if not match or not any(match.groups()):
        raise ValueError(text)
    days, hours, minutes, seconds = (int(part or 0) for part in match.groups())
    try:
        duration = timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    except OverflowError:
        raise ValueError(text) from None
    if not duration:
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
            field_name, result = reader(value)
        except (ValueError, TypeError, AttributeError) as error:
            problems.append(wording.setting_wrong(key, str(error)))
        else:
            accepted[field_name] = result
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


def _session_durations(value: object) -> dict[str, timedelta]:
    if not isinstance(value, dict):
        raise TypeError(wording.SESSIONS_WANTED)
    result = {}
    for name, table in value.items():
        if not isinstance(table, dict) or set(table) - {"session_duration"}:
            raise ValueError(wording.SESSIONS_WANTED)
        if "session_duration" in table:
            result[name] = _session_duration(table["session_duration"])
    return result


def _notice_before(value: object) -> tuple[timedelta, ...]:
    if not isinstance(value, list):
        raise TypeError(wording.DURATIONS_WANTED)
    return tuple(sorted({_duration(entry) for entry in value}, reverse=True))


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(wording.FLAG_WANTED)
    return value


_Reader = Callable[[object], tuple[str, object]]


def _into(name: str, read: Callable[[object], object]) -> _Reader:
    return lambda value: (name, read(value))


_READERS: dict[str, _Reader] = {
    "session_duration": _into("session_duration", _session_duration),
    "sessions": _into("session_durations", _session_durations),
    "notice_before": _into("notice_before", _notice_before),
    "snooze": _into("snooze", _duration),
    "notices": _into("notices", _flag),
    "login_timeout": _into("login_timeout", _duration),
}
