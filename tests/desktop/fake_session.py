"""A session bus of our own, and the two services that a desktop offers on it."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TypeVar

from tray.desktop.dbus import Bus
from tray.desktop.exports import Interface, Method
from tray.desktop.notices import PATH, SERVER
from tray.desktop.packets import Call
from tray.desktop.statusnotifier import WATCHER, WATCHER_PATH
from tray.desktop.wire import BUS, BUS_PATH

T = TypeVar("T")
PAUSES: Final = (0.05,)
THING: Final = "org.example.Thing"
THING_PATH: Final = "/org/example/Thing"


def eventually(test: Callable[[], T | None], seconds: float = 10) -> T:
    """Give the first true answer; fail after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := test():
            return result
        time.sleep(0.01)
    message = f"not within {seconds} s"
    raise AssertionError(message)


CONFIG = """\
<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>{address}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
"""A session bus that starts no service of this machine's."""


class PrivateBus:
    """A dbus-daemon at one address, which can go and come back."""

    def __init__(self, folder: Path) -> None:
        self._address = f"unix:path={folder}/private-bus"
        self._config = folder / "private-bus.conf"
        self._config.write_text(CONFIG.format(address=self._address))
        self._daemon: subprocess.Popen[bytes] | None = None

    @property
    def environ(self) -> dict[str, str]:
        """The environment that leads to it."""
        return {"DBUS_SESSION_BUS_ADDRESS": self._address}

    def start(self) -> None:
        """Start it and wait until it can be reached."""
        command = ["dbus-daemon", "--nofork", "--nopidfile", "--print-address=1"]
        self._daemon = subprocess.Popen(
            [*command, f"--config-file={self._config}"], stdout=subprocess.PIPE
        )
        assert self._daemon.stdout is not None
        assert self._daemon.stdout.readline()

    def stop(self) -> None:
        """End it, and with it every connection."""
        if self._daemon is not None:
            self._daemon.kill()
            self._daemon.wait()
            assert self._daemon.stdout is not None
            self._daemon.stdout.close()
        self._daemon = None

    @contextmanager
    def serving(self, bus: Bus | None = None) -> Iterator[Bus]:
        """Serve a connection in a thread until the block ends."""
        bus = bus or Bus(self.environ, pauses=PAUSES)
        bus.open()
        thread = threading.Thread(target=bus.serve)
        thread.start()
        try:
            yield bus
        finally:
            bus.stop()
            thread.join(10)
            assert not thread.is_alive()


def own(bus: Bus, name: str) -> None:
    """Take a bus name."""
    assert bus.ask(Call(BUS, BUS_PATH, BUS, "RequestName", "su", (name, 4))) == (1,)


class FakeWatcher:
    """What a panel brings: takes icons, and says whether something draws them."""

    def __init__(self, bus: Bus, *, host: bool = True) -> None:
        self._bus, self.host = bus, host
        self.icons: list[str] = []
        methods = {"RegisterStatusNotifierItem": Method("s", "", self._take)}
        signals = {
            "StatusNotifierHostRegistered": "",
            "StatusNotifierHostUnregistered": "",
            "StatusNotifierItemUnregistered": "s",
        }
        bus.export(
            WATCHER_PATH,
            Interface(
                WATCHER,
                methods,
                signals,
                lambda: {"IsStatusNotifierHostRegistered": ("b", self.host)},
            ),
        )
        own(bus, WATCHER)

    def _take(self, name: str) -> tuple[()]:
        self.icons.append(name)
        return ()

    def drop(self, name: str) -> None:
        """Forget an icon, and tell."""
        member = "StatusNotifierItemUnregistered"
        self._bus.emit(WATCHER_PATH, WATCHER, member, (name,))

    def change(self, *, host: bool) -> None:
        """Let the part that draws icons come or go."""
        self.host = host
        change = "Registered" if host else "Unregistered"
        self._bus.emit(WATCHER_PATH, WATCHER, f"StatusNotifierHost{change}")


class FakeServer:
    """A notification server that keeps what it is told."""

    def __init__(
        self,
        bus: Bus,
        capabilities: tuple[str, ...] = ("actions", "body", "body-markup"),
        name: str = "fake",
    ) -> None:
        self._bus, self._next = bus, 100
        self.notices: list[tuple[Any, ...]] = []
        self.closed: list[int] = []
        self.gate = threading.Event()
        self.gate.set()
        information = (name, "tests", "1", "1.2")
        methods = {
            "GetCapabilities": Method("", "as", lambda: (list(capabilities),)),
            "GetServerInformation": Method("", "ssss", lambda: information),
            "Notify": Method("susssasa{sv}i", "u", self._notify),
            "CloseNotification": Method("u", "", self._close),
        }
        signals = {"ActionInvoked": "us", "NotificationClosed": "uu"}
        bus.export(PATH, Interface(SERVER, methods, signals))
        own(bus, SERVER)

    def _notify(self, *values: object) -> tuple[int]:
        self.gate.wait(10)
        self.notices.append(values)
        number = values[1]
        if not isinstance(number, int) or not number:
            self._next += 1
            return (self._next,)
        return (number,)

    def _close(self, number: int) -> tuple[()]:
        self.closed.append(number)
        self.dismiss(number, 3)
        return ()

    def dismiss(self, number: int, reason: int = 2) -> None:
        """Take a notice from the screen, as people do."""
        self._bus.emit(PATH, SERVER, "NotificationClosed", (number, reason))

    def press(self, number: int, button: str) -> None:
        """Press a button, as people do."""
        self._bus.emit(PATH, SERVER, "ActionInvoked", (number, button))
        self.dismiss(number)

    def wait(self, count: int) -> tuple[Any, ...]:
        """Wait for as many notices as that; give the last."""
        return eventually(
            lambda: self.notices[-1] if len(self.notices) >= count else None
        )


def thing() -> Interface:
    """Give an interface with one method of each kind."""

    def fail() -> tuple[()]:
        message = "a fault of ours"
        raise RuntimeError(message)

    methods = {
        "Echo": Method("s", "s", lambda text: (text,)),
        "Fail": Method("", "", fail),
    }
    return Interface(THING, methods, {"Changed": "s"}, lambda: {"Size": ("i", 3)})


def call_thing(member: str, signature: str = "", *body: object) -> Call:
    """Give a call of the thing."""
    return Call(THING, THING_PATH, THING, member, signature, body)
