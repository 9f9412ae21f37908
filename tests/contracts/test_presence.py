"""What every source of presence promises: an answer, soon, whatever is the matter."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes.basics import StubPresence
from tests.fakes.presence import FakeApi, FakeQuartz
from tray.core.ports import PresenceSensor
from tray.core.presence import PRESENT, Presence
from tray.desktop.dbus import Bus
from tray.desktop.presence import Sensor, open_presence
from tray.desktop.presence_macos import MacPresence
from tray.desktop.presence_windows import WindowsPresence

assert sys.platform == "linux"

BOUND = 0.5
"""Seconds, with some for a busy machine."""

Make = Callable[[Path], PresenceSensor]


def nowhere(folder: Path) -> dict[str, str]:
    """Give variables that name no bus that is there."""
    return {"DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={folder}/none"}


MAKERS: dict[str, Make] = {
    "the stub": lambda _: StubPresence(),
    "nothing known": lambda _: Sensor([]),
    "no bus at all": lambda folder: open_presence(nowhere(folder), None, print),
    "a bus that is not there": lambda folder: open_presence(
        nowhere(folder), Bus(nowhere(folder)), print
    ),
    "Windows": lambda _: Sensor([WindowsPresence(FakeApi(0, 0, 5))]),
    "Windows, all of it broken": lambda _: Sensor([WindowsPresence(object())]),
    "macOS": lambda _: Sensor([MacPresence(FakeQuartz(0.0, {}))]),
    "macOS, all of it broken": lambda _: Sensor([MacPresence(object())]),
}


@pytest.fixture(params=list(MAKERS.values()), ids=list(MAKERS))
def sensor(request: pytest.FixtureRequest, tmp_path: Path) -> PresenceSensor:
    """Give one of the implementations."""
    make: Make = request.param
    return make(tmp_path)


def test_it_answers_soon_and_absence_means_present(sensor: PresenceSensor) -> None:
    """Nothing raises, nothing takes long, and what is not known holds nobody back."""
    began = time.monotonic()
    found = sensor.look()

    assert time.monotonic() - began < BOUND
    assert (found.locked, found.asleep, found.do_not_disturb) == (False, False, False)
    assert found in {PRESENT, Presence(idle_for=found.idle_for)}
