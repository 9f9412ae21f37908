"""`login`: what can happen while it waits."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from tests.cli.conftest import Doors
from tests.fakes.cli import Room
from tray.cli.printer import Printer
from tray.cli.service import Answer, Asker
from tray.core.status import Activity


@dataclass
class Meanwhile:
    """Lets something happen once, just before a verb is asked."""

    asker: Asker
    verb: str
    happens: Callable[[], object] | None

    def ask(self, verb: str, arguments: Answer, timeout: float) -> Answer:
        """Let it happen, then ask."""
        happens = self.happens
        if verb == self.verb and happens is not None:
            self.happens = None
            happens()
        return self.asker.ask(verb, arguments, timeout)


def meanwhile(room: Room, verb: str, happens: Callable[[], object]) -> Room:
    """Give the room, with something that happens before a verb."""
    before = room.askers

    @contextmanager
    def askers(printer: Printer, debug: bool) -> Iterator[Asker]:  # noqa: FBT001
        with before(printer, debug) as asker:
            yield Meanwhile(asker, verb, happens)

    return Room(askers)


def interrupt() -> None:
    """Press Ctrl-C."""
    raise KeyboardInterrupt


def test_ctrl_c_takes_the_log_in_back(doors: Doors) -> None:
    """Status 130, and nothing is left: no token, no wait, nothing in flight."""
    house, room = doors("corp")
    redirect = house.redirects.redirect
    redirect.while_waiting = lambda: waited(lambda: redirect.cancels > 0)

    ended = meanwhile(room, "wait-login", interrupt).run("login")
    house.busy.work()

    assert ended.status == 130
    assert ended.last == "Interrupted; nothing half-done is left."
    assert redirect.cancels == 1
    assert house.activities.current() == Activity()
    assert house.cache.entries == {}


def waited(ready: Callable[[], bool]) -> None:
    """Wait until something is so."""
    tick = threading.Event()
    while not ready():
        tick.wait(0.005)


def test_ctrl_c_while_it_begins(doors: Doors) -> None:
    """Also before the address is known nothing is left behind."""
    house, room = doors("corp")

    ended = meanwhile(room, "login", interrupt).run("login")
    house.busy.work()

    assert ended.status == 130
    assert house.activities.current() == Activity()


def test_joining_a_log_in_that_goes_on(doors: Doors) -> None:
    """Who comes second is told so, opens no second page, and gets its result."""
    house, room = doors("corp")
    browser_back = threading.Event()
    house.redirects.redirect.while_waiting = lambda: waited(browser_back.is_set)
    house.verbs.login("corp")

    ended = meanwhile(room, "wait-login", browser_back.set).run("login")
    house.busy.work()

    assert ended.status == 0
    assert ended.err.startswith("Joining the log-in to corp that is already going on.")
    assert "Logged in to corp" in ended.last
    assert len(house.browser.opened) == 1


def test_ctrl_c_leaves_another_ones_log_in_alone(doors: Doors) -> None:
    """Who only joined stops waiting; the person in the browser can go on."""
    house, room = doors("corp")
    browser_back = threading.Event()
    house.redirects.redirect.while_waiting = lambda: waited(browser_back.is_set)
    house.verbs.login("corp")

    ended = meanwhile(room, "wait-login", interrupt).run("login")
    browser_back.set()
    house.busy.work()

    assert ended.status == 130
    assert "goes on where it was begun" in ended.err
    assert house.redirects.redirect.cancels == 0
    assert house.cache.entries


def test_a_log_in_that_somebody_else_took_back(doors: Doors) -> None:
    """Who waits learns of it, with the status of an interruption."""
    house, room = doors("corp")
    redirect = house.redirects.redirect
    redirect.while_waiting = lambda: waited(lambda: redirect.cancels > 0)
    take_back = lambda: house.verbs.cancel_login("corp")  # noqa: E731

    ended = meanwhile(room, "wait-login", take_back).run("login")
    house.busy.work()

    assert ended.status == 130
    assert ended.last == "sso-tray: Taken back."
