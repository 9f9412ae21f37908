"""Plasma's clipboard, asked over the session bus."""

from __future__ import annotations

from typing import Final

from tray.core.errors import CannotTell
from tray.desktop.dbus import Bus, Call
from tray.desktop.wire import BUS, BUS_PATH

KLIPPER: Final = "org.kde.klipper"
PATIENCE: Final = 1.0
"""Seconds for each answer; it is asked on a worker, and people wait for it."""


class Klipper:
    """Copies where Klipper runs; it is never started."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus

    def take(self, text: str) -> bool:
        """Give it a text; False where it is not there, or does not answer."""
        owner = Call(BUS, BUS_PATH, BUS, "NameHasOwner", "s", (KLIPPER,))
        copy = Call(
            KLIPPER,
            "/klipper",
            "org.kde.klipper.klipper",
            "setClipboardContents",
            "s",
            (text,),
        )
        try:
            if self._bus.ask(owner, PATIENCE) != (True,):
                return False
            self._bus.ask(copy, PATIENCE)
        except CannotTell:
            return False
        return True
