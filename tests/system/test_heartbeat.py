"""The heartbeat notices sleep and set clocks, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from tests.builders import NOON
from tests.fakes.system import FakeClocks
from tests.waiting import stays, until
from tray.system.clock import Pauses, SystemClock
from tray.system.heartbeat import Heartbeat

FAST = timedelta(milliseconds=5)


class Heart:
    """A heart that beats fast."""

    def __init__(self) -> None:
        self.clocks = FakeClocks()
        self.soons = 0
        self.looks = 0
        self.deadline: datetime | None = None
        self.broken = False
        self.beat = Heartbeat(self.clocks, self.soon, lambda: self.deadline, self.look)

    def soon(self) -> None:
        """Count."""
        self.soons += 1

    def look(self) -> timedelta:
        """Count; beat fast."""
        self.looks += 1
        if self.broken:
            raise RuntimeError
        return FAST

    def beats(self) -> None:
        """Wait for two whole beats."""
        before = self.looks
        until(lambda: self.looks >= before + 2)


@pytest.fixture
def heart() -> Iterator[Heart]:
    """Give a started heart."""
    heart = Heart()
    heart.beat.start()
    heart.beats()
    yield heart
    heart.beat.stop()


def test_a_calm_machine_is_left_alone(heart: Heart) -> None:
    """While both clocks go alike nothing is asked for."""
    heart.clocks.at += timedelta(seconds=1)
    heart.beats()

    assert heart.soons == 0


@pytest.mark.parametrize("jump", [timedelta(hours=8), timedelta(hours=-3)])
def test_a_jump_asks_for_one_tick(heart: Heart, jump: timedelta) -> None:
    """A sleep, and a clock set either way, is noticed once."""
    heart.clocks.sleep(jump)
    heart.beats()
    heart.beats()

    assert heart.soons == 1


def test_a_deadline_that_passed(heart: Heart) -> None:
    """A deadline that no timer kept is kept by the heartbeat; a future one waits."""
    heart.deadline = NOON + timedelta(seconds=1)
    heart.beats()
    assert heart.soons == 0
    heart.deadline = NOON - timedelta(seconds=3)

    heart.beats()

    assert heart.soons >= 1


def test_a_broken_look_does_not_stop_it() -> None:
    """A fault in what is looked at is logged, and the heart goes on."""
    heart = Heart()
    heart.broken = True
    heart.beat.start()
    until(lambda: heart.looks)
    stays(lambda: heart.looks == 1, 0.05)

    heart.beat.stop()


def test_pauses_end_with_the_program() -> None:
    """A pause is as long as told, and no longer than the program runs."""
    pauses, clock = Pauses(), SystemClock()
    began = clock.monotonic()
    pauses.pause(0.02)
    assert clock.monotonic() - began >= 0.02
    pauses.stop()
    pauses.pause(60)

    assert clock.monotonic() - began < 30


def test_the_clock_is_aware() -> None:
    """The time is in UTC and says so."""
    assert SystemClock().now().utcoffset() == timedelta()
