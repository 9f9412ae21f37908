"""`state-<world>.json`: what survives a restart; replaced whole, no secret."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from tray.core.accounts import LONGEST_TEXT, MOST_ACCOUNTS, is_account_id
from tray.core.errors import TrayError
from tray.core.memory import (
    EPISODES_KEPT,
    LIVES_KEPT,
    NAMES_KEPT,
    PINS_KEPT,
    RECENT_KEPT,
    ROLES_KEPT,
    Memory,
    SessionRecord,
)
from tray.core.wording import system as wording
from tray.system.paths import private_folder
from tray.system.plain import Foreign, read_plain, set_aside, sweep
from tray.system.store_file import Stamp, alone, replace_file, stamp_of
from tray.system.store_history import decode_history, encode_history
from tray.system.store_logins import decode_logins, encode_logins
from tray.system.store_merge import merge

log = logging.getLogger(__name__)

VERSION = 1
"""The layout of the file; an unknown one is put aside, never guessed."""

MOST_SESSIONS = 500
"""More sessions than anybody has; those that changed longest ago are forgotten."""

LARGEST = 4 << 20
"""More than this was not written by us."""

_MARKS = ("token", "refused", "revoked", "final", "renewing")
_MOMENTS = ("logged_in_at", "snoozed_until", "muted_at", "remind_at", "stranger_at")


class JsonStore:
    """The memory of one world, in one file that several processes of ours may keep."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._told = False
        self._base = self._last = Memory()
        self._stamp: Stamp = None

    def load(self) -> Memory:
        """Give what is remembered; an empty memory if there is none or it is broken."""
        sweep(self._path)
        try:
            self._last = self._read()
        except OSError as error:  # it may pass, and is then merged at the next save
            log.warning(wording.STATE_UNREAD, self._path, _reason(error))
            self._last = Memory()
            self._stamp = None
        self._base = self._last
        return self._last

    def peek(self) -> Memory:
        """Give what is remembered, and leave even a broken file as it is."""
        try:
            return decode(json.loads(read_plain(self._path, LARGEST, own=True)))
        except (OSError, ValueError, TypeError, RecursionError, OverflowError):
            return Memory()

    def save(self, memory: Memory) -> None:
        """Remember; atomically. A failure is logged once and never raised.

        What another process of ours has remembered since stays remembered.
        """
        try:
            private_folder(self._path.parent)
            with alone(self._path):
                self._save(memory)
        except (OSError, TrayError) as error:
            if not self._told:
                self._told = True
                log.warning(wording.STATE_UNSAVED, self._path, _reason(error))
        else:
            self._told = False

    def _save(self, memory: Memory) -> None:
        theirs = self._last if stamp_of(self._path) == self._stamp else self._read()
        merged = merge(self._base, memory, theirs)
        replace_file(self._path, json.dumps(encode(merged), indent=1).encode())
        self._stamp = stamp_of(self._path)
        self._last, self._base = merged, memory

    def _read(self) -> Memory:
        """Read the file; a damaged one is put aside. Raises `OSError` for the rest."""
        stamp = stamp_of(self._path)
        newer = False
        try:
            data = json.loads(read_plain(self._path, LARGEST, own=True))
            newer = _is_newer(data)
            memory = decode(data)
        except (FileNotFoundError, NotADirectoryError):
            memory = Memory()
        except (Foreign, PermissionError) as error:
            return self._put_aside(wording.STATE_FOREIGN, error.strerror)
        except (ValueError, TypeError, RecursionError, OverflowError):
            told = wording.STATE_NEWER if newer else wording.STATE_BROKEN
            return self._put_aside(told)
        self._stamp = stamp
        return memory

    def _put_aside(self, told: str, reason: str | None = None) -> Memory:
        aside = set_aside(self._path)
        if aside is None:
            log.warning(wording.STATE_UNREAD, self._path, reason or "")
        elif reason is None:
            log.warning(told, self._path, aside)
        else:
            log.warning(told, self._path, reason, aside)
        self._stamp = stamp_of(self._path)
        return Memory()


def _is_newer(data: object) -> bool:
    version = data.get("version") if isinstance(data, dict) else None
    return isinstance(version, int) and version > VERSION


