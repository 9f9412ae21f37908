"""One D-Bus connection: finding the bus, being let in, sending and receiving."""

from __future__ import annotations

import itertools
import selectors
import socket
import struct
import threading
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Final, Literal, Self, TypeAlias

from jeepney import Parser  # type: ignore[import-untyped]
from jeepney.bus import get_connectable_addresses  # type: ignore[import-untyped]
from jeepney.io.blocking import prep_socket  # type: ignore[import-untyped]

from tray.core.errors import TrayError
from tray.core.wording.session_bus import NO_BUS, NO_BUS_REMEDY
from tray.desktop.packets import Packet, decode

Kind: TypeAlias = Literal["session", "system"]

_SYSTEM_SOCKETS: Final = (
    "/run/dbus/system_bus_socket",
    "/var/run/dbus/system_bus_socket",
)
BUS: Final = "org.freedesktop.DBus"
BUS_PATH: Final = "/org/freedesktop/DBus"
_HELLO_SECONDS: Final = 10.0
_AUTH_SECONDS: Final = 5.0  # a bus that does not answer by then is hung
_SEND_SECONDS: Final = 0.9  # a bus that takes nothing for so long is hung
_CHUNK: Final = 65536
_NONSENSE: Final = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)
"""What the library raises for bytes that are no message."""


class NoDesktopBus(TrayError):
    """There is no bus to talk to, or it went away."""

    kind = "no-desktop-bus"

    def __init__(self, title: str = NO_BUS, remedy: str = NO_BUS_REMEDY) -> None:
        super().__init__(title, remedy)


def addresses(environ: Mapping[str, str], kind: Kind) -> Iterator[str]:
    """Give the socket addresses to try, best first.

    Session managers without systemd set the variable; cron and ssh do not, though
    the bus may well be at its usual place. Broken values give nothing.
    """
    variable = f"DBUS_{kind.upper()}_BUS_ADDRESS"
    # ValueError: empty or malformed; RuntimeError: a transport such as autolaunch
    with suppress(ValueError, RuntimeError):
        yield from get_connectable_addresses(environ.get(variable, ""))
    if kind == "system":
        yield from _SYSTEM_SOCKETS
    elif folder := environ.get("XDG_RUNTIME_DIR"):
        yield f"{folder}/bus"


class Wire:
    """An authenticated connection; `send` and `interrupt` work from any thread."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock
        sock.settimeout(_SEND_SECONDS)
        self._parser = Parser()
        self._serials = itertools.count(1)
        self._wake, self._waker = socket.socketpair()
        self._selector = selectors.DefaultSelector()
        self._selector.register(sock, selectors.EVENT_READ)
        self._selector.register(self._wake, selectors.EVENT_READ)
        self._sending, self._closing = threading.Lock(), threading.Lock()
        self._closed = False
        self.name = ""
        """The unique name that the bus has given to this connection."""

    @classmethod
    def connect(cls, environ: Mapping[str, str], kind: Kind) -> Self:
        """Give a connection to the first bus that lets us in.

        Raises `NoDesktopBus` when none does.
        """
        for address in addresses(environ, kind):
            try:
                wire = cls(prep_socket(address, timeout=_AUTH_SECONDS))
            except (OSError, ValueError):
                continue  # nobody there, another user's bus, or no bus at all
            if wire._say_hello():
                return wire
            wire.close()
        raise NoDesktopBus

    def _say_hello(self) -> bool:
        serial = self.next_serial()
        hello = Packet(
            type="call",
            destination=BUS,
            path=BUS_PATH,
            interface=BUS,
            member="Hello",
        )
        with suppress(NoDesktopBus):
            self.send(hello, serial)
            while (answer := self.receive(_HELLO_SECONDS)) is not None:
                if answer.reply_to == serial:
                    self.name = str(answer.body[0]) if answer.body else ""
                    return answer.type == "reply"
        return False

    def next_serial(self) -> int:
        """Give a number for the next message."""
        return next(self._serials)

    def send(self, packet: Packet, serial: int = 0) -> None:
        """Send one message. Raises `NoDesktopBus` when the bus is gone or hung.

        Nobody waits here for longer than a second while the bus takes nothing.
        """
        data = memoryview(packet.encode(serial or self.next_serial()))
        try:
            with self._sending:
                while data:
                    data = data[self._socket.send(data) :]
        except OSError:
            with suppress(OSError):  # half a message may be out: this line is dead
                self._socket.shutdown(socket.SHUT_RDWR)
            raise NoDesktopBus from None

    def receive(self, timeout: float | None = None) -> Packet | None:
        """Give the next message, or None after `interrupt`.

        Waits up to `timeout` seconds, or for good. Raises `NoDesktopBus` when the bus
        is gone, silent for too long, or sends what is no message.
        """
        while (message := self._next()) is None:
            ready = [key.fileobj for key, _ in self._selector.select(timeout)]
            if self._wake in ready:
                return None
            try:
                data = self._socket.recv(_CHUNK) if ready else b""
            except OSError:
                data = b""
            if not data:
                raise NoDesktopBus
            self._parser.add_data(data)
        return message

    def _next(self) -> Packet | None:
        """Give the next message that has come whole."""
        try:
            message = self._parser.get_next_message()
            return None if message is None else decode(message)
        except _NONSENSE:
            raise NoDesktopBus from None

    def interrupt(self) -> None:
        """Make `receive` return None, now or when it is called next."""
        with self._closing:
            if not self._closed:
                self._waker.send(b"\0")

    def close(self) -> None:
        """Close the connection; a second time does nothing."""
        with self._closing:
            if self._closed:
                return
            self._closed = True
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)  # frees a blocked sender
        with self._sending:
            self._selector.close()
            for end in (self._socket, self._wake, self._waker):
                end.close()
