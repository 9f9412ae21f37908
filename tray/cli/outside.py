"""What the commands need of the rest of the program; all of it is imported late."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tray.cli.printer import Printer
from tray.cli.service import Answer, Asker, Direct, Either

if TYPE_CHECKING:
    from tray.app.setting_up import SettingUp
    from tray.cli.asking import Asking
    from tray.cli.seen import Seen
    from tray.core.audit import Asked
    from tray.core.findings import Finding
    from tray.core.model import AwsConfig
    from tray.core.ports import Autostart, LogReader
    from tray.core.simulation import Simulation, Until
    from tray.flows.upgrading import Upgrades
    from tray.system.paths import World

STATUS_TIME = 30.0
"""Seconds that an answer from files alone may take, on a disk that is busy."""


ExecEndpoint = tuple[str, str, Mapping[str, str]]


def _run_command(command: Sequence[str], environ: Mapping[str, str]) -> int:
    from tray.system.processes import run_in_front

    return run_in_front(command, environ)


def _endpoint(
    give: Callable[[], Mapping[str, str]],
) -> AbstractContextManager[ExecEndpoint]:
    from tray.app.execution import endpoint

    return endpoint(_world(), give)


def _open_page(url: str) -> None:
    from tray.app.execution import open_page

    open_page(_world(), url)


def _autostart() -> Autostart:
    from tray.system.autostart.chooser import start_at_login

    return start_at_login(os.environ, _world().home)


def _foretell(
    printer: Printer,
    debug: bool,  # noqa: FBT001
    until: Until,
) -> tuple[Simulation, AwsConfig]:
    from tray import app
    from tray.cli.hearing import hearing

    with hearing(printer, debug=debug):
        return app.foretell(_world(), until)


def _upgrades() -> Upgrades:
    from tray.app.upgrading import upgrades

    return upgrades(_world())


@contextmanager
def _setting_up(printer: Printer, debug: bool) -> Iterator[SettingUp]:  # noqa: FBT001
    from tray.app.setting_up import setting_up
    from tray.cli.hearing import hearing

    with hearing(printer, debug=debug), setting_up(_world()) as setup:
        yield setup


def _asking() -> Asking | None:
    from tray.cli.asking import at_a_terminal

    if not at_a_terminal():
        return None
    from tray.cli.questions import Terminal

    return Terminal()


def _examine(
    printer: Printer,
    debug: bool,  # noqa: FBT001
    seen: Seen,
    running: str | None,
) -> tuple[Finding, ...]:
    from tray.app.doctor import examined
    from tray.cli.hearing import hearing

    with hearing(printer, debug=debug):
        return examined(_world(), seen.board, running, seen.now)


def _asked() -> Sequence[Asked]:
    from tray.app.doctor import record

    return record(_world())


def _machine() -> Mapping[str, str]:
    from tray.system.machine import about

    return about(os.environ)


def _log() -> LogReader:
    from tray.system.logfile import LogFile

    return LogFile(_world().log_path)


@dataclass(frozen=True, slots=True)
class Outside:
    """The rest of the program, as the commands use it."""

    askers: Callable[[Printer, bool], AbstractContextManager[Asker]]
    """Opens the one who does the work; the flag asks for the log of it."""

    pause: Callable[[float], None]
    """Waits so many seconds."""

    run: Callable[[bool, bool], int]
    """Runs the daemon: without a tray?, with the log on stderr?"""

    demo: Callable[[bool, float | None, bool], int]
    """Runs the demo: without a tray?, minutes, with a browser?"""

    environ: Mapping[str, str]
    """The variables of this process."""

    run_command: Callable[[Sequence[str], Mapping[str, str]], int] = _run_command
    """Runs a command with these variables in front of us; gives its exit status."""

    endpoint: Callable[
        [Callable[[], Mapping[str, str]]], AbstractContextManager[ExecEndpoint]
    ] = _endpoint
    """Serves credentials to a command: address, token, and variables that it needs."""

    open_page: Callable[[str], None] = _open_page
    """Opens an address in the browser."""

    autostart: Callable[[], Autostart] = _autostart
    """Gives start at log-in."""

    foretell: Callable[[Printer, bool, Until], tuple[Simulation, AwsConfig]] = _foretell
    """Tells what would happen; the flag asks for the log of it."""

    upgrades: Callable[[], Upgrades] = _upgrades
    """Gives what brings old profiles up."""

    setting_up: Callable[[Printer, bool], AbstractContextManager[SettingUp]] = (
        _setting_up
    )
    """Opens what setting up needs; the flag asks for the log of it."""

    asking: Callable[[], Asking | None] = _asking
    """Gives who can be asked; None where nobody can."""

    examine: Callable[[Printer, bool, Seen, str | None], tuple[Finding, ...]] = _examine
    """Looks at each part, beside the version of a daemon that runs."""

    asked: Callable[[], Sequence[Asked]] = _asked
    """Gives who asked for credentials lately, the newest first."""

    machine: Callable[[], Mapping[str, str]] = _machine
    """Says what all this runs on."""

    log: Callable[[], LogReader] = _log
    """Gives the daemon's log."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What each command is handed."""

    asker: Asker
    """Who does the work."""

    printer: Printer
    """Who prints."""

    outside: Outside
    """The rest of the program."""

    def ask(self, verb: str, timeout: float, **arguments: object) -> Answer:
        """Ask for something, within so many seconds."""
        return self.asker.ask(verb, arguments, timeout)

    def report(self) -> Answer:
        """Give the report of `status --json`."""
        return self.ask("status", STATUS_TIME)


