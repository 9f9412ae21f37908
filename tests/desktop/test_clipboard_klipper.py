"""Copying through Plasma's clipboard, where it is."""

from __future__ import annotations

from tests.desktop.fake_session import PrivateBus, own
from tests.fakes.presence import serving
from tray.desktop.clipboard_klipper import KLIPPER, Klipper
from tray.desktop.dbus import Bus
from tray.desktop.exports import Interface, Method, refuse


def test_the_text_reaches_klipper(private_bus: PrivateBus, panel: Bus) -> None:
    """It is given whole; a Klipper that fails, or is not there, takes nothing."""
    taken: list[str] = []

    def take(text: str) -> tuple[()]:
        if text == "refused":
            raise refuse("Failed", text)
        taken.append(text)
        return ()

    methods = {"setClipboardContents": Method("s", "", take)}
    panel.export("/klipper", Interface("org.kde.klipper.klipper", methods, {}))
    bus = Bus(private_bus.environ)
    with serving(bus):
        klipper = Klipper(bus)
        assert not klipper.take("nobody is there")
        own(panel, KLIPPER)
        assert klipper.take("R&D — ä")
        assert not klipper.take("refused")
    assert not klipper.take("no bus")

    assert taken == ["R&D — ä"]
