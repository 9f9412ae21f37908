"""Whether somebody is at the screen: what this desktop can tell, put together."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Final, Protocol

from tray.core.presence import PRESENT, Presence
from tray.core.wording.presence import PRESENCE_FAULT
from tray.desktop.dbus import Bus, NoDesktopBus

log = logging.getLogger(__name__)

SETTLING: Final = 1.0
"""Seconds after the start in which the desktop's services say how things stand."""


class Source(Protocol):
    """One of those who know something; what it does not know means present."""

    def look(self) -> Presence:
        """Give what is known now; quickly."""
        ...


class Sensor:
    """`PresenceSensor` over all that this desktop has."""

    def __init__(
        self,
        sources: Sequence[Source],
        on_change: Callable[[], None] = lambda: None,
        system: Bus | None = None,
    ) -> None:
        self._sources = sources
        self._on_change = on_change
        self._system = system
        self._thread: threading.Thread | None = None
        self._settling: threading.Timer | None = None

    def start(self) -> None:
        """Begin to hear what the system announces; without it, go on without.

        For a moment nobody is told anything, until all have said how things stand.
        """
        self._settling = threading.Timer(SETTLING, self._settle)
        self._settling.daemon = True
        self._settling.start()
        system = self._system
        if system is None:
            return
        with suppress(NoDesktopBus):
            system.open()
            self._thread = threading.Thread(
                target=system.serve, name="system-bus", daemon=True
            )
            self._thread.start()

    def stop(self) -> None:
        """Hear nothing more."""
        if self._settling is not None:
            self._settling.cancel()
        if self._system is not None:
            self._system.stop()
        if self._thread is not None:
            self._thread.join(1)

    def look(self) -> Presence:
        """Give what is known now. Never raises."""
        if self._settling is not None:
            return Presence(settling=True)
        return together([_careful(source) for source in self._sources])

    def _settle(self) -> None:
        self._settling = None
        self._on_change()


def open_presence(
    environ: Mapping[str, str], bus: Bus | None, on_change: Callable[[], None]
) -> Sensor:
    """Give the sensor of this desktop.

    `bus` is the session bus, where there is one. `on_change` is called from any thread
    when the screen was unlocked or locked, and around sleep.
    """
    if sys.platform == "win32":
        from tray.desktop.presence_windows import WindowsPresence

        sensor = Sensor([WindowsPresence()], on_change)
    elif sys.platform == "darwin":
        from tray.desktop.presence_macos import MacPresence

        sensor = Sensor([MacPresence()], on_change)
    else:
        sensor = _on_linux(environ, bus, on_change)
    return sensor


def _on_linux(
    environ: Mapping[str, str], bus: Bus | None, on_change: Callable[[], None]
) -> Sensor:
    from tray.desktop.presence_logind import Logind
    from tray.desktop.presence_saver import Inhibition, ScreenSavers
    from tray.desktop.presence_x11 import X11Idle

    system = Bus(environ, "system")
    sources: list[Source] = [Logind(system, environ, on_change)]
    if bus is not None:
        sources += [ScreenSavers(bus, on_change), Inhibition(bus)]
    if environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
        sources.append(X11Idle(environ["DISPLAY"]))
    return Sensor(sources, on_change, system)


def together(known: Sequence[Presence]) -> Presence:
    """Give what several know: whoever saw the last key is right."""
    idle = [one.idle_for for one in known if one.idle_for is not None]
    return Presence(
        locked=any(one.locked for one in known),
        asleep=any(one.asleep for one in known),
        do_not_disturb=any(one.do_not_disturb for one in known),
        idle_for=min(idle, default=None),
    )


def _careful(source: Source) -> Presence:
    try:
        return source.look()
    except Exception:  # what decorates never kills
        log.exception(PRESENCE_FAULT)
        return PRESENT
