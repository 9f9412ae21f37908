"""`setup-<world>.json`: what people chose for the profiles of their sessions."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from tray.core.accesses import Access
from tray.core.accounts import Account
from tray.core.choices import Choice, Key
from tray.core.errors import TrayError
from tray.core.wording import system as wording
from tray.system.paths import private_folder
from tray.system.plain import read_plain
from tray.system.store_file import alone, replace_file

log = logging.getLogger(__name__)

VERSION = 1
LARGEST = 32 << 20
"""Bytes; ten thousand accounts with a few roles each need a tenth of it."""

_TEXTS = ("template", "filter", "region", "output")


class ChoicesFile:
    """The choices of one world; a file that can't be read holds none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> Mapping[str, Choice]:
        """Give what was chosen, by the names of sessions."""
        try:
            data = json.loads(read_plain(self._path, LARGEST, own=True))
            return {str(name): _decoded(one) for name, one in data["sessions"].items()}
        except (FileNotFoundError, NotADirectoryError):
            return {}
        except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
            log.info("choices: %s", type(error).__name__)
            return {}
        except (RecursionError, OverflowError):
            return {}

    def change(self, session: str, change: Callable[[Choice], Choice]) -> None:
        """Keep a choice in place of the one before. A failure is logged, not raised."""
        try:
            private_folder(self._path.parent)
            with alone(self._path):
                found = dict(self.read())
                found[session] = change(found.get(session, Choice()))
                replace_file(self._path, _encoded(found))
        except (OSError, TrayError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            log.warning(wording.STATE_UNSAVED, self._path, reason)


def _encoded(choices: Mapping[str, Choice]) -> bytes:
    sessions = {name: _written(one) for name, one in choices.items()}
    return json.dumps({"version": VERSION, "sessions": sessions}, indent=1).encode()


def _written(choice: Choice) -> dict[str, object]:
    texts = {name: getattr(choice, name) for name in _TEXTS}
    seen: dict[str, list[str]] = {}
    for account, role in sorted(choice.seen):
        seen.setdefault(account, []).append(role)
    at = None if choice.looked_at is None else choice.looked_at.isoformat()
    gained = [
        [one.account.account_id, one.account.name, one.role] for one in choice.gained
    ]
    return {**texts, "seen": seen, "looked_at": at, "gained": gained}


def _decoded(data: Mapping[str, object]) -> Choice:
    texts = {name: data.get(name) for name in _TEXTS}
    known = {name: text for name, text in texts.items() if isinstance(text, str)}
    return Choice(
        **known,
        seen=_seen(data.get("seen")),
        looked_at=_at(data),
        gained=tuple(_gained(data.get("gained"))),
    )


def _gained(data: object) -> Iterator[Access]:
    for row in data if isinstance(data, list) else ():
        match row:
            case [str(number), str(name), str(role)]:
                yield Access(Account(number, name), role)


def _seen(data: object) -> frozenset[Key]:
    rows = data.items() if isinstance(data, Mapping) else ()
    return frozenset(
        (account, role)
        for account, roles in rows
        for role in (roles if isinstance(roles, list) else ())
        if isinstance(account, str) and isinstance(role, str)
    )


def _at(data: Mapping[str, object]) -> datetime | None:
    text = data.get("looked_at")
    if not isinstance(text, str):
        return None
    at = datetime.fromisoformat(text)
    return at.astimezone(UTC) if at.tzinfo is not None else None
