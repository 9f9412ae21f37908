"""What the menu and the icon cost: rebuilds, changed labels, pictures, memory.

    python tests/bench/menu.py            medians of everything
    python tests/bench/menu.py --memory   megabytes of 10,000 profiles in a panel

The real menu of a board goes through `TrayIcon` into the real exported menu; only the
bus is a recording one. Linux only, because of the memory.
"""

from __future__ import annotations

import argparse
import gc
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import cycle, islice
from typing import Any

from tests.bench.idle import pss
from tests.builders import NOON, a_session, a_token, hours, minutes
from tray.core.board import Board
from tray.core.face import SLICES, Face, Mood
from tray.core.model import AwsConfig, Profile
from tray.core.settings import Settings
from tray.core.status import Facts, assess
from tray.desktop.artwork import draw
from tray.desktop.dbus import Bus
from tray.desktop.dbusmenu import ExportedMenu
from tray.desktop.icon import TrayIcon
from tray.desktop.packets import Payload
from tray.desktop.statusnotifier import SIZES
from tray.desktop.toolkit import Menu, Row

TURNS = 41
MANY = 10_000
ROLES = 4
EVERYTHING: tuple[int, int, list[str]] = (0, -1, [])


class CountingBus(Bus):
    """A bus that counts signals instead of sending them."""

    def __init__(self) -> None:
        super().__init__({})
        self.sent = 0

    def emit(
        self, path: str, interface: str, signal: str, payload: Payload = ()
    ) -> None:
        """Count one."""
        assert path
        assert interface
        assert signal
        assert payload
        self.sent += 1


class QuietIcon:
    """An icon without a panel: its menu is the real exported one."""

    def __init__(self, _picture: object, _title: str, rows: Callable[[], Any]) -> None:
        self.bus, self.menu = CountingBus(), Menu(rows)
        self.export = ExportedMenu(
            self.bus, "/menu", lambda: self.menu.items, lambda _: None
        )
        self.icon: object = None
        self.title = ""

    def update_menu(self) -> None:
        """Rebuild, as the real icon does."""
        self.export.refresh()

    def fetch(self) -> int:
        """Ask for the whole menu, as some panels do; give the bytes."""
        return len(self.export.interface().methods["GetLayout"].run(*EVERYTHING))


class BenchClock:
    """A time that is what the bench says."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> datetime:
        """Give it."""
        return self.at


class Tray:
    """The tray icon of a board."""

    def __init__(self, board: Board) -> None:
        made = list[QuietIcon]()
        self.clock = BenchClock()

        def make(picture: object, title: str, rows: Callable[[], Any]) -> QuietIcon:
            made.append(QuietIcon(picture, title, rows))
            return made[0]

        self.view = TrayIcon(make, lambda _: None, self.clock)
        (self.icon,) = made
        self.show(board)

    def show(self, board: Board, *, later: timedelta = timedelta()) -> None:
        """Show a board, some time later."""
        self.clock.at += later
        self.view.show(board, self.clock.at)


def a_board(profiles: int, sessions: int = 3) -> Board:
    """Give a board whose first session ends in eight hours."""
    names = [f"session-{number:03}" for number in range(sessions)]
    config = AwsConfig(
        tuple(a_session(name) for name in names),
        tuple(
            Profile(
                f"acme-{number // ROLES:05}-role-{number % ROLES}",
                names[number % sessions],
                f"{number // ROLES:012}",
                f"Role{number % ROLES}",
            )
            for number in range(profiles)
        ),
    )
    tokens = {one.cache_key: a_token(minutes(50)) for one in config.sessions}
    tokens[config.sessions[0].cache_key] = a_token(hours(8), refreshable=False)
    return assess(Facts(config, tokens), NOON, Settings())


def median(job: Callable[[], object]) -> float:
    """Give a job's median in milliseconds."""
    found = []
    for _ in range(TURNS):
        start = time.perf_counter()
        job()
        found.append(time.perf_counter() - start)
    return statistics.median(found) * 1000


