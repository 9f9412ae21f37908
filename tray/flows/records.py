"""What is remembered, shared by the threads that learn it; saved when it changes."""

from __future__ import annotations

import threading
from collections.abc import Callable

from tray.core.memory import Memory, SessionRecord
from tray.core.ports import MemoryStore


class Records:
    """Holds the one frozen `Memory` and keeps the store in step with it."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._memory: Memory | None = None

    def current(self) -> Memory:
        """Give what is remembered; read from the store at the first call."""
        with self._lock:
            return self._loaded()

    def change(
        self, key: str, change: Callable[[SessionRecord], SessionRecord]
    ) -> Memory:
        """Change one session's record, save if that made a difference, give it all."""
        with self._lock:
            before = self._loaded()
            after = before.with_record(key, change(before.of(key)))
            if after is not before:
                self._memory = after
                self._store.save(after)
            return after

    def _loaded(self) -> Memory:
        if self._memory is None:
            self._memory = self._store.load()
        return self._memory
