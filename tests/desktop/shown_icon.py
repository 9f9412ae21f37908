"""An icon that runs in a thread, and a panel's questions to it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from PIL import Image

from tests.desktop.fake_session import (
    PAUSES,
    PrivateBus,
    eventually,
)
from tray.desktop.dbus import Bus, Call
from tray.desktop.statusnotifier import ITEM, ITEM_PATH, Icon
from tray.desktop.toolkit import Menu, Row
from tray.desktop.wire import BUS

PROPERTIES = f"{BUS}.Properties"


def red(size: int) -> Image.Image:
    """Draw a square, half of it clear."""
    image = Image.new("RGBA", (size, size), (200, 1, 2, 255))
    image.paste((0, 0, 0, 0), (0, 0, size, size // 2))
    return image


class Shown:
    """An icon that runs in a thread, and a panel's questions to it."""

    def __init__(self, bus: Bus, rows: Callable[[], list[Any]] | None = None) -> None:
        self.hosts: list[bool] = []
        self.clicks: list[str] = []
        self.own = bus
        self.icon = Icon(
            "demo",
            red,
            "all is well",
            Menu(rows or self.rows),
            bus=bus,
            on_host=self.hosts.append,
        )

    def rows(self) -> list[Any]:
        """Give two rows."""
        first = Row("Log in", lambda: self.clicks.append("login"), key=1, default=True)
        return [first, Row("Quit", lambda icon: icon.stop(), key=2)]


@contextmanager
def running(icon: Icon) -> Iterator[threading.Thread]:
    """Run an icon until the block ends."""
    thread = threading.Thread(target=icon.run)
    thread.start()
    try:
        eventually(lambda: icon.visible)
        yield thread
    finally:
        icon.stop()
        thread.join(10)
        assert not thread.is_alive()


def shown(private_bus: PrivateBus) -> Shown:
    """Give an icon that does not run yet."""
    return Shown(Bus(private_bus.environ, pauses=PAUSES))


def ask(bus: Bus, name: str, member: str, signature: str = "", *body: object) -> Any:  # noqa: ANN401
    """Call a method of the icon."""
    return bus.ask(Call(name, ITEM_PATH, ITEM, member, signature, body))


def ask_property(bus: Bus, name: str, member: str) -> Any:  # noqa: ANN401
    """Give a property of the icon."""
    call = Call(name, ITEM_PATH, PROPERTIES, "Get", "ss", (ITEM, member))
    return bus.ask(call)[0][1]
