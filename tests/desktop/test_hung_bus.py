"""A message bus that stands still: a tick is never held up by it."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from tests.desktop.fake_session import FakeServer, PrivateBus, eventually
from tray.desktop.notices import Notifier

assert sys.platform != "win32"


@contextmanager
def standing_still(private_bus: PrivateBus) -> Iterator[None]:
    """Stop the bus's process for a while, as a debugger or a full disk would."""
    daemon = private_bus._daemon
    assert daemon is not None
    os.kill(daemon.pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(daemon.pid, signal.SIGCONT)


def test_no_tick_waits_for_a_bus_that_hangs(private_bus: PrivateBus) -> None:
    """Each notice takes a second at most, however many are sent into the void."""
    picture = Image.new("RGBA", (48, 48), "red")
    with private_bus.serving() as bus:
        notifier = Notifier(bus, "demo", picture=lambda _: picture)
        with private_bus.serving() as other:
            server = FakeServer(other)
            notifier.show("first", "T", "x")
            server.wait(1)
            longest = 0.0
            with standing_still(private_bus):
                for number in range(60):  # half a megabyte: more than a socket holds
                    began = time.monotonic()
                    notifier.show(f"key {number}", "T", f"text {number}")
                    longest = max(longest, time.monotonic() - began)

    assert 0.5 < longest < 1.5  # it did hang, and that was noticed


def test_all_that_holds_is_shown_when_the_bus_goes_on(private_bus: PrivateBus) -> None:
    """A bus that woke up again, or another at its place, gets all that still holds."""
    picture = Image.new("RGBA", (48, 48), "red")
    with private_bus.serving() as bus:
        notifier = Notifier(bus, "demo", picture=lambda _: picture)
        with private_bus.serving() as other:
            server = FakeServer(other)
            notifier.show("key 0", "T", "text 0")
            server.wait(1)
            with standing_still(private_bus):
                for number in range(60):
                    notifier.show(f"key {number}", "T", f"text {number}")

            eventually(lambda: server.notices[-1][4] == "text 59")
            bodies = {notice[4] for notice in server.notices}
            assert bodies == {f"text {number}" for number in range(60)}
