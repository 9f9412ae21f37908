"""The wall clock, the running time, and waiting: the only place that asks for them."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime


class SystemClock:
    """The clocks of this machine."""

    def now(self) -> datetime:
        """Give the time, aware, in UTC."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Give seconds that only ever grow; on Linux they stand still in sleep."""
        return time.monotonic()


class Pauses:
    """Short waits that end at once when the program ends."""

    def __init__(self) -> None:
        self._stopping = threading.Event()

    def pause(self, seconds: float) -> None:
        """Wait so many seconds, or less when `stop` is called."""
        self._stopping.wait(seconds)

    def stop(self) -> None:
        """End all waits, now and from now on."""
        self._stopping.set()
