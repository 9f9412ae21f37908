"""The table of the settings: what people write, how it is read, and what it means.

A new setting is a field of `settings.py` and an entry here; the settings file that
people find, the page of all settings and the policy follow from the table. The mapping
that is read is what `settings.toml` holds. A bad value never stops the daemon: it is
reported, and the default stands in for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from tray.core.hours import Daily, Hours, parse_daily, parse_hours
from tray.core.model import Problem
from tray.core.settings import (
    LONGEST_SESSION,
    SHORTEST_SESSION,
    Mode,
    ProfileSettings,
    SessionSettings,
    Settings,
    Storage,
    parse_duration,
)
from tray.core.wording import setting_keys as meanings
from tray.core.wording import settings as wording

Path = tuple[str, ...]
"""Where a value stands: its key, after the names of the tables that it is in."""


@dataclass(frozen=True, slots=True)
class Key:
    """One setting as people write it."""

    name: str
    """Its name, which is also the field's."""

    read: Callable[[object], object]
    """Gives the value; raises `ValueError` or `TypeError` with what is wanted."""

    default: str
    """What holds without it, as TOML; empty: nothing."""

    meaning: str
    """What it is for, in a sentence."""

    example: str
    """A value as TOML."""

    instead: object = None
    """What holds in place of a value that is of no use; None: what `default` says."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A value that is of no use, and where it stands."""

    path: Path
    """Its place in the mapping."""

    problem: Problem
    """What is wrong, and what to do."""


def from_mapping(
    data: Mapping[str, object], base: Settings | None = None
) -> tuple[Settings, tuple[Mistake, ...]]:
    """Give the settings that a mapping asks for and every mistake in it.

    Keys that are missing keep the value of `base`, which are the defaults unless told
    otherwise; so do keys whose value is wrong.
    """
    mistakes: list[Mistake] = []
    plain = {key: value for key, value in data.items() if key not in TABLES}
    accepted = _members((), plain, KEYS, mistakes)
    for key in TABLES:
        if key in data:
            accepted[key] = _tables(key, data[key], mistakes)
    return replace(base or Settings(), **accepted), tuple(mistakes)  # type: ignore[arg-type]


def leaves(data: Mapping[str, object], above: Path = ()) -> Iterator[Path]:
    """Give the place of each value in a mapping, tables opened."""
    for key, value in data.items():
        if isinstance(value, Mapping) and len(above) < len(("table", "name")):
            yield from leaves(value, (*above, key))
        else:
            yield (*above, key)


def _tables(
    key: str, value: object, mistakes: list[Mistake]
) -> dict[str, SessionSettings | ProfileSettings]:
    """Give what stands in tables such as `[sessions.corp]`, each value read."""
    empty, keys = TABLES[key]
    if not isinstance(value, Mapping):
        mistakes.append(Mistake((key,), wording.tables_wanted(key, _names(keys))))
        return {}
    result = {}
    for name, table in value.items():
        if isinstance(table, Mapping):
            accepted = _members((key, name), table, keys, mistakes)
            result[name] = replace(empty, **accepted)  # type: ignore[arg-type]
        else:
            wrong = wording.tables_wanted(key, _names(keys))
            mistakes.append(Mistake((key, name), wrong))
    return result


def _members(
    above: Path,
    table: Mapping[str, object],
    keys: Sequence[Key],
    mistakes: list[Mistake],
) -> dict[str, object]:
    """Give each value of a table that could be read; add a mistake for all others."""
    known = {key.name: key for key in keys}
    accepted: dict[str, object] = {}
    for name, value in table.items():
        path = (*above, name)
        if name not in known:
            names = [*_names(keys), *([] if above else TABLES)]
            mistakes.append(Mistake(path, wording.setting_unknown(path, sorted(names))))
            continue
        try:
            accepted[name] = known[name].read(value)
        except (ValueError, TypeError) as error:
            mistakes.append(Mistake(path, wording.setting_wrong(path, str(error))))
            if known[name].instead is not None:
                accepted[name] = known[name].instead
    return accepted


def _names(keys: Sequence[Key]) -> list[str]:
    return [key.name for key in keys]


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


def _switch(value: object) -> bool:
    if not isinstance(value, bool):
        raise TypeError(wording.SWITCH_WANTED)
    return value


def _mode(value: object) -> Mode:
    try:
        return Mode(str(value))
    except ValueError:
        raise ValueError(wording.one_of_wanted(list(Mode))) from None


def _storage(value: object) -> Storage:
    try:
        return Storage(str(value))
    except ValueError:
        raise ValueError(wording.one_of_wanted(list(Storage))) from None


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


KEYS = (
    Key(
        "session_duration",
        _session_duration,
        "",
        meanings.SESSION_DURATION,
        '"8h"',
    ),
    Key("mode", _mode, '"notify"', meanings.MODE, '"notify"'),
    Key(
        "notice_before",
        _notice_before,
        '["15m", "5m"]',
        meanings.NOTICE_BEFORE,
        '["15m", "5m"]',
    ),
    Key("snooze", _duration, '"15m"', meanings.SNOOZE, '"15m"'),
    Key(
        "quiet_hours",
        _quiet_hours,
        "[]",
        meanings.QUIET_HOURS,
        '["22:00-07:00", "sat-sun 00:00-24:00"]',
    ),
    Key("idle_after", _duration, '"5m"', meanings.IDLE_AFTER, '"5m"'),
    Key(
        "working_hours",
        _hours,
        "",
        meanings.WORKING_HOURS,
        '"mon-fri 09:00-17:30"',
    ),
    Key("daily_login", _daily, "", meanings.DAILY_LOGIN, '"mon-fri 08:45"'),
    Key("login_timeout", _duration, '"10m"', meanings.LOGIN_TIMEOUT, '"10m"'),
    Key("audit", _switch, "true", meanings.AUDIT, "false"),
)
"""The settings that hold for all."""

SESSION_KEYS = (
    Key(
        "session_duration",
        _session_duration,
        "",
        meanings.OF_SESSION_DURATION,
        '"12h"',
    ),
    Key("mode", _mode, "", meanings.OF_SESSION_MODE, '"open"'),
    Key("storage", _storage, '"shared"', meanings.STORAGE, '"strict"'),
)
"""What a table such as `[sessions.corp]` may hold."""

PROFILE_KEYS = (
    Key("cli_cache", _switch, "false", meanings.CLI_CACHE, "true"),
    Key("mirror", _switch, "false", meanings.MIRROR, "true"),
    Key("protected", _switch, "false", meanings.PROTECTED, "true", instead=True),
)
"""What a table such as `[profiles.dev]` may hold."""

TABLES: Mapping[str, tuple[SessionSettings | ProfileSettings, Sequence[Key]]] = {
    "sessions": (SessionSettings(), SESSION_KEYS),
    "profiles": (ProfileSettings(), PROFILE_KEYS),
}
"""The tables by name: what holds without them, and their keys."""
