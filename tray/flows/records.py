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
            return self._keep(before.with_record(key, change(before.of(key))))

    def change_all(self, change: Callable[[Memory], Memory]) -> Memory:
        """Change what is remembered apart from sessions, save it, give it all."""
        with self._lock:
            before = self._loaded()
            after = change(before)
            return self._keep(before if after == before else after)

    def _keep(self, memory: Memory) -> Memory:
        if memory is not self._memory:
            self._memory = memory
            self._store.save(memory)
        return memory

    def _loaded(self) -> Memory:
        if self._memory is None:
            self._memory = self._store.load()
        return self._memory