class _Daemon:
    """The daemon of a world, if it runs."""

    def __init__(self, world: World) -> None:
        self._world = world

    def ask(self, verb: str, arguments: Answer, timeout: float) -> Answer:
        """Ask it over the local endpoint."""
        from tray import app

        return app.ask(self._world, verb, arguments, timeout)


def the_program() -> Outside:
    """Give the real one."""
    return Outside(_askers, _pause, _run, _demo, os.environ)


def _world() -> World:
    from tray.system.paths import World

    return World.of(os.environ)


class _Own:
    """The process itself: looks at files at once, builds the rest when asked."""

    def __init__(
        self, world: World, open_direct: Callable[[], AbstractContextManager[Asker]]
    ) -> None:
        self._world, self._open_direct = world, open_direct
        self._direct: Asker | None = None
        self.opened = ExitStack()

    def ask(self, verb: str, arguments: Answer, timeout: float) -> Answer:
        """Do it here and now."""
        from tray import app

        if self._direct is None and verb == "status" and not arguments:
            return app.look(self._world)
        if self._direct is None:
            self._direct = self.opened.enter_context(self._open_direct())
        return self._direct.ask(verb, arguments, timeout)


@contextmanager
def _askers(printer: Printer, debug: bool) -> Iterator[Asker]:  # noqa: FBT001
    world = _world()

    @contextmanager
    def direct() -> Iterator[Asker]:
        from tray import app

        with app.direct(world) as verbs:
            yield Direct(verbs)

    @contextmanager
    def here() -> Iterator[Asker]:
        from tray.cli.hearing import hearing

        own = _Own(world, direct)
        with hearing(printer, debug=debug), own.opened:
            yield own

    with ExitStack() as stack:
        yield Either(_Daemon(world), here, stack)


def _pause(seconds: float) -> None:
    from tray.system.clock import Pauses

    Pauses().pause(seconds)


def _run(headless: bool, debug: bool) -> int:  # noqa: FBT001
    from tray import app

    return app.run(_world(), headless=headless, debug=debug)


def _demo(headless: bool, minutes: float | None, browser: bool) -> int:  # noqa: FBT001
    from tray.demo.run import run_demo

    return run_demo(headless=headless, minutes=minutes, open_browser=browser)
