"""The file of our memory as a file: its stamp, its lock, and how it is replaced."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

from tray.core.errors import TrayError
from tray.system.flock import open_lock, release, take
from tray.system.paths import private_folder

LOCK_TRIES, LOCK_PAUSE = 50, 0.02
"""How often, and after how many seconds, a save tries to be alone: a second in all."""

Stamp = tuple[int, int, int, int] | None
"""Tells one state of a file from another; None where there is no file."""


def stamp_of(path: Path) -> Stamp:
    """Give the stamp of a file; never raises."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def replace_file(path: Path, content: bytes) -> None:
    """Put this content in a file's place, for the owner's eyes only.

    Raises `OSError`, and leaves nothing unfinished then.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0)
    try:
        descriptor = os.open(temporary, flags | getattr(os, "O_BINARY", 0), 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(descriptor)
        temporary.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def alone(path: Path) -> Iterator[None]:
    """Keep our other processes from saving; where that can't be, go on all the same."""
    descriptor: int | None = None
    with contextlib.suppress(OSError, TrayError):
        folder = private_folder(path.parent / "locks")
        descriptor = open_lock(folder / f"{path.name}.lock")
        for _ in range(LOCK_TRIES):
            if take(descriptor):
                break
            time.sleep(LOCK_PAUSE)
    try:
        yield
    finally:
        if descriptor is not None:
            release(descriptor)
