"""Doing what people click: each command runs on a worker, so that no click waits.

What goes wrong is told as a notice, because a click has no terminal to answer to.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import assert_never

from tray.core import commands
from tray.core.errors import Cancelled, TrayError
from tray.core.ports import Browser, Clipboard, OwnFiles, Teller, Terminals, Workers
from tray.core.wording import ledger
from tray.core.wording import menu as wording
from tray.flows.in_turn import InTurn
from tray.flows.login_ticket import Announcement, Login, Manner
from tray.flows.verbs import Verbs

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ClickEdges:
    """What a click asks of the desktop."""

    browser: Browser
    """Opens addresses."""

    clipboard: Clipboard
    """Takes copied texts."""

    files: OwnFiles
    """Shows our settings and our log."""

    terminals: Terminals
    """Runs commands of ours in a terminal."""

    teller: Teller
    """Tells people what went wrong."""

    report: Callable[[], str]
    """Gives the report that people can send; without secrets."""

    start_at_login: Callable[[bool], None]
    """Starts the program with the desktop's session, or no longer."""

    end: Callable[[], None]
    """Ends the program."""


@dataclass(frozen=True)
class Clicks:
    """Takes commands from menu and notices, from any thread."""

    verbs: Verbs
    """What can be done."""

    edges: ClickEdges
    """The desktop."""

    workers: Workers
    """Threads to do it on."""

    def __call__(self, command: commands.Command) -> None:
        """Do it soon; never raises."""
        name = type(command).__name__.lower()
        self.workers.submit(name, lambda: self._guarded(command))

    @cached_property
    def _in_turn(self) -> InTurn:
        return InTurn(self._login, self._tell)

    def _guarded(self, command: commands.Command) -> None:
        try:
            self._do(command)
        except TrayError as error:
            self._tell(error)

    def _do(self, command: commands.Command) -> None:
        match command:
            case commands.LoginAll(sessions):
                self._in_turn.add(sessions)
            case commands.Pause(paused):
                self.verbs.pause(paused=paused)
            case commands.StartAtLogin(wanted):
                self.edges.start_at_login(wanted)
            case commands.InTerminal(words):
                self.edges.terminals.run(words)
            case commands.Unlock() | commands.Lock():
                self._guard(command)
            case commands.Quit():
                self.edges.end()
            case (
                commands.OpenConsole()
                | commands.CopyText()
                | commands.Pin()
                | commands.OpenSettings()
                | commands.OpenLogs()
                | commands.CopyReport()
            ):
                self._show(command)
            case _:
                self._act_on(command)

    def _guard(self, command: commands.GuardCommand) -> None:
        guard = self.verbs.serving.guard
        match command:
            case commands.Unlock(profile, once):
                guard.unlock(profile, once=once)
            case commands.Lock(profile):
                guard.lock(profile)
            case _:
                assert_never(command)

    def _show(self, command: commands.DeskCommand) -> None:
        match command:
            case commands.OpenConsole(profile, url):
                self.edges.browser.open(url)
                self.verbs.used(profile)
            case commands.CopyText(text, profile):
                self._copy(text)
                if profile is not None:
                    self.verbs.used(profile)
            case commands.Pin(profile, pinned):
                self.verbs.pin(profile, pinned=pinned)
            case commands.OpenSettings():
                self.edges.files.open_settings()
            case commands.OpenLogs():
                self.edges.files.open_logs()
            case commands.CopyReport():
                self._copy(self.edges.report())
            case _:
                assert_never(command)

    def _act_on(self, command: commands.SessionCommand) -> None:
        match command:
            case commands.Login(session, fresh):
                self._login(session, fresh=fresh)
            case commands.CancelLogin(session):
                self.verbs.cancel_login(session)
            case commands.Refresh(session):
                self.verbs.refresh(session, force=True)
            case commands.Logout(session):
                self.verbs.logout(session)
            case _:
                self._keep_quiet(command)

    def _keep_quiet(self, command: commands.QuietCommand) -> None:
        match command:
            case commands.Snooze(session, length):
                self.verbs.snooze(session, length)
            case commands.SnoozeToTomorrow(session):
                self.verbs.snooze_to_tomorrow(session)
            case commands.Mute(session):
                self.verbs.mute(session)
            case commands.Remind(session, at):
                self.verbs.remind(session, at)
            case commands.Listen(session):
                self.verbs.listen(session)
            case _:
                assert_never(command)

    def _login(self, session: str, *, fresh: bool = False) -> Login:
        manner = Manner(fresh, who=ledger.CLICK)
        login, joined = self.verbs.login(session, manner=manner)
        if not joined:
            login.announcement.add_done_callback(
                lambda done: None if done.exception() else self._announce(done.result())
            )
            login.result.add_done_callback(lambda done: self._ended(done.exception()))
        return login

    def _announce(self, announcement: Announcement) -> None:
        if announcement.problem is not None:
            self.edges.teller.tell(*wording.open_it_yourself(announcement.url))
        elif announcement.user_code is not None:
            self.edges.teller.tell(*wording.compare_code(announcement.user_code))

    def _ended(self, error: BaseException | None) -> None:
        if isinstance(error, TrayError) and not isinstance(error, Cancelled):
            self._tell(error)

    def _copy(self, text: str) -> None:
        try:
            self.edges.clipboard.copy(text)
        except TrayError as error:
            self.edges.teller.tell(error.title, wording.copy_it_yourself(text))

    def _tell(self, error: TrayError) -> None:
        log.info("told: %s", error.title)
        self.edges.teller.tell(error.title, error.remedy)
