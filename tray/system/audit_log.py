"""The record of who asked for what, as two files of lines in our state folder.

Lines are only ever added, each whole and in one write. The newer file becomes the older
one when it is full, so that both together stay small. What is damaged is skipped.
"""

from __future__ import annotations

import itertools
import logging
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from tray.core.audit import Asked, line_of, read_line
from tray.core.errors import TrayError
from tray.core.wording import system as wording
from tray.system.paths import private_folder
from tray.system.plain import read_plain
from tray.system.store_file import alone

log = logging.getLogger(__name__)

LARGEST = 256 << 10
"""Bytes of one file; some 2,000 lines."""

_FLAGS = (
    os.O_RDWR
    | os.O_APPEND
    | os.O_CREAT
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class AuditFile:
    """`AuditLog` in a file, and an older one beside it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._older = path.with_name(f"{path.name}.old")
        self._failed = False

    def add(self, record: Sequence[Asked]) -> None:
        """Add these at the end; a failure is logged once."""
        text = "".join(f"{line_of(asked)}\n" for asked in record).encode()
        try:
            private_folder(self._path.parent)
            with alone(self._path):
                self._make_room()
                self._append(text)
            self._failed = False
        except (OSError, TrayError) as error:
            if not self._failed:
                reason = getattr(error, "strerror", None) or str(error)
                log.warning("%s %s", *wording.audit_unwritable(str(self._path), reason))
            self._failed = True

    def recent(self, most: int) -> tuple[Asked, ...]:
        """Give the newest, the newest first."""
        files = (self._path, self._older)
        lines = itertools.chain.from_iterable(map(_lines, files))
        found = (asked for line in lines if (asked := read_line(line)))
        return tuple(itertools.islice(found, most))

    def _make_room(self) -> None:
        try:
            full = self._path.lstat().st_size >= LARGEST
        except FileNotFoundError:
            return
        if full:
            self._path.replace(self._older)

    def _append(self, text: bytes) -> None:
        descriptor = os.open(self._path, _FLAGS, 0o600)
        try:
            size = os.fstat(descriptor).st_size
            if size:  # half a line from a crash must not spoil the next one
                os.lseek(descriptor, size - 1, os.SEEK_SET)
                text = text if os.read(descriptor, 1) == b"\n" else b"\n" + text
            os.write(descriptor, text)
        finally:
            os.close(descriptor)


def _lines(path: Path) -> Iterator[str]:
    """Give the lines of a file, the last first; none where it can't be read."""
    try:
        content = read_plain(path, 2 * LARGEST, own=True)
    except OSError:
        return iter(())
    return reversed(content.decode("utf-8", "replace").splitlines())
