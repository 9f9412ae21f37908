"""The real daemon while its clock is set: forward, back, and as by a sleep.

libfaketime (Debian's `faketime`) moves the wall clock of one daemon and its child and
leaves the running time alone, which is what a sleep looks like from inside, too. The
heartbeat beats each minute, so the three wait for it side by side.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests.faults.sharers import Shared, shared
from tests.waiting import stays, until
from tray.system.heartbeat import BEAT

CAUGHT = BEAT.total_seconds() + 5
"""Seconds: a minute at most, and some for a machine that is busy."""

CALM = 5.0
"""Seconds in which a storm would show: a refused renewal is tried again at once."""


@dataclass
class Moved:
    """A home whose daemon has a clock of its own."""

    place: Shared
    """The home."""

    file: Path
    """How far its clock is off; libfaketime reads it at each look."""

    def set(self, hours: float) -> None:
        """Set the clock so many hours off the true time."""
        seconds = timedelta(hours=hours).total_seconds()
        self.file.with_suffix(".new").write_text(f"{seconds:+.0f}\n")
        self.file.with_suffix(".new").replace(self.file)

    def start(self, hours: float = 0) -> None:
        """Start the daemon with a clock that is so far off, with a new token."""
        (library,) = Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1")
        self.set(hours)
        self.place.write_token()
        self.place.environ |= {
            "LD_PRELOAD": str(library),
            "FAKETIME_TIMESTAMP_FILE": str(self.file),
            "FAKETIME_NO_CACHE": "1",
            "DONT_FAKE_MONOTONIC": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
            "NO_FAKE_STAT": "1",
        }
        self.place.started()
        assert self.place.asked == 0
        assert self.place.phase() == "valid"

    def said(self, hours: float) -> bool:
        """Tell whether the daemon has noticed that its clock moved so far."""
        seconds = timedelta(hours=hours).total_seconds()
        return any(
            f"clock moved by {seconds + slack:.0f} s" in self.place.log()
            for slack in (-1, 0, 1)
        )


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Moved]]:
    """Give three homes."""
    with ExitStack() as stack:
        found = []
        for name in ("forward", "back", "behind"):
            home = tmp_path / name
            home.mkdir()
            place = stack.enter_context(shared(home))
            found.append(Moved(place, tmp_path / f"{name}.clock"))
        yield found


@pytest.mark.timeout(240)
def test_clocks_that_are_set(three: list[Moved], figure: Callable[[str], None]) -> None:
    """Noticed within a minute; one renewal where one is due, and no end is told.

    One sleeps for three hours, one is set back by three, and one that was three behind
    is put right and ahead, to where its token is due.
    """
    forward, back, behind = three
    forward.start()
    back.start()
    behind.start(-3)

    began = time.monotonic()
    forward.set(3)
    back.set(-3)
    behind.set(0.75)
    took: dict[str, float] = {}
    waits: dict[str, Callable[[], bool]] = {
        "3 h forward": lambda: forward.place.asked > 0,
        "3 h back": lambda: back.said(-3),
        "from 3 h behind": lambda: behind.place.asked > 0,
    }
    while len(took) < len(waits):
        assert time.monotonic() - began < CAUGHT, (took, back.place.log())
        for name, caught in waits.items():
            if name not in took and caught():
                took[name] = time.monotonic() - began
        time.sleep(0.1)

    for moved in (forward, behind):
        until(lambda moved=moved: moved.place.phase() == "valid")  # type: ignore[misc]
    stays(lambda: [moved.place.asked for moved in three] == [1, 0, 1], CALM)
    for moved in three:
        assert moved.place.phase() == "valid"
        moved.place.check_file()
        assert "has ended" not in moved.place.log()
    said = ", ".join(f"{name} after {seconds:.0f} s" for name, seconds in took.items())
    figure(f"clocks of the daemon: noticed {said}; one renewal where one was due")
