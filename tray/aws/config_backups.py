"""The file as it was before each change of ours, beside it, and the way back.

A backup's name ends with a number, which grows, and with a hash of what we wrote in
its place: `config.sso-tray-3-1f0c9a77.bak`. So the way back needs no other memory, and
is taken only while the file is still what we wrote.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from dataclasses import dataclass
from pathlib import Path

MOST = 10
"""So many backups of one file are kept; the oldest go."""

_NAME = re.compile(r"\.sso-tray-(\d+)-([0-9a-f]{8})\.bak")


@dataclass(frozen=True, slots=True, order=True)
class Backup:
    """One backup."""

    number: int
    """Grows with each change."""

    path: Path
    """Where it lies."""

    written: str
    """The hash of what was written in its place."""


def hash_of(content: bytes) -> str:
    """Give eight hex digits of a text's SHA-256."""
    return hashlib.sha256(content).hexdigest()[:8]


def backups_of(path: Path) -> list[Backup]:
    """Give a file's backups, oldest first. Raises `OSError`."""
    found = []
    with contextlib.suppress(FileNotFoundError):
        for name in os.listdir(path.parent):  # noqa: PTH208 - names are all we need
            match = _NAME.fullmatch(name.removeprefix(path.name))
            if match is not None and name.startswith(path.name):
                backup = Backup(int(match[1]), path.with_name(name), match[2])
                found.append(backup)
    return sorted(found)


def keep(path: Path, before: bytes, after: bytes, mode: int) -> Path:
    """Write a backup with this mode; gives its place. Raises `OSError`.

    Of a file that is not there yet it is empty; the folder is made if it is missing.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    known = backups_of(path)
    number = known[-1].number + 1 if known else 1
    name = f"{path.name}.sso-tray-{number}-{hash_of(after)}.bak"
    place = path.with_name(name)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(place, flags, mode)
    try:
        with open(descriptor, "wb") as file:  # noqa: PTH123 - it is open already
            file.write(before)
            file.flush()
            os.fsync(descriptor)
    except BaseException:
        drop(place)
        raise
    return place


def thin_out(path: Path) -> None:
    """Drop the oldest above `MOST`; never raises."""
    with contextlib.suppress(OSError):
        for backup in backups_of(path)[:-MOST]:
            drop(backup.path)


def drop(place: Path) -> None:
    """Delete one that is of no use; never raises."""
    with contextlib.suppress(OSError):
        place.unlink(missing_ok=True)
