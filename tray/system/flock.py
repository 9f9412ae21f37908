"""A lock on an open file that ends with the process: flock, on Windows LockFile."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

FAR = 1 << 30
"""Windows locks bytes, and locked bytes can't be read: lock one far behind the text."""

LOCK_VIOLATION = 33
"""What LockFile says where another one holds the byte (winerror.h)."""

_BUSY = frozenset({errno.EACCES, errno.EAGAIN, errno.EWOULDBLOCK, errno.EDEADLK})


def open_lock(path: Path) -> int:
    """Open a lock's file, made if it is missing (0600); gives its descriptor.

    Raises `OSError`; never follows a symbolic link and is not inherited by programs.
    """
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0)
    return os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)


if sys.platform == "win32":
    import ctypes
    import msvcrt

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)

    def take(descriptor: int) -> bool:
        """Take the lock; False when somebody else has it. Raises `OSError`."""
        if _kernel.LockFile(_handle(descriptor), FAR, 0, 1, 0):
            return True
        code = ctypes.get_last_error()
        if code == LOCK_VIOLATION:
            return False
        raise ctypes.WinError(code)

    def release(descriptor: int) -> None:
        """Give the lock back and close its file."""
        _kernel.UnlockFile(_handle(descriptor), FAR, 0, 1, 0)
        os.close(descriptor)

    def _handle(descriptor: int) -> ctypes.c_void_p:
        return ctypes.c_void_p(msvcrt.get_osfhandle(descriptor))

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
