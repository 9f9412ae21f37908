"""The net under all timers: notices that the machine slept or that its clock was set.

Timers stand in running time or in wall time and both can be wrong after a sleep. Once a
minute the two are compared; a beat that finds nothing costs one wake-up and no more.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from tray.core.wording import system as wording

log = logging.getLogger(__name__)

BEAT = timedelta(seconds=60)
"""How long after a wake-up the end of a sign-in may stay unnoticed."""

TOLERANCE = timedelta(seconds=2)
"""Clocks are slewed by less than this in a minute; more means a jump or a sleep."""


class Clocks(Protocol):
    """The wall clock and the running time."""

    def now(self) -> datetime:
        """Give the time, aware, in UTC."""
        ...

    def monotonic(self) -> float:
        """Give seconds that only ever grow."""
        ...


class Heartbeat:
    """One thread that asks for a tick when time did not pass as expected."""

    def __init__(
        self,
        clocks: Clocks,
        soon: Callable[[], None],
        deadline: Callable[[], datetime | None],
        look: Callable[[], timedelta] = lambda: BEAT,
    ) -> None:
        self._clocks = clocks
        self._soon = soon
        self._deadline = deadline
        self._look = look
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="heartbeat", daemon=True)

    def start(self) -> None:
        """Begin to beat."""
        self._thread.start()

    def stop(self) -> None:
        """Stop at once."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        pause = self._beat_safely()
        before = self._difference()
        while not self._stopping.wait(pause.total_seconds()):
            after = self._difference()
            if abs(after - before) > TOLERANCE.total_seconds():
                log.info(wording.JUMPED, after - before)
                self._soon()
            elif self._overdue():
                self._soon()
            before = after
            pause = self._beat_safely()

    def _beat_safely(self) -> timedelta:
        try:
            return self._look()
        except Exception:  # the top of the thread
            log.exception(wording.WATCH_FAULT)
            return BEAT

    def _difference(self) -> float:
        return self._clocks.now().timestamp() - self._clocks.monotonic()

    def _overdue(self) -> bool:
        deadline = self._deadline()
        return deadline is not None and self._clocks.now() > deadline + TOLERANCE
