"""One daemon per world; a crash leaves nothing to clean, because the system unlocks."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from tray.core.errors import AlreadyRunning, TrayError
from tray.core.wording import system as wording
from tray.system.flock import open_lock, release, take
from tray.system.paths import private_folder


class Instance:
    """The right to be the one daemon of a world."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Become the one daemon, until `release` or the end of this process.

        Raises `AlreadyRunning` when there is one, `TrayError` when no lock can be had.
        """
        private_folder(self._path.parent)
        try:
            descriptor = open_lock(self._path)
            if not take(descriptor):
                pid = _read_pid(descriptor)
                os.close(descriptor)
                raise AlreadyRunning(*wording.already_running(pid))
            os.ftruncate(descriptor, 0)
            os.lseek(descriptor, 0, os.SEEK_SET)
            os.write(descriptor, b"%d\n" % os.getpid())
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise TrayError(
                *wording.folder_unusable(str(self._path.parent), reason)
            ) from None
        self._descriptor = descriptor

    def release(self) -> None:
        """Let another one begin; the empty file stays, so that nobody locks a ghost."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            with contextlib.suppress(OSError):
                os.ftruncate(descriptor, 0)
            release(descriptor)


def _read_pid(descriptor: int) -> int | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    try:
        return int(os.read(descriptor, 20))
    except (OSError, ValueError):
        return None
