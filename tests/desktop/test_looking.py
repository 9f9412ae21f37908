"""What a desktop has for us, asked once."""

from __future__ import annotations

import pytest

from tests.desktop.fake_session import FakeServer, FakeWatcher, PrivateBus
from tray.core.looks import DesktopFacts
from tray.desktop.looking import look_at_desktop


def test_without_a_bus() -> None:
    """Over SSH there is nothing to ask."""
    assert look_at_desktop({}) == DesktopFacts(bus=False)


def test_a_bare_desktop(private_bus: PrivateBus) -> None:
    """A bus alone shows nothing."""
    assert look_at_desktop(private_bus.environ) == DesktopFacts(bus=True)


@pytest.mark.parametrize("buttons", [True, False])
def test_a_full_desktop(private_bus: PrivateBus, *, buttons: bool) -> None:
    """A panel, and who shows notices, by name and with or without buttons."""
    with private_bus.serving() as bus:
        FakeWatcher(bus)
        FakeServer(bus, ("actions", "body") if buttons else ("body",))
        found = look_at_desktop(private_bus.environ)

    assert found == DesktopFacts(bus=True, tray=True, server="fake", buttons=buttons)
