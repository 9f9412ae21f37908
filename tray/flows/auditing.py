"""Keeps the record of who asked for what; nobody waits for it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from tray.core.audit import Asked
from tray.core.ports import AuditLog, Clock, SettingsReader, Workers

MOST_UNWRITTEN = 5000
"""More than this are not held where the disk is slower than those who ask."""


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

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _unwritten: list[Asked] = field(default_factory=list)
    _writing: bool = False

    def note(self, program: str, profile: str, result: str) -> None:
        """Note one; it is written soon, with all that come meanwhile."""
        if not self.settings.read().audit:
            return
        asked = Asked(self.clock.now(), program, profile, result)
        with self._lock:
            if len(self._unwritten) < MOST_UNWRITTEN:
                self._unwritten.append(asked)
            begins, self._writing = not self._writing, True
        if begins:
            self.workers.submit("audit", self._write)

    def _write(self) -> None:
        while True:
            with self._lock:
                taken, self._unwritten = self._unwritten, []
                self._writing = bool(taken)
            if not taken:
                return
            self.log.add(taken)
