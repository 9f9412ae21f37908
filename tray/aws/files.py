"""Small shared files: read whole or not at all, replaced whole or not at all.

Other programs rewrite the same files, most of them in place and none under a lock, so a
reader can meet half a file; ours never leave one.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
from collections.abc import Callable
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


def replace_json(
    path: Path, members: dict[str, object], pause: Callable[[float], None]
) -> None:
    """Put these members in a file's place at once, for the owner's eyes only (0600).

    A folder that is missing is made (0700); a symbolic link stays one, and the file
    that it points to is replaced. Tried a few times; then raises `OSError`.
    """
    content = json.dumps(members).encode()
    for seconds in WRITE_PAUSES:
        try:
            _replace(path, content)
        except OSError:
            pause(seconds)
        else:
            return
    _replace(path, content)


def _replace(path: Path, content: bytes) -> None:
    target = Path(os.path.realpath(path))
    _make_folder(target.parent)
    name = f"{target.name}.{os.urandom(6).hex()}{TEMPORARY}"
    temporary = target.with_name(name)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        temporary.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def _make_folder(folder: Path) -> None:
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for each in reversed(missing):
        each.mkdir(mode=0o700, exist_ok=True)
