"""File events from Linux itself: inotify(7), read on one thread.

watchdog can do this too, but holds every event for half a second where it meets the
first half of a renaming before the second, and most tools write tokens by renaming.
"""

from __future__ import annotations

import contextlib
import ctypes
import logging
import os
import select
import struct
import sys
import threading
from collections.abc import Callable, Iterator

from tray.core.wording import system as wording

assert sys.platform == "linux"  # noqa: S101 - tells the type checker, too

log = logging.getLogger(__name__)

Heard = Callable[[str, str, bool], None]
"""Takes a folder, a name in it (empty: the folder itself is gone or moved), and whether
the name came or went; an empty folder means that events were lost."""

BUFFER = 1 << 16
"""Bytes read at once: some thousand events."""

_HEAD = struct.Struct("iIII")
_MODIFY, _ATTRIB, _CLOSE_WRITE = 0x2, 0x4, 0x8
_MOVED_FROM, _MOVED_TO, _CREATE, _DELETE = 0x40, 0x80, 0x100, 0x200
_DELETE_SELF, _MOVE_SELF, _UNMOUNT = 0x400, 0x800, 0x2000
_OVERFLOW, _IGNORED, _ONLYDIR = 0x4000, 0x8000, 0x1000000
_CLOEXEC, _NONBLOCK = 0o2000000, 0o4000
_COMES_OR_GOES = _MOVED_FROM | _MOVED_TO | _CREATE | _DELETE
_GONE = _DELETE_SELF | _MOVE_SELF | _UNMOUNT


class InotifyEvents:
    """Watches folders, each for what comes and goes and, if asked, for its content."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._lock = threading.Lock()
        self._folders: dict[int, str] = {}
        self._descriptor = -1
        self._wake = (-1, -1)
        self._thread = threading.Thread(target=self._run, name="events", daemon=True)

    def start(self) -> None:
        """Begin; raises `OSError` when the system has no more of it to give."""
        descriptor = self._libc.inotify_init1(_CLOEXEC | _NONBLOCK)
        if descriptor < 0:
            raise _error()
        try:
            self._wake = os.pipe()
        except OSError:
            os.close(descriptor)
            raise
        self._descriptor = descriptor
        self._thread.start()

    def stop(self) -> None:
        """End; not from the thread that calls back."""
        if self._descriptor < 0:
            return
        os.write(self._wake[1], b"x")
        self._thread.join()
        for one in (self._descriptor, *self._wake):
            os.close(one)
        self._descriptor = -1

    def add(self, folder: str, *, content: bool) -> object:
        """Watch a folder; raises `OSError`, `FileNotFoundError` if it is not there."""
        mask = _COMES_OR_GOES | _GONE | _ONLYDIR
        if content:
            mask |= _MODIFY | _ATTRIB | _CLOSE_WRITE
        with self._lock:
            number: int = self._libc.inotify_add_watch(
                self._descriptor, os.fsencode(folder), mask
            )
            if number < 0:
                raise _error()
            self._folders[number] = folder
        return number

    def remove(self, watch: object) -> None:
        """Watch it no longer; it may be gone already."""
        with self._lock:
            if isinstance(watch, int) and self._folders.pop(watch, None) is not None:
                self._libc.inotify_rm_watch(self._descriptor, watch)

    def _run(self) -> None:
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        poll.register(self._wake[0], select.POLLIN)
        while True:
            ready = {descriptor for descriptor, _ in poll.poll()}
            if self._wake[0] in ready:
                return
            content = b""
            with contextlib.suppress(BlockingIOError):
                content = os.read(self._descriptor, BUFFER)
            for folder, name, comes_or_goes in dict.fromkeys(self._events(content)):
                try:
                    self._heard(folder, name, comes_or_goes)
                except Exception:  # the top of the thread
                    log.exception(wording.WATCH_FAULT)

    def _events(self, content: bytes) -> Iterator[tuple[str, str, bool]]:
        place = 0
        while place < len(content):
            number, mask, _, length = _HEAD.unpack_from(content, place)
            place += _HEAD.size
            name = content[place : place + length].rstrip(b"\0")
            place += length
            if mask & _OVERFLOW:
                yield "", "", True
                continue
            folder = self._folders.get(number)
            if mask & _IGNORED:
                self._folders.pop(number, None)
            if folder is None or (mask & _IGNORED and not mask & _GONE):
                continue
            if mask & _GONE:
                yield folder, "", True
            elif name:
                yield folder, os.fsdecode(name), bool(mask & _COMES_OR_GOES)


def _error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
