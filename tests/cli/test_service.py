"""Who does the work: the daemon first, this process else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from threading import Event

import pytest

from tests.fakes.cli import Absent, BusyHouse, Script
from tray.cli.service import Asker, Direct, Either
from tray.core.errors import CannotTell, OtherWorld, TrayError

ELSEWHERE = OtherWorld("Another world.", "")


def never() -> AbstractContextManager[Asker]:
    """Be no way to do the work here."""
    raise AssertionError


def test_the_daemon_is_asked_first() -> None:
    """Where one answers, this process opens nothing."""
    with ExitStack() as stack:
        either = Either(Script({"ping": {"pid": 7}}), never, stack)

        assert either.ask("ping", {}, 1) == {"pid": 7}


@pytest.mark.parametrize("absent", [Absent(), Script({"ping": ELSEWHERE})])
def test_without_a_daemon_the_work_is_done_here(absent: Asker) -> None:
    """Opened once and closed at the end; a daemon of another world is none."""
    opened: list[str] = []

    @contextmanager
    def direct() -> Iterator[Asker]:
        opened.append("open")
        yield Script({"ping": {"pid": 8}})
        opened.append("closed")

    with ExitStack() as stack:
        either = Either(absent, direct, stack)
        assert either.ask("ping", {}, 1) == {"pid": 8}
        assert either.ask("ping", {}, 1) == {"pid": 8}

    assert opened == ["open", "closed"]


def test_a_log_in_stays_with_the_one_who_began_it() -> None:
    """A daemon that comes up meanwhile is not asked about it."""
    daemon = Script({"login": ELSEWHERE, "wait-login": {"from": "daemon"}})
    here = Script({"login": {"id": "1"}, "wait-login": {"from": "here"}})

    @contextmanager
    def direct() -> Iterator[Asker]:
        yield here

    with ExitStack() as stack:
        either = Either(daemon, direct, stack)
        either.ask("login", {}, 1)
        assert either.ask("wait-login", {"id": "1"}, 1) == {"from": "here"}


def test_other_errors_are_answers() -> None:
    """What the daemon met is told, and not tried again here."""
    with ExitStack() as stack:
        either = Either(Script({"refresh": TrayError("No.", "")}), never, stack)
        with pytest.raises(TrayError, match="No"):
            either.ask("refresh", {}, 1)


def test_work_here_that_takes_too_long() -> None:
    """A log-in that nobody finishes is given up when the time is over."""
    house = BusyHouse()
    direct, redirect, tick = Direct(house.verbs), house.redirects.redirect, Event()

    def nobody_comes() -> None:
        while not redirect.cancels:
            tick.wait(0.005)

    redirect.while_waiting = nobody_comes
    begun = direct.ask("login", {"session": "corp"}, 5)

    with pytest.raises(CannotTell, match="in time"):
        direct.ask("wait-login", {"id": begun["id"]}, 0.02)
    assert direct.ask("cancel-login", {"session": "corp"}, 5) == {"cancelled": True}
    house.busy.work()