def _reason(error: OSError | TrayError) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def encode(memory: Memory) -> dict[str, object]:
    """Give the JSON form of a memory; times in ISO 8601, lengths in seconds."""
    kept = list(memory.sessions.items())[-MOST_SESSIONS:]
    return {
        "version": VERSION,
        "paused": memory.paused,
        "pinned": list(memory.pinned),
        "recent": list(memory.recent),
        "account_names": dict(memory.account_names),
        "logins": encode_logins(memory.logins),
        "sessions": {key: _encode_record(record) for key, record in kept},
    }


def decode(data: object) -> Memory:
    """Give the memory of a JSON form.

    Raises `ValueError` or `TypeError` for what `encode` never gave.
    """
    if not isinstance(data, dict) or data.get("version") != VERSION:
        raise ValueError(VERSION)
    sessions = data.get("sessions")
    if not isinstance(sessions, dict):
        raise TypeError(sessions)
    records = {str(key): _decode_record(value) for key, value in sessions.items()}
    return Memory(
        MappingProxyType(records),
        paused=data.get("paused") is True,
        pinned=_texts(data, "pinned")[-PINS_KEPT:],
        recent=_texts(data, "recent")[:RECENT_KEPT],
        account_names=MappingProxyType(_names(data.get("account_names"))),
        logins=decode_logins(data.get("logins")),
    )


def _encode_record(record: SessionRecord) -> dict[str, object]:
    life = record.token_life
    data: dict[str, object] = {name: getattr(record, name) for name in _MARKS}
    for name in _MOMENTS:
        moment: datetime | None = getattr(record, name)
        data[name] = moment and moment.isoformat()
    data["token_life"] = None if life is None else life.total_seconds()
    data["lives"] = [life.total_seconds() for life in record.lives]
    data["announced"] = list(record.announced)
    data["kept"] = list(record.kept)
    data["history"] = encode_history(record.history)
    data["unreached"] = record.unreached or None
    return {name: value for name, value in data.items() if value not in (None, [], {})}


def _decode_record(data: object) -> SessionRecord:
    if not isinstance(data, dict):
        raise TypeError(data)
    marks = {name: _text(data, name) for name in _MARKS}
    return SessionRecord(
        logged_in_at=_moment(data, "logged_in_at"),
        token=marks["token"],
        token_life=_length(data.get("token_life")),
        lives=tuple(_lengths(data))[-LIVES_KEPT:],
        refused=marks["refused"],
        revoked=marks["revoked"],
        final=marks["final"],
        announced=_texts(data, "announced")[-EPISODES_KEPT:],
        snoozed_until=_moment(data, "snoozed_until"),
        muted_at=_moment(data, "muted_at"),
        remind_at=_moment(data, "remind_at"),
        renewing=marks["renewing"],
        history=decode_history(data.get("history")),
        unreached=_count(data.get("unreached")),
        stranger_at=_moment(data, "stranger_at"),
        kept=_texts(data, "kept")[-ROLES_KEPT:],
    )


def _names(value: object) -> dict[str, str]:
    """Give the account names; damaged ones are asked for again after a log-in."""
    items = value.items() if isinstance(value, dict) else ()
    names = {
        number: name[:LONGEST_TEXT]
        for number, name in items
        if is_account_id(number) and isinstance(name, str) and name
    }
    return dict(islice(names.items(), NAMES_KEPT))


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        return 0
    return min(max(value, 0), MOST_ACCOUNTS)


def _text(data: Mapping[str, object], name: str) -> str | None:
    value = data.get(name)
    if value is not None and not isinstance(value, str):
        raise TypeError(name)
    return value


def _moment(data: Mapping[str, object], name: str) -> datetime | None:
    text = _text(data, name)
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(name)
    return moment.astimezone(UTC)


def _length(value: object) -> timedelta | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(value)
    return timedelta(seconds=value)


def _lengths(data: Mapping[str, object]) -> list[timedelta]:
    lengths = map(_length, _list(data, "lives"))
    return [length for length in lengths if length is not None]


def _texts(data: Mapping[str, object], name: str) -> tuple[str, ...]:
    return tuple(str(each) for each in _list(data, name))


def _list(data: Mapping[str, object], name: str) -> list[object]:
    value = data.get(name, [])
    if not isinstance(value, list):
        raise TypeError(name)
    return value
