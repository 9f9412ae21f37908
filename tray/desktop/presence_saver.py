"""What the desktop's own services tell: screen savers, idle time, "do not disturb"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from tray.core.errors import CannotTell
from tray.core.presence import PRESENT, Presence
from tray.desktop.dbus import Bus, Call, Match, Reply
from tray.desktop.packets import Body
from tray.desktop.wire import BUS, BUS_PATH

PATIENCE: Final = 0.1
"""Seconds that one answer may take: a notice waits meanwhile."""

REST: Final = 20
"""So many times a service is left alone that gave no answer."""

SAVERS: Final = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    ("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    ("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    ("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
)
"""Each has GetActive and the signal ActiveChanged under an interface of its name."""

_IDLE_MONITOR: Final = Call(
    "org.gnome.Mutter.IdleMonitor",
    "/org/gnome/Mutter/IdleMonitor/Core",
    "org.gnome.Mutter.IdleMonitor",
    "GetIdletime",
)
"""GNOME's, in milliseconds."""

_IDLE_TIME: Final = Call(*SAVERS[0], SAVERS[0][0], "GetSessionIdleTime")
"""KDE's. Servers differ whether these are seconds or milliseconds; taken for the
latter, a person counts as present rather than as away."""

_PROPERTIES: Final = "org.freedesktop.DBus.Properties"
_NOTICES: Final = "org.freedesktop.Notifications"
_INHIBITED: Final = Call(
    _NOTICES,
    "/org/freedesktop/Notifications",
    _PROPERTIES,
    "Get",
    "ss",
    (_NOTICES, "Inhibited"),
)
"""KDE's "do not disturb"."""

_XFCONF: Final = Call(
    "org.xfce.Xfconf",
    "/org/xfce/Xfconf",
    "org.xfce.Xfconf",
    "GetProperty",
    "ss",
    ("xfce4-notifyd", "/do-not-disturb"),
)
"""Xfce's."""


@dataclass(slots=True)
class Asked:
    """A question to a service that may be away, or hang; it is never started."""

    bus: Bus
    """The session bus."""

    call: Call
    """The question."""

    resting: int = 0
    """How many more times it is not asked."""

    def answer(self) -> Any:  # noqa: ANN401 - whatever the service says
        """Give the first value of the answer; None where there is none."""
        if self.resting:
            self.resting -= 1
            return None
        owner = Call(BUS, BUS_PATH, BUS, "NameHasOwner", "s", (self.call.destination,))
        try:
            if self.bus.ask(owner, PATIENCE) != (True,):
                return None
            values = self.bus.ask(self.call, PATIENCE)
        except CannotTell:  # it hangs, or does not know
            self.resting = REST
            return None
        return values[0] if values else None


class ScreenSavers:
    """Whether a saver covers the screen, and for how long nothing was touched."""

    def __init__(self, bus: Bus, on_change: Callable[[], None]) -> None:
        self._bus = bus
        self._on_change = on_change
        self._active: set[str] = set()
        self._idle = (Asked(bus, _IDLE_MONITOR), Asked(bus, _IDLE_TIME))
        for name, _ in SAVERS:
            bus.subscribe(Match(name, "ActiveChanged"), self._changed(name))
            bus.watch_name(name, self._owner(name))
        bus.attach(self._ask_all, self._active.clear)

    def look(self) -> Presence:
        """Give whether a saver is on, and the idle time where it is told."""
        for asked in self._idle:
            value = asked.answer()
            if isinstance(value, int):
                idle = timedelta(milliseconds=value)
                return Presence(locked=bool(self._active), idle_for=idle)
        return Presence(locked=bool(self._active))

    def _ask_all(self) -> None:
        for name, path in SAVERS:
            call = Call(BUS, BUS_PATH, BUS, "NameHasOwner", "s", (name,))
            self._bus.call(call, self._met(name, path))

    def _met(self, name: str, path: str) -> Callable[[Reply], None]:
        def met(reply: Reply) -> None:
            if reply.body == (True,):
                self._bus.call(
                    Call(name, path, name, "GetActive"),
                    lambda answer: self._changed(name)(answer.body),
                )

        return met

    def _changed(self, name: str) -> Callable[[Body], None]:
        def changed(body: Body) -> None:
            before = bool(self._active)
            if body[:1] == (True,):
                self._active.add(name)
            else:
                self._active.discard(name)
            if bool(self._active) != before:
                self._on_change()

        return changed

    def _owner(self, name: str) -> Callable[[str], None]:
        """Take back what a saver said that is gone: it covers nothing."""
        return lambda owner: None if owner else self._changed(name)(())


class Inhibition:
    """Whether the desktop wants no notices now."""

    def __init__(self, bus: Bus) -> None:
        self._asked = (Asked(bus, _INHIBITED), Asked(bus, _XFCONF))

    def look(self) -> Presence:
        """Give what the desktop says; no word of it means that notices are welcome."""
        for asked in self._asked:
            value = asked.answer()
            if isinstance(value, tuple) and value[1:] == (True,):
                return Presence(do_not_disturb=True)
        return PRESENT
