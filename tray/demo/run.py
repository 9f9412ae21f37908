"""The demo: the real daemon against an Identity Center of our own, with fast clocks."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from tray import app
from tray.core.board import Board, Phase
from tray.core.errors import TrayError
from tray.core.ports import Browser
from tray.core.wording import demo as wording
from tray.demo.home import PERSON, Pace, demo_world
from tray.demo.person import Person
from tray.demo.terminal import Terminal
from tray.flows.verbs import Verbs
from tray.system.clock import SystemClock


class PersonBrowser:
    """A browser with a scripted person in front of it."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def open(self, url: str) -> None:
        """Let Alice visit the address, on a thread of her own."""
        threading.Thread(target=self._visit, args=(url,), daemon=True).start()

    def _visit(self, url: str) -> None:
        self._terminal.tell(wording.visit(PERSON.title(), "acme"))
        try:
            Person(PERSON).visit(url)
        except TrayError as error:
            self._terminal.tell(str(error))


class PrintedAddress:
    """A browser that is the person at the screen."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal

    def open(self, url: str) -> None:
        """Say which address to open."""
        self._terminal.tell(wording.open_this(url))


class Alice:
    """`View` of somebody who logs in when her sign-in has ended."""

    def __init__(self, thinks: float, stopped: threading.Event) -> None:
        self._thinks = thinks
        self._stopped = stopped
        self._busy = threading.Lock()
        self.verbs: Verbs | None = None

    def show(self, board: Board, now: datetime) -> None:
        """Look; an ended session is logged in to after a moment's thought."""
        del now
        status = board.session("acme")
        if status is not None and status.phase is Phase.EXPIRED:
            threading.Thread(target=self._log_in, daemon=True).start()

    def _log_in(self) -> None:
        if self.verbs is None or not self._busy.acquire(blocking=False):
            return
        try:
            if not self._stopped.wait(self._thinks):
                login, _ = self.verbs.login("acme")
                login.result.exception(timeout=60)
        finally:
            self._busy.release()


def run_demo(
    *,
    headless: bool,
    minutes: float | None,
    open_browser: bool,
    pace: Pace | None = None,
) -> int:
    """Run it until its time is over or somebody ends it; gives the exit status."""
    pace = pace or Pace()
    if minutes is not None:
        pace = replace(pace, lasts=timedelta(minutes=minutes))
    alone = headless or not _has_desktop()
    out, stopped = sys.stdout, threading.Event()
    terminal = Terminal(out, SystemClock())
    alice = Alice(pace.thinks, stopped)
    out.write(wording.OPENING)
    if alone and not headless:
        out.write(f"{wording.NO_DESKTOP}\n")
    out.write(f"{wording.IN_THE_TERMINAL if alone else wording.ON_A_DESKTOP}\n\n")
    out.flush()

    def started(verbs: Verbs, end: Callable[[], None]) -> None:
        alice.verbs = verbs
        if alone or minutes is not None:
            timer = threading.Timer(pace.lasts.total_seconds(), end)
            timer.daemon = True
            timer.start()
        threading.Thread(target=terminal.run, args=(stopped,), daemon=True).start()

    views = (terminal, alice) if alone else (terminal,)
    browser = _guest_browser(terminal, alone=alone, open_browser=open_browser)
    guests = app.Guests(views, browser, lasting=False, started=started)
    with demo_world(os.environ, pace) as (world, _):
        status = app.run(world, headless=alone, guests=guests)
        stopped.set()
    out.write(f"\n{wording.CLOSING}")
    return status


def _guest_browser(
    terminal: Terminal, *, alone: bool, open_browser: bool
) -> Browser | None:
    if alone:
        return PersonBrowser(terminal)
    return None if open_browser else PrintedAddress(terminal)


def _has_desktop() -> bool:
    from tray.desktop.browser import has_screen

    return has_screen(os.environ)
