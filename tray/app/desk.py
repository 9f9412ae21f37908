"""The desktop's part of the wiring: bus, notices, icon; each optional."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from tray.app.house import House
from tray.core.commands import LoginAll
from tray.core.diagnosis import diagnosis
from tray.core.errors import TrayError
from tray.core.ports import View, Workers
from tray.core.wording import autostart as autostart_words
from tray.core.wording import menu as wording
from tray.desktop.backend import icon_maker, icon_notices
from tray.desktop.clipboard import DesktopClipboard, own_ways
from tray.desktop.dbus import Bus, NoDesktopBus
from tray.desktop.notices import Notifier as BusNotices
from tray.desktop.own_files import DesktopFiles
from tray.desktop.presence import open_presence
from tray.desktop.prompter import LoggedNotices, Prompter
from tray.desktop.terminal import DesktopTerminal
from tray.flows.clicks import ClickEdges, Clicks
from tray.system.autostart.chooser import start_at_login
from tray.system.machine import about, callable_as
from tray.system.processes import feed, launch

if TYPE_CHECKING:
    from tray.desktop.icon import TrayIcon

log = logging.getLogger(__name__)

NAME = "sso-tray"
"""Whose notices they are, for people."""

COPY_TIME = timedelta(seconds=5)
"""How long a clipboard program may take."""

LAUNCH_TIME = timedelta(seconds=3)
"""A program that opens files and can't says so within this time."""


class Desk:
    """What people see and click, on whatever desktop there is."""

    def __init__(
        self,
        environ: Mapping[str, str],
        house: House,
        workers: Workers,
        stopped: threading.Event,
        soon: Callable[[], None],
    ) -> None:
        self._environ = environ
        self._house = house
        self._stopped, self._soon = stopped, soon
        self._autostart = start_at_login(environ, house.world.home)
        self._bus = _open_bus(environ)
        self._notices = self._make_notices()
        self._icon_notices = icon_notices()
        self.notifier = Prompter(
            self._notices or self._icon_notices or LoggedNotices(),
            lambda command: self.clicks(command),  # noqa: PLW0108 - made below
        )
        self.clicks = Clicks(house.verbs, self._edges(), workers)
        self.presence = open_presence(environ, self._bus, soon)
        self._tray: TrayIcon | None = None
        self._host_told = False

    @property
    def can_tell(self) -> bool:
        """Whether this desktop has a place where people are told things."""
        return self._notices is not None or self._icon_notices is not None

    def open_tray(self) -> View | None:
        """Give the tray icon as a view; None where there is no place for one."""
        from tray.desktop.icon import TrayIcon

        try:
            make = icon_maker(self._environ, self._bus, self._notices, self._host)
            if self._icon_notices is not None:
                make = self._icon_notices.watching(make)
            self._tray = TrayIcon(make, self.clicks, self._house.clock, self._program())
        except TrayError as error:
            log.warning("%s", error)
        return self._tray

    def stay(self) -> None:
        """Serve the desktop from the main thread until the end."""
        if self._tray is not None and not self._stopped.is_set():
            self._show(self._tray)
        if self._bus is not None and not self._stopped.is_set():
            thread = threading.Thread(target=self._bus.serve, name="bus", daemon=True)
            thread.start()
            self._stopped.wait()
            self._bus.stop()
            thread.join(COPY_TIME.total_seconds())
        self._stopped.wait()

    def end(self) -> None:
        """End the program; from any thread."""
        self._stopped.set()
        if self._tray is not None:
            self._tray.stop()

    def _show(self, tray: TrayIcon) -> None:
        """Be on the screen to the end; an icon that is lost ends nothing else."""
        try:
            tray.run(lambda: None)
        except Exception:  # what decorates never kills
            log.exception(wording.ICON_LOST)
        else:
            if not self._stopped.is_set():
                log.warning(wording.ICON_LOST)

    def _edges(self) -> ClickEdges:
        world = self._house.world
        return ClickEdges(
            browser=self._house.browser,
            clipboard=DesktopClipboard(
                self._environ, self._feed, tuple(own_ways(self._environ, self._bus))
            ),
            files=DesktopFiles(
                self._environ,
                world.settings_path,
                world.log_folder,
                lambda command: launch(command, self._environ, LAUNCH_TIME),
            ),
            terminals=DesktopTerminal(
                self._environ,
                (self._program(),),
                lambda command: launch(command, self._environ, LAUNCH_TIME),
            ),
            teller=self.notifier,
            report=self._report,
            start_at_login=self._start_at_login,
            end=self.end,
        )

    def _program(self) -> str:
        return callable_as(self._environ, Path(sys.argv[0]))

    def open_logins(self, sessions: tuple[str, ...]) -> None:
        """Open the browser for these sessions, one after the other."""
        self.clicks(LoginAll(sessions))

    def starts_at_login(self) -> bool | None:
        """Tell whether the program starts with the desktop's session."""
        return self._autostart.status().on

    def _start_at_login(self, wanted: bool) -> None:  # noqa: FBT001 - a menu's tick
        autostart = self._autostart
        done = autostart.enable() if wanted else autostart.disable()
        if done.status.left_out:  # such as a proxy whose address holds a password
            title, *more = autostart_words.outcome(done)
            self.notifier.tell(title, " ".join(more))
        self._soon()

    def _report(self) -> str:
        verbs = self._house.verbs
        return diagnosis(verbs.board(), about(self._environ), verbs.now())

    def _make_notices(self) -> BusNotices | None:
        if self._bus is None:
            return None
        return BusNotices(
            self._bus,
            NAME,
            lambda key, button: self.notifier.clicked(key, button),  # noqa: PLW0108 - it is made later
        )

    def _host(self, there: bool) -> None:  # noqa: FBT001 - the backend's callback
        if not there and not self._host_told:
            self._host_told = True
            desktop = self._environ.get("XDG_CURRENT_DESKTOP", "")
            title, remedy = wording.no_tray(desktop)
            log.warning("%s %s", title, remedy)
            self.notifier.tell(title, remedy)

    def _feed(self, command: Sequence[str], text: bytes) -> int:
        return feed(command, self._environ, text, COPY_TIME)


def _open_bus(environ: Mapping[str, str]) -> Bus | None:
    """Give the bus; one that is only promised yet is looked for again and again."""
    bus = None
    if sys.platform != "win32" and sys.platform != "darwin":
        bus = Bus(environ)
        try:
            bus.open()
        except NoDesktopBus as error:
            log.info("%s", error)
            bus = bus if environ.get("DBUS_SESSION_BUS_ADDRESS") else None
    return bus
