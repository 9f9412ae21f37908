"""Fakes of what the operating system gives: schedule, clocks."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.builders import NOON
from tray.core.ports import Clock, Schedule
from tray.system.heartbeat import Clocks

Tick = Callable[[], None]


@dataclass
class ManualSchedule:
    """A schedule whose ticks come when a test says so, by the same promises."""

    clock: Clock
    tick: Tick | None = None
    moment: datetime | None = None
    wanted: bool = False

    @property
    def deadline(self) -> datetime | None:
        """Give when the next planned tick comes."""
        return self.moment

    def start(self, tick: Tick) -> None:
        """Begin."""
        self.tick = tick

    def stop(self) -> None:
        """End."""
        self.tick = None

    def at(self, moment: datetime | None) -> None:
        """Note the moment."""
        self.moment = moment

    def soon(self) -> None:
        """Note the wish."""
        self.wanted = True

    def work(self) -> None:
        """Tick as long as it is asked for or due."""
        while self.tick is not None and (self.wanted or self._due()):
            if self._due():
                self.moment = None
            self.wanted = False
            with suppress(Exception):  # as the real one: it goes on
                self.tick()

    def _due(self) -> bool:
        return self.moment is not None and self.moment <= self.clock.now()


@dataclass
class FakeClocks:
    """A wall clock and a running time that a test moves apart."""

    at: datetime = NOON
    running: float = 1000.0
    asked: list[float] = field(default_factory=list)

    def now(self) -> datetime:
        """Give the wall time."""
        return self.at

    def monotonic(self) -> float:
        """Give the running time."""
        self.asked.append(self.running)
        return self.running

    def sleep(self, by: timedelta) -> None:
        """Let the machine sleep: only the wall clock goes on."""
        self.at += by


def _typed(schedule: ManualSchedule, clocks: FakeClocks) -> tuple[Schedule, Clocks]:
    """Hold the fakes to their ports, for the type checker."""
    return schedule, clocks
