"""Small shared files: read whole or not at all, replaced whole or not at all.

Other programs rewrite the same files, most of them in place and none under a lock, so a
reader can meet half a file; ours never leave one.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LARGEST = 1 << 20
"""More than this is no file of AWS's cache; it is never read whole."""

TEMPORARY = ".sso-tray.tmp"
"""How our unfinished files end; not in `.json`, so that nobody reads them."""

WRITE_PAUSES = (0.05, 0.2)
"""Seconds between tries to write: a scanner may hold the file (Windows), or the disk
is full for a moment."""

_OPEN_FLAGS = (
    os.O_RDONLY | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_NONBLOCK", 0)
) | getattr(os, "O_BINARY", 0)


class TooBig(Exception):
    """The file is larger than any file of its kind."""


class NotPlain(Exception):
    """There is something else than a plain file under this name."""


def read_bytes(path: str) -> tuple[bytes, os.stat_result]:
    """Give a small plain file's content, and what it was when reading began.

    Raises `OSError`, `TooBig` and `NotPlain`; never waits on pipes or devices.
    """
    descriptor = os.open(path, _OPEN_FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotPlain
        content = b""
        # One more than its size, so that one call tells the end of most files.
        while status.st_size <= LARGEST and len(content) <= LARGEST:
            piece = os.read(descriptor, status.st_size + 1)
            content += piece
            if len(piece) <= status.st_size:
                return content, status
        raise TooBig
    finally:
        os.close(descriptor)


def parse_members(content: bytes) -> dict[str, object] | None:
    """Give a file's JSON members; None when it is torn or no JSON object.

    Members that are `null` (one SDK writes such) count as absent; so does a byte order
    mark.
    """
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        return None
    if not isinstance(data, dict):
        return None
    if None in data.values():
        return {name: value for name, value in data.items() if value is not None}
    return data


class Unfinished:
    """A file that is to take another's place once its content is known.

    Its room on the disk is taken first: what comes for it must not be lost for lack of
    room. Links are followed: the file that they lead to is what is replaced.
    """

    def __init__(self, path: Path) -> None:
        self._target = Path(os.path.realpath(path))
        self._path = self._target
        self._descriptor: int | None = None

    def begin(self, room: int) -> None:
        """Make it, for the owner's eyes only (0600), with room for so many bytes.

        A folder that is missing is made (0700). Raises `OSError`.
        """
        if self._target.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        _make_folder(self._target.parent)
        mark = f"{os.getpid()}-{os.urandom(6).hex()}"
        self._path = self._target.with_name(f"{self._target.name}.{mark}{TEMPORARY}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(self._path, flags, 0o600)
        try:
            if room:
                _write_all(self._descriptor, b" " * room)
                os.fsync(self._descriptor)
        except BaseException:
            self.drop()
            raise

    def resemble(self, status: os.stat_result) -> None:
        """Give it the mode and the owner of the file that it is to replace.

        Raises `OSError` where an owner can't be kept.
        """
        descriptor = self._descriptor
        if descriptor is not None and sys.platform != "win32":
            mine = os.fstat(descriptor)
            if (mine.st_uid, mine.st_gid) != (status.st_uid, status.st_gid):
                os.fchown(descriptor, status.st_uid, status.st_gid)
            os.fchmod(descriptor, stat.S_IMODE(status.st_mode))

    def finish(self, content: bytes, unchanged: Callable[[], bool]) -> bool:
        """Take the other's place with this content, unless that one has changed.

        `unchanged` is asked at the last moment; where it says no, nothing is replaced
        and False is given. Raises `OSError`; ended it is in any case.
        """
        try:
            descriptor = self._descriptor
            if descriptor is None:
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
            os.lseek(descriptor, 0, os.SEEK_SET)
            _write_all(descriptor, content)
            os.ftruncate(descriptor, len(content))
            os.fsync(descriptor)
            self._close()
            if not unchanged():
                return False
            self._path.replace(self._target)
        finally:
            self.drop()
        return True

    def drop(self) -> None:
        """Leave nothing of it; never raises."""
        with contextlib.suppress(OSError):
            self._close()
        if self._path != self._target:
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)

    def _close(self) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)


def always() -> bool:
    """Say yes."""
    return True


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file is replaced."""

    ready: Unfinished | None = None
    """One that has been begun already; it is used first."""

    unchanged: Callable[[], bool] = always
    """Asked right before the file is replaced; a no ends it."""

    in_place: bool = False
    """Whether to write into the file itself where it can't be replaced."""


PLAINLY = Manner()
"""The manner of every day."""


def replace_json(
    path: Path,
    members: dict[str, object],
    pause: Callable[[float], None],
    manner: Manner = PLAINLY,
) -> bool:
    """Put these members in a file's place at once, for the owner's eyes only (0600).

    Tried a few times; then raises `OSError`. False when the manner's `unchanged` says
    that the file must stay.
    """
    content = json.dumps(members).encode()
    if manner.ready is not None:
        with contextlib.suppress(OSError):
            return manner.ready.finish(content, manner.unchanged)
    for seconds in WRITE_PAUSES:
        try:
            return _replace(path, content, manner)
        except OSError:
            pause(seconds)
    try:
        return _replace(path, content, manner)
    except OSError:
        if not manner.in_place or not manner.unchanged():
            raise
        if not overwrite(path, content):
            raise
    return True


def overwrite(path: Path, content: bytes) -> bool:
    """Write into a file that can't be replaced, in one step; tell whether it was done.

    Only where the content fits into the room that the file has: so it works on a full
    disk too, and can't end in the middle. Spaces fill what would be left of the old.
    """
    if _room_of(path) < len(content):
        return False
    flags = os.O_RDWR | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except OSError:
        return False
    try:
        with contextlib.suppress(OSError):
            os.write(descriptor, content.ljust(os.fstat(descriptor).st_size))
            os.ftruncate(descriptor, len(content))
            os.fsync(descriptor)
        os.lseek(descriptor, 0, os.SEEK_SET)
        # What is there counts, whatever the system has complained of.
        return os.read(descriptor, LARGEST).rstrip() == content
    finally:
        os.close(descriptor)


def can_overwrite(path: Path, room: int) -> bool:
    """Tell whether `overwrite` is likely to work for so many bytes."""
    return _room_of(path) >= room and os.access(path, os.W_OK)


def _room_of(path: Path) -> int:
    try:
        status = path.stat()
    except OSError:
        return -1
    room = max(status.st_size, getattr(status, "st_blocks", 0) * 512)
    return room if stat.S_ISREG(status.st_mode) else -1


def _replace(path: Path, content: bytes, manner: Manner) -> bool:
    unfinished = Unfinished(path)
    unfinished.begin(0)
    return unfinished.finish(content, manner.unchanged)


def _write_all(descriptor: int, content: bytes) -> None:
    while content:
        content = content[os.write(descriptor, content) :]


def _make_folder(folder: Path) -> None:
    for each in reversed((folder, *folder.parents)):
        if not each.exists():
            each.mkdir(mode=0o700, exist_ok=True)
