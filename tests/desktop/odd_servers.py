"""Notification servers that break their promises, each in its own way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from tests.desktop.fake_session import PrivateBus, eventually, own
from tray.desktop.dbus import Bus
from tray.desktop.exports import Interface, Method
from tray.desktop.notices import PATH, SERVER, Notifier
from tray.desktop.packets import Payload

BUTTONS: Final = (("login", "Log in"), ("snooze", "Snooze"))
BODY: Final = 4
_SIGNALS: Final = {"ActionInvoked": "us", "NotificationClosed": "uu"}


@dataclass
class OddServer:
    """A server of which each answer can be anything; (signature, function) each."""

    capabilities: tuple[str, Callable[[], Payload]] = (
        "as",
        lambda: (["actions", "body"],),
    )
    """What it says that it can."""
    information: tuple[str, Callable[[], Payload]] = (
        "ssss",
        lambda: ("odd", "tests", "1", "1.2"),
    )
    """What it says that it is."""
    shown: tuple[str, Callable[[], Payload]] = ("u", lambda: (101,))
    """What it answers to a notice."""
    signals: dict[str, str] = field(default_factory=lambda: dict(_SIGNALS))
    """The signatures of its signals."""
    notices: list[tuple[Any, ...]] = field(default_factory=list)
    """What it was told."""
    closed: list[int] = field(default_factory=list)
    """What it was asked to close."""
    asked: int = 0
    """How often it was asked what it can."""

    def start(self, bus: Bus, name: str = SERVER) -> None:
        """Be the notification server of a bus."""
        methods = {
            "GetCapabilities": Method("", self.capabilities[0], self._capabilities),
            "GetServerInformation": Method("", *self.information),
            "Notify": Method("susssasa{sv}i", self.shown[0], self._notify),
            "CloseNotification": Method("u", "", self._close),
        }
        bus.export(PATH, Interface(SERVER, methods, self.signals))
        own(bus, name)

    def _capabilities(self) -> Payload:
        self.asked += 1
        return self.capabilities[1]()

    def _notify(self, *values: object) -> Payload:
        self.notices.append(values)
        return self.shown[1]()

    def _close(self, number: int) -> tuple[()]:
        self.closed.append(number)
        return ()

    @property
    def bodies(self) -> list[str]:
        """The texts it was told."""
        return [notice[BODY] for notice in self.notices]

    def wait(self, *bodies: str) -> None:
        """Wait until it was told these texts, and no others."""
        eventually(lambda: len(self.notices) >= len(bodies))
        assert self.bodies == list(bodies)


class Noticing:
    """A notifier with what was pressed."""

    def __init__(self, bus: Bus) -> None:
        self.bus, self.pressed = bus, list[tuple[str, str]]()
        self.notifier = Notifier(bus, "demo", lambda *what: self.pressed.append(what))

    def show(self, body: str, key: str = "one") -> None:
        """Show a notice with two buttons."""
        self.notifier.show(
            key, "T", body, buttons=BUTTONS, without_buttons="Use the menu."
        )

    def settle(self) -> None:
        """Wait until all that was sent so far has been answered."""
        done = threading.Event()
        eventually(lambda: self.bus.connected)
        peer = "org.freedesktop.DBus.Peer"
        for _ in range(3):  # an answer may send something more
            done.clear()
            self._ping(peer, done)
            assert done.wait(10)

    def _ping(self, peer: str, done: threading.Event) -> None:
        from tray.desktop.packets import Call

        self.bus.call(Call(SERVER, PATH, peer, "Ping"), lambda _: done.set())


@contextmanager
def server_of(private_bus: PrivateBus, server: OddServer) -> Iterator[Bus]:
    """Run a server until the block ends, then let it die."""
    with private_bus.serving() as bus:
        server.start(bus)
        yield bus
