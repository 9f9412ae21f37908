"""What this desktop has for us, asked once: a tray, and who shows notices."""

from __future__ import annotations

import sys
import threading
from collections.abc import Mapping
from typing import Final

from tray.core.errors import CannotTell
from tray.core.looks import DesktopFacts
from tray.desktop.dbus import Bus, NoDesktopBus
from tray.desktop.hosts import host_there
from tray.desktop.notice_parts import described
from tray.desktop.notices import PATH, SERVER
from tray.desktop.packets import Call, Reply
from tray.desktop.statusnotifier import WATCHER, WATCHER_PATH

PROPERTIES: Final = "org.freedesktop.DBus.Properties"
SYSTEMS: Final = {"win32": "Windows", "darwin": "macOS"}
"""Those that need no bus."""

PATIENCE: Final = 3.0
"""Seconds for each of the three questions."""


def look_at_desktop(environ: Mapping[str, str]) -> DesktopFacts:
    """Ask the message bus; on macOS and Windows the system itself has all of it."""
    system = SYSTEMS.get(sys.platform)
    if system is not None:
        return DesktopFacts(bus=True, tray=True, server=system)
    bus = Bus(environ)
    try:
        bus.open()
    except NoDesktopBus:
        return DesktopFacts(bus=False)
    serving = threading.Thread(target=_serve, args=(bus,), name="asking", daemon=True)
    serving.start()
    try:
        server, buttons = _notices(bus)
        return DesktopFacts(bus=True, tray=_tray(bus), server=server, buttons=buttons)
    finally:
        bus.stop()
        serving.join(PATIENCE)


def _serve(bus: Bus) -> None:
    try:
        bus.run()
    except NoDesktopBus:
        return


def _tray(bus: Bus) -> bool:
    arguments = (WATCHER, "IsStatusNotifierHostRegistered")
    call = Call(WATCHER, WATCHER_PATH, PROPERTIES, "Get", "ss", arguments)
    try:
        return host_there(Reply(bus.ask(call, PATIENCE))) is True
    except CannotTell:
        return False


def _notices(bus: Bus) -> tuple[str, bool]:
    """Give the server's name, empty without one, and whether it has buttons."""
    try:
        known = bus.ask(Call(SERVER, PATH, SERVER, "GetCapabilities"), PATIENCE)
        told = bus.ask(Call(SERVER, PATH, SERVER, "GetServerInformation"), PATIENCE)
    except CannotTell:
        return "", False
    name = str(told[0])[:80] if told else SERVER
    return name, described(known, told).buttons
