"""The desktop's tests bring a session bus of their own."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.fake_session import PrivateBus
from tray.desktop.dbus import Bus


@pytest.fixture
def private_bus() -> Iterator[PrivateBus]:
    """Give a running session bus that nobody else knows."""
    with tempfile.TemporaryDirectory(prefix="bus") as folder:
        bus = PrivateBus(Path(folder))
        bus.start()
        try:
            yield bus
        finally:
            bus.stop()


@pytest.fixture
def panel(private_bus: PrivateBus) -> Iterator[Bus]:
    """Give the panel's connection."""
    with private_bus.serving() as bus:
        yield bus
