"""A lock on an open file that ends with the process: flock, on Windows msvcrt."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

FAR = 1 << 30
"""Windows locks bytes, and locked bytes can't be read: lock one far behind the text."""

_BUSY = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})


def open_lock(path: Path) -> int:
    """Open a lock's file, made if it is missing (0600); gives its descriptor.

    Raises `OSError`; never follows a symbolic link and is not inherited by programs.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    return os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)


if sys.platform == "win32":
    import msvcrt

    def take(descriptor: int) -> bool:
        """Take the lock; False when somebody else has it. Raises `OSError`."""
        os.lseek(descriptor, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError as error:
            if error.errno in _BUSY:
                return False
            raise
        return True

    def release(descriptor: int) -> None:
        """Give the lock back and close its file."""
        os.lseek(descriptor, FAR, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        finally:
            os.close(descriptor)

else:
    import fcntl

    def take(descriptor: int) -> bool:
        """Take the lock; False when somebody else has it. Raises `OSError`."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in _BUSY:
                return False
            raise
        return True

    def release(descriptor: int) -> None:
        """Give the lock back and close its file."""
        os.close(descriptor)
