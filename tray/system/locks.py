"""Locks that all our processes share, one per token file.

They lie in our own folder, never in AWS's: other tools list that one. The file's name
comes from the token file as the system resolves it, so that two homes that share a
cache share the locks too.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from tray.core.errors import CannotTell, TrayError
from tray.core.wording import system as wording
from tray.system.flock import open_lock, release, take
from tray.system.paths import private_folder

log = logging.getLogger(__name__)

FIRST_PAUSE, LONGEST_PAUSE = 0.005, 0.1
"""Seconds between tries while another process holds the lock; growing."""


class FileLocks:
    """Locks by cache key, for the token files of one folder."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self._folder = folder
        self._cache = cache
        self._guard = threading.Lock()
        self._own: dict[str, threading.Lock] = {}
        self._told = False

    @contextmanager
    def hold(self, name: str, timeout: timedelta) -> Iterator[None]:
        """Hold the lock of one cache key until the block ends.

        Raises `CannotTell` when somebody else, also another thread of this process,
        keeps it for longer than `timeout`. Where the system can't keep locks at all,
        only this process's threads exclude each other, and that is logged once.
        """
        ends = time.monotonic() + timeout.total_seconds()
        with self._guard:
            own = self._own.setdefault(name, threading.Lock())
        if not own.acquire(timeout=max(timeout.total_seconds(), 0)):
            raise CannotTell(*wording.lock_taken(name))
        try:
            descriptor = self._take(name, ends)
            try:
                yield
            finally:
                if descriptor is not None:
                    release(descriptor)
        finally:
            own.release()

    def _take(self, name: str, ends: float) -> int | None:
        try:
            descriptor = open_lock(private_folder(self._folder) / self._file(name))
        except TrayError as error:
            self._tell(error.title)
            return None
        except OSError as error:
            self._tell(error.strerror or type(error).__name__)
            return None
        try:
            self._wait(descriptor, name, ends)
        except OSError as error:
            os.close(descriptor)
            self._tell(error.strerror or type(error).__name__)
            return None
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor

    def _wait(self, descriptor: int, name: str, ends: float) -> None:
        pause = FIRST_PAUSE
        while not take(descriptor):
            left = ends - time.monotonic()
            if left <= 0:
                raise CannotTell(*wording.lock_taken(name))
            time.sleep(min(pause, left))
            pause = min(pause * 2, LONGEST_PAUSE)

    def _file(self, name: str) -> str:
        resolved = os.path.realpath(self._cache / f"{name}.json")
        mark = hashlib.sha256(os.fsencode(os.path.normcase(resolved))).hexdigest()
        return f"{mark[:40]}.lock"

    def _tell(self, reason: str) -> None:
        if not self._told:
            self._told = True
            log.warning(wording.LOCK_MISSING, self._folder, reason)