def of_real_menus() -> Iterator[str]:
    """Measure boards of several sizes."""
    for profiles, sessions in ((400, 3), (2000, 3), (MANY, 3), (400, 100)):
        board = a_board(profiles, sessions)
        tray = Tray(board)
        start = time.perf_counter()
        size = tray.icon.fetch()
        fetched = (time.perf_counter() - start) * 1000
        first = tray.icon.bus.sent
        same = median(lambda: tray.show(board))  # noqa: B023
        quiet = tray.icon.bus.sent - first
        words = median(lambda: tray.show(board, later=minutes(15)))  # noqa: B023
        whole = median(lambda: tray.show(fresh_config(board)))  # noqa: B023
        yield (
            f"{profiles:6} profiles, {sessions:3} sessions: fetched {fetched:8.1f} ms"
            f" ({size / 1e6:.1f} MB), config changed {whole:8.2f} ms,"
            f" words changed {words:6.2f} ms, nothing {same:6.2f} ms ({quiet} sent)"
        )


def fresh_config(board: Board) -> Board:
    """Give a board whose profiles are other objects with the same contents."""
    return replace(board, profiles=(*board.profiles,))


def of_flat_menus() -> Iterator[str]:
    """Measure 2,000 rows, none of them static."""
    rows = [f"row {number}" for number in range(2000)]
    labels = dict.fromkeys(rows, "text")
    bus = CountingBus()
    items = [[Row(labels[row], None, key=row) for row in rows] for _ in range(2)]
    turn = cycle(items)
    menu = ExportedMenu(bus, "/menu", lambda: next(turn), lambda _: None)
    menu.refresh()
    rebuilt = median(menu.refresh)
    few = cycle((items[0], [*items[0][:-20], *changed(rows[-20:])]))
    menu = ExportedMenu(bus, "/menu", lambda: next(few), lambda _: None)
    yield f"2,000 flat rows: all looked at {rebuilt:.2f} ms, 20 changed "
    yield f"{median(menu.refresh):.2f} ms; {bus.sent} signals"


def changed(rows: list[str]) -> list[Row]:
    """Give rows with other words."""
    return [Row("another text", None, key=row) for row in rows]


def of_pictures() -> Iterator[str]:
    """Measure the six sizes of faces."""
    for face in (
        Face(Mood.FINE, SLICES // 2),
        Face(Mood.ENDED, 0, 2),
        Face(Mood.ENDING, 3, 10),
    ):
        yield f"{face}: {median(lambda: [draw(face, size) for size in SIZES]):.2f} ms"  # noqa: B023


def of_growth() -> Iterator[str]:
    """Measure what 10,000 rebuilds leave behind, and what 1,000 changed configs."""
    board = a_board(400)
    tray = Tray(board)
    tray.icon.fetch()
    for what, count, changes in (
        ("rebuilds", MANY, False),
        ("changed configs", MANY // 10, True),
    ):
        boards = (fresh_config(board) if changes else board for _ in range(count + 200))
        for new in islice(boards, 200):
            tray.show(new, later=minutes(1))
        gc.collect()
        before, objects = pss(os.getpid()), len(gc.get_objects())
        for new in boards:
            tray.show(new, later=minutes(1))
        gc.collect()
        grown = pss(os.getpid()) - before
        more = len(gc.get_objects()) - objects
        yield f"{count} {what}: {grown:+.2f} MB, {more:+} objects"


def growth() -> float:
    """Give the MB that 10,000 rebuilds leave behind."""
    board = a_board(400)
    tray = Tray(board)
    tray.icon.fetch()
    for _ in range(200):
        tray.show(board, later=minutes(1))
    gc.collect()
    before = pss(os.getpid())
    for _ in range(MANY):
        tray.show(board, later=minutes(1))
    gc.collect()
    return pss(os.getpid()) - before


def of_memory() -> Iterator[str]:
    """Measure 10,000 profiles, before a panel asked and after."""
    for profiles in (20, 200, MANY):
        board = a_board(profiles)
        gc.collect()
        bare = pss(os.getpid())
        tray = Tray(board)
        gc.collect()
        shown = pss(os.getpid())
        tray.icon.fetch()
        gc.collect()
        fetched = pss(os.getpid())
        yield (
            f"{profiles:6} profiles: menu {shown - bare:+.2f} MB,"
            f" fetched by a panel {fetched - shown:+.2f} MB more"
        )


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--memory", action="store_true")
    parts = [of_growth, of_real_menus, of_flat_menus, of_pictures]
    for part in [of_memory] if parser.parse_args().memory else parts:
        for line in part():
            sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
