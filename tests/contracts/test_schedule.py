"""What a schedule promises, kept by the real one and by the fake."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Protocol

import pytest

from tests.fakes.basics import FakeClock
from tests.fakes.system import ManualSchedule
from tests.waiting import stays, until
from tray.core.ports import Schedule
from tray.system.clock import SystemClock
from tray.system.schedule import ApsSchedule

MOMENT = timedelta(seconds=0.15)


class Bench(Protocol):
    """A schedule and the way to let it work and time pass."""

    schedule: Schedule

    def begin(self, tick: Callable[[], None]) -> None:
        """Start it."""
        ...

    def work(self) -> None:
        """Let it do what is due; the real one does so by itself."""
        ...

    def after(self, wait: timedelta) -> None:
        """Ask for a tick so much later."""
        ...

    def pass_time(self) -> None:
        """Let `MOMENT` pass."""
        ...

    def end(self) -> None:
        """Stop it."""
        ...


class FakeBench:
    """The fake, moved by hand."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.manual = ManualSchedule(self.clock)
        self.schedule: Schedule = self.manual

    def begin(self, tick: Callable[[], None]) -> None:
        """Start it."""
        self.manual.start(tick)
        self.work()

    def work(self) -> None:
        """Let it do what is due."""
        self.manual.work()

    def after(self, wait: timedelta) -> None:
        """Ask for a tick so much later."""
        self.manual.at(self.clock.now() + wait)

    def pass_time(self) -> None:
        """Let time pass."""
        self.clock.advance(MOMENT)
        self.work()

    def end(self) -> None:
        """Stop it."""
        self.manual.stop()


class RealBench:
    """The real one, in real time."""

    def __init__(self) -> None:
        self.real = ApsSchedule()
        self.schedule: Schedule = self.real

    def begin(self, tick: Callable[[], None]) -> None:
        """Start it."""
        self.real.start(tick)

    def work(self) -> None:
        """Do nothing: it works by itself."""

    def after(self, wait: timedelta) -> None:
        """Ask for a tick so much later."""
        self.real.at(SystemClock().now() + wait)

    def pass_time(self) -> None:
        """Time passes by itself."""

    def end(self) -> None:
        """Stop it."""
        self.real.stop()


@pytest.fixture(params=[FakeBench, RealBench])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    """Give each schedule in turn."""
    bench: Bench = request.param()
    yield bench
    bench.end()


def test_soon_ticks_once(bench: Bench) -> None:
    """Asked once, it ticks once."""
    ticks: list[int] = []
    bench.begin(lambda: ticks.append(1))

    bench.schedule.soon()
    bench.work()

    until(lambda: ticks)
    stays(lambda: len(ticks) == 1)


def test_soon_during_a_tick_ticks_once_more(bench: Bench) -> None:
    """What is asked for while a tick runs is not lost, and many wishes are one tick."""
    ticks: list[int] = []

    def tick() -> None:
        ticks.append(1)
        if len(ticks) == 1:
            for _ in range(5):
                bench.schedule.soon()

    bench.begin(tick)
    bench.schedule.soon()
    bench.work()

    until(lambda: len(ticks) == 2)
    stays(lambda: len(ticks) == 2)


def test_soon_before_the_start_is_kept(bench: Bench) -> None:
    """What was asked for before the start comes with it."""
    ticks: list[int] = []
    bench.schedule.soon()
    bench.schedule.soon()

    bench.begin(lambda: ticks.append(1))

    until(lambda: len(ticks) == 1)
    stays(lambda: len(ticks) == 1)


def test_at_ticks_at_its_moment(bench: Bench) -> None:
    """A planned tick comes at its time, not before, and once."""
    ticks: list[int] = []
    bench.begin(lambda: ticks.append(1))

    bench.after(MOMENT)
    bench.work()
    assert not ticks
    bench.pass_time()

    until(lambda: ticks)
    stays(lambda: len(ticks) == 1)


def test_at_takes_the_place_of_what_was_asked_before(bench: Bench) -> None:
    """There is only one planned tick: the one that was asked for last."""
    ticks: list[int] = []
    bench.begin(lambda: ticks.append(1))

    bench.after(MOMENT)
    bench.after(timedelta(hours=1))
    bench.pass_time()
    stays(lambda: not ticks, 0.3)
    bench.schedule.at(None)
    bench.pass_time()

    stays(lambda: not ticks)


def test_at_in_the_past_ticks_at_once(bench: Bench) -> None:
    """A deadline that has passed already is not forgotten."""
    ticks: list[int] = []
    bench.begin(lambda: ticks.append(1))

    bench.after(timedelta(days=-3))
    bench.work()

    until(lambda: len(ticks) == 1)


def test_at_during_the_planned_tick(bench: Bench) -> None:
    """A tick sets its next deadline itself, however near it is."""
    ticks: list[int] = []

    def tick() -> None:
        ticks.append(1)
        if len(ticks) < 4:
            bench.after(timedelta())

    bench.begin(tick)
    bench.after(timedelta())
    bench.work()

    until(lambda: len(ticks) == 4)


def test_a_broken_tick_is_not_the_last(bench: Bench) -> None:
    """An error in a tick is logged, and the ticking goes on."""
    ticks: list[int] = []

    def tick() -> None:
        ticks.append(1)
        if len(ticks) == 1:
            raise RuntimeError

    bench.begin(tick)
    bench.schedule.soon()
    bench.work()
    until(lambda: len(ticks) == 1)
    bench.schedule.soon()
    bench.work()

    until(lambda: len(ticks) == 2)


def test_ticks_never_meet() -> None:
    """However many threads ask, one tick runs at a time and the last wish counts."""
    schedule = ApsSchedule()
    running, most, ticks = [0], [0], [0]
    asked = threading.Event()

    def tick() -> None:
        running[0] += 1
        most[0] = max(most[0], running[0])
        asked.wait(0.001)
        ticks[0] += 1
        running[0] -= 1

    def ask() -> None:
        for _ in range(200):
            schedule.soon()
            schedule.at(SystemClock().now())

    schedule.start(tick)
    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    before = ticks[0]
    schedule.soon()

    until(lambda: ticks[0] > before)
    assert most[0] == 1
    schedule.stop()
    schedule.soon()
    stays(lambda: running[0] == 0)
