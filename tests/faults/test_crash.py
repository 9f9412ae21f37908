"""Killed at any moment: the file is the old one or the new one, and nothing is left.

The long form (SSO_TRAY_LONG=1) kills a thousand times.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app.test_daemon import COMMAND
from tests.faults.sharers import LONG, RENEWAL, Shared, gone, shared, workers
from tests.waiting import until
from tray.core.errors import TrayError
from tray.demo.center import Failure
from tray.demo.person import Person

assert sys.platform != "win32"

DUE = timedelta(minutes=16)
ROUNDS = 250 if LONG else 13
LOGINS = 100 if LONG else 4
LOGIN = "CreateToken/authorization_code"


@dataclass
class Deaths:
    """What came of the kills."""

    place: Shared
    """Where they happen."""

    chance: random.Random = field(default_factory=lambda: random.Random(4))
    """When they happen."""

    found: Counter[str] = field(default_factory=Counter)
    """How many left the old token, the new one, and how many lost it."""

    def moment(self, longest: float, number: int, operation: str = RENEWAL) -> None:
        """Wait for the moment: anywhere, or, every other time, around the answer."""
        if number % 2:
            time.sleep(self.chance.uniform(0, longest))
            return
        before = self.place.center.count(operation)
        self.place.center.wait_for(operation, before + 1, 5)
        time.sleep(self.chance.uniform(0, 0.02))

    def judge(self, old: str, asked_before: int, operation: str) -> str:
        """Check the file; tell whether its token is old, new, or lost.

        Lost is one that the service has given, killed before it was written.
        """
        place = self.place
        value = place.check_file().token.value.reveal()
        given = place.center.count(operation) > asked_before
        assert given or value == old
        came = "new" if value != old else "lost" if given else "old"
        self.found[came] += 1
        return came

    def told(self, what: str) -> str:
        """Give the figure."""
        counted = ", ".join(f"{n} {name}" for name, n in sorted(self.found.items()))
        return f"kill -9, {what}: {sum(self.found.values())} times; token {counted}"

    def check_next_start(self) -> None:
        """Check that the next renewal works, and leaves nothing of the dead behind."""
        place = self.place
        place.write_token(DUE)
        done = place.command("refresh")
        assert done.returncode == 0, done.stderr
        assert place.litter() == []
        place.check_file()


@pytest.fixture
def deaths(tmp_path: Path) -> Iterator[Deaths]:
    """Give a place to die at, where each renewal makes the old token useless."""
    with shared(tmp_path) as place:
        place.write_token(DUE)
        assert place.command("refresh").returncode == 0
        yield Deaths(place)


def test_a_command_that_renews(deaths: Deaths, figure: Callable[[str], None]) -> None:
    """`refresh` by itself, killed anywhere from its start to its end."""
    place = deaths.place
    for number in range(ROUNDS):
        old, asked = place.write_token(DUE), place.asked
        process = place.begin([*COMMAND, "refresh"])
        deaths.moment(0.6, number)
        process.kill()
        process.communicate()
        deaths.judge(old, asked, RENEWAL)
    deaths.check_next_start()
    figure(deaths.told("refresh"))


def test_the_child_that_renews(deaths: Deaths, figure: Callable[[str], None]) -> None:
    """The daemon's child dies; the daemon goes on, and tells no end that is none.

    Only where the token died with it, which nobody can help, people must log in.
    """
    place = deaths.place
    daemon = place.started()
    for number in range(ROUNDS):
        old, asked = place.write_token(DUE), place.asked
        command = place.begin([*COMMAND, "refresh"])
        deaths.moment(0.5, number)
        for pid in workers(daemon):
            os.kill(pid, signal.SIGKILL)
        ended = place.finish(command)
        lost = deaths.judge(old, asked, RENEWAL) == "lost"
        assert ended.status in ({0, 3, 4} if lost else {0, 4}), ended
    assert daemon.poll() is None
    daemon.send_signal(signal.SIGTERM)
    daemon.wait(20)
    deaths.check_next_start()
    figure(deaths.told("the daemon's child"))


@pytest.mark.parametrize("both", [False, True], ids=["alone", "with-its-child"])
def test_the_daemon(
    deaths: Deaths, figure: Callable[[str], None], *, both: bool
) -> None:
    """The daemon dies while it renews: alone, its child still finishes."""
    place = deaths.place
    for number in range(ROUNDS):
        old, asked = place.write_token(DUE), place.asked
        daemon = place.start()
        deaths.moment(1.0, number)
        children = workers(daemon)
        daemon.kill()
        if both:
            for pid in children:
                os.kill(pid, signal.SIGKILL)
        daemon.communicate()
        for pid in children:
            until(lambda pid=pid: gone(pid), 30)  # type: ignore[misc]
        deaths.judge(old, asked, RENEWAL)
    if not both:
        assert deaths.found["lost"] == 0
    deaths.check_next_start()
    figure(deaths.told("the daemon" + (" and its child" if both else "")))


def test_a_log_in(deaths: Deaths, figure: Callable[[str], None]) -> None:
    """Killed while a person logs in: the old token, the new one, never half of it."""
    place = deaths.place
    for number in range(LOGINS):
        old, asked = place.write_token(DUE), place.center.count(LOGIN)
        process = place.begin([*COMMAND, "login", "--no-browser", "--pkce"])
        assert process.stderr is not None
        address = process.stderr.readline().split()[-1]
        visit = threading.Thread(target=visits, args=(address,))
        visit.start()
        deaths.moment(0.3, number, LOGIN)
        process.kill()
        process.communicate()
        visit.join()
        deaths.judge(old, asked, LOGIN)
    deaths.check_next_start()
    figure(deaths.told("login"))


def visits(address: str) -> None:
    """Be a person whose program may die under the browser."""
    with contextlib.suppress(OSError, TrayError):
        Person("alice").visit(address)


def test_a_crash_beside_a_slow_answer(deaths: Deaths) -> None:
    """The daemon dies, its child still waits for the answer: the next one waits too.

    It finds what the child has written, and makes no request with a dead token.
    """
    place = deaths.place
    old, asked = place.write_token(DUE), place.asked
    place.center.fail(RENEWAL, Failure.hang(2, after=True))
    daemon = place.start()
    until(lambda: workers(daemon), 20)
    until(place.unfinished, 20)
    daemon.kill()
    daemon.communicate()
    done = place.command("refresh")

    assert done.returncode == 0, done.stderr
    assert place.asked == asked + 1
    assert place.check_file().token.value.reveal() != old
    assert place.litter() == []
