"""One caller of the local endpoint, and how long callers are waited for."""

from __future__ import annotations

import socket
import time
from collections import deque
from dataclasses import dataclass, field

from tray.local.protocol import Request


@dataclass(slots=True, eq=False)
class Caller:
    """One connection."""

    sock: socket.socket
    """The connection itself."""

    pid: int | None
    """The process that calls, where the system tells."""

    received: bytearray = field(default_factory=bytearray)
    """What came of its line so far."""

    request: Request | None = None
    """What it asks, once the line is whole."""

    answer: memoryview | None = None
    """What is still to be sent to it, once that is known."""

    deadline: float | None = None
    """Until when it must have moved, in monotonic time; None: no hurry."""

    watching: int = 0
    """The events that the selector waits for."""

    closed: bool = False
    """Whether the connection has ended."""


class Deadlines:
    """Who must have moved until when; with one patience for all, in a queue."""

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._queue: deque[tuple[float, Caller]] = deque()

    def add(self, caller: Caller) -> None:
        """Give a caller its time from now on, unless it is running already."""
        if caller.deadline is None:
            caller.deadline = time.monotonic() + self._patience
            self._queue.append((caller.deadline, caller))

    def next(self) -> float | None:
        """Give the first moment at which somebody will be late."""
        while self._queue and not _stands(*self._queue[0]):
            self._queue.popleft()
        return self._queue[0][0] if self._queue else None

    def late(self) -> list[Caller]:
        """Give, once, those who are late now."""
        late = []
        now = time.monotonic()
        while self._queue and self._queue[0][0] <= now:
            moment, caller = self._queue.popleft()
            if _stands(moment, caller):
                late.append(caller)
        return late


def _stands(moment: float, caller: Caller) -> bool:
    return not caller.closed and caller.deadline == moment
