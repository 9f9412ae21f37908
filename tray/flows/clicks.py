"""Doing what people click: each command runs on a worker, so that no click waits.

What goes wrong is told as a notice, because a click has no terminal to answer to.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from tray.core import commands
from tray.core.errors import Cancelled, TrayError
from tray.core.ports import Browser, Clipboard, Teller, Workers
from tray.core.wording import menu as wording
from tray.flows.login_ticket import Announcement
from tray.flows.verbs import Verbs

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Clicks:
    """Takes commands from menu and notices, from any thread."""

    verbs: Verbs
    """What can be done."""

    browser: Browser
    """Opens addresses."""

    clipboard: Clipboard
    """Takes copied texts."""

    workers: Workers
    """Threads to do it on."""

    teller: Teller
    """Tells people what went wrong."""

    end: Callable[[], None]
    """Ends the program."""

    def __call__(self, command: commands.Command) -> None:
        """Do it soon; never raises."""
        name = type(command).__name__.lower()
        self.workers.submit(name, lambda: self._guarded(command))

    def _guarded(self, command: commands.Command) -> None:
        try:
            self._do(command)
        except TrayError as error:
            self._tell(error)

    def _do(self, command: commands.Command) -> None:
        match command:
            case commands.OpenLink(url):
                self.browser.open(url)
            case commands.CopyText(text):
                self._copy(text)
            case commands.Pause(paused):
                self.verbs.pause(paused=paused)
            case commands.Quit():
                self.end()
            case _:
                self._act_on(command)

    def _act_on(self, command: commands.SessionCommand) -> None:
        match command:
            case commands.Login(session):
                self._login(session)
            case commands.CancelLogin(session):
                self.verbs.cancel_login(session)
            case commands.Refresh(session):
                self.verbs.refresh(session, force=True)
            case commands.Logout(session):
                self.verbs.logout(session)
            case commands.Snooze(session):
                self.verbs.snooze(session)
            case _:
                assert_never(command)

    def _login(self, session: str) -> None:
        login, joined = self.verbs.login(session)
        if joined:
            return
        login.announcement.add_done_callback(
            lambda done: None if done.exception() else self._announce(done.result())
        )
        login.result.add_done_callback(lambda done: self._ended(done.exception()))

    def _announce(self, announcement: Announcement) -> None:
        if announcement.problem is not None:
            self.teller.tell(*wording.open_it_yourself(announcement.url))
        elif announcement.user_code is not None:
            self.teller.tell(*wording.compare_code(announcement.user_code))

    def _ended(self, error: BaseException | None) -> None:
        if isinstance(error, TrayError) and not isinstance(error, Cancelled):
            self._tell(error)

    def _copy(self, text: str) -> None:
        try:
            self.clipboard.copy(text)
        except TrayError as error:
            self.teller.tell(error.title, wording.copy_it_yourself(text))

    def _tell(self, error: TrayError) -> None:
        log.info("told: %s", error.title)
        self.teller.tell(error.title, error.remedy)
