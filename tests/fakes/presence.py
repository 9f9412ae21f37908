"""Services of a desktop that tell about people, as small as tests need them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from tray.desktop.dbus import Bus
from tray.desktop.exports import Interface, Method, Variant, refuse
from tray.desktop.packets import Payload

SAVER = "org.gnome.ScreenSaver"
"""A screen saver's name, and its interface."""

Answer = tuple[str, str, tuple[object, ...]]
"""What a method takes, what it gives, and its answer."""


@dataclass
class FakeService:
    """A service that answers what a test says; keeps what it was asked."""

    bus: Bus
    """The connection that it serves on."""
    name: str
    """Its name; to be owned by the test."""
    path: str
    """Its object."""
    interface: str
    """The object's interface."""
    answers: dict[str, Answer] = field(default_factory=dict)
    """By method."""
    signals: dict[str, str] = field(default_factory=dict)
    """The signature of each signal."""
    properties: dict[str, Variant] = field(default_factory=dict)
    """What it tells of itself."""
    asked: list[str] = field(default_factory=list)
    """The methods that were called."""
    refused: set[str] = field(default_factory=set)
    """The methods that answer with an error."""
    gate: threading.Event = field(default_factory=threading.Event)
    """Closed: no answer comes."""

    def export(self) -> None:
        """Be there."""
        self.gate.set()
        methods = {
            name: Method(takes, gives, self._method(name, answer))
            for name, (takes, gives, answer) in self.answers.items()
        }
        self.bus.export(
            self.path,
            Interface(self.interface, methods, self.signals, lambda: self.properties),
        )

    def refuse(self, method: str) -> None:
        """Answer with an error from now on."""
        self.refused.add(method)

    def emit(self, signal: str, body: Payload) -> None:
        """Send a signal."""
        self.bus.emit(self.path, self.interface, signal, body)

    def _method(self, name: str, answer: Payload) -> Callable[..., Payload]:
        def run(*_: object) -> Payload:
            self.asked.append(name)
            self.gate.wait(10)
            if name in self.refused:
                raise refuse("Failed", name)
            return answer

        return run


@dataclass
class FakeApi:
    """The part of the Windows API that tells about people."""

    last: int
    """When the last input came, in the system's milliseconds."""
    now: int
    """What time it is, in the same."""
    state: int
    """What the shell says about notices."""
    desktop: int = 1
    """The handle of the desktop that takes input; 0: it is locked."""
    knows: bool = True
    """Whether idle time and state are told."""
    closed: list[int] = field(default_factory=list)
    """The handles that were given back."""

    @property
    def user32(self) -> FakeApi:
        """All libraries are one."""
        return self

    @property
    def kernel32(self) -> FakeApi:
        """All libraries are one."""
        return self

    @property
    def shell32(self) -> FakeApi:
        """All libraries are one."""
        return self

    def GetLastInputInfo(self, info: Any) -> bool:  # noqa: ANN401, N802
        """Fill in when the last input came."""
        info._obj.at = self.last
        return self.knows

    def GetTickCount(self) -> int:  # noqa: N802
        """Give the time."""
        return self.now

    def OpenInputDesktop(self, flags: int, inherit: int, access: int) -> int:  # noqa: N802
        """Give the desktop."""
        assert (flags, inherit) == (0, 0)
        assert access
        return self.desktop

    def CloseDesktop(self, desktop: int) -> None:  # noqa: N802
        """Take it back."""
        self.closed.append(desktop)

    def SHQueryUserNotificationState(self, state: Any) -> int:  # noqa: ANN401, N802
        """Fill in the state; 0 is well done."""
        state._obj.value = self.state
        return 0 if self.knows else 1


@dataclass
class FakeQuartz:
    """The part of Quartz that tells about people."""

    idle: float
    """Seconds since the last input."""
    session: Mapping[str, object] | None
    """What it says of the session."""

    def CGEventSourceSecondsSinceLastEventType(self, state: int, kind: int) -> float:  # noqa: N802
        """Give the idle time."""
        assert (state, kind) == (0, 0xFFFFFFFF)
        return self.idle

    def CGSessionCopyCurrentDictionary(self) -> Mapping[str, object] | None:  # noqa: N802
        """Give the session."""
        return self.session


@contextmanager
def serving(bus: Bus) -> Iterator[None]:
    """Serve a connection in a thread until the block ends."""
    bus.open()
    thread = threading.Thread(target=bus.serve)
    thread.start()
    try:
        yield
    finally:
        bus.stop()
        thread.join(10)
