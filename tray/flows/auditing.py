"""Keeps the record of who asked for what; nobody waits for it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from datetime import timedelta

from tray.core.audit import Asked
from tray.core.ports import AuditLog, Clock, SettingsReader, Workers

MOST_UNWRITTEN = 5000
"""More than this are not held where the disk is slower than those who ask."""


LINGER = timedelta(seconds=1)
"""A disk is asked once for all who come within this time; nobody waits for it."""


@dataclass(slots=True)
class Auditing:
    """Notes each program that asked for a profile, unless people want no record."""

    clock: Clock
    """The wall clock."""

    settings: SettingsReader
    """Whether people want it."""

    log: AuditLog
    """Where it is kept."""

    workers: Workers
    """Threads that may wait for a disk."""

    linger: timedelta = LINGER
    """How long more are waited for after each write."""

    _changed: threading.Condition = field(default_factory=threading.Condition)
    _closed: bool = False
    _unwritten: list[Asked] = field(default_factory=list)
    _writing: bool = False

    def note(self, program: str, profile: str, result: str) -> None:
        """Note one; it is written soon, with all that come meanwhile."""
        if not self.settings.read().audit:
            return
        asked = Asked(self.clock.now(), program, profile, result)
        with self._changed:
            if len(self._unwritten) < MOST_UNWRITTEN:
                self._unwritten.append(asked)
            begins, self._writing = not self._writing, True
        if begins:
            self.workers.submit("audit", self._write)

    def close(self) -> None:
        """Write at once from now on: the end is near."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _write(self) -> None:
        while taken := self._take():
            self.log.add(taken)
            with self._changed:
                if not self._closed:
                    self._changed.wait(self.linger.total_seconds())

    def _take(self) -> list[Asked]:
        with self._changed:
            taken, self._unwritten = self._unwritten, []
            self._writing = bool(taken)
            return taken
