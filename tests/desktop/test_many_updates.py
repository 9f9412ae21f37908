"""Ten thousand boards, quickly: nothing grows, nothing is said twice."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.builders import NOON, hours, minutes
from tests.desktop.fake_session import FakeWatcher, PrivateBus, eventually
from tests.desktop.shown_icon import ask_property, running
from tests.fakes.basics import FakeClock
from tests.fakes.desktop import a_board, a_status
from tray.core.board import Board, Needs, Phase
from tray.core.commands import Command
from tray.core.horizon import Horizon, Source
from tray.core.model import Profile
from tray.desktop.dbus import Bus, Call
from tray.desktop.dbusmenu import NAME as MENU
from tray.desktop.icon import TrayIcon
from tray.desktop.packets import Match
from tray.desktop.statusnotifier import ITEM, MENU_PATH, Icon
from tray.desktop.toolkit import Menu

assert sys.platform != "win32"

UPDATES = 10_000
GROWTH = 2 * 1024 * 1024
NAMES = tuple(f"lab{number}" for number in range(7))


class Crowded:
    """The real view on the real icon, and a panel that counts what it hears."""

    def __init__(self, private_bus: PrivateBus, panel: Bus) -> None:
        self.watcher, self.panel = FakeWatcher(panel), panel
        self.heard: dict[str, int] = {}
        self.clock, self.commands = FakeClock(), list[Command]()
        bus = Bus(private_bus.environ)
        bus.open()
        self.made = list[Icon]()
        self.view = TrayIcon(
            lambda draw, title, rows: self._keep(
                Icon("test", draw, title, Menu(rows), bus=bus)
            ),
            self.commands.append,
            self.clock,
        )
        for interface, member in (
            (ITEM, "NewIcon"),
            (ITEM, "NewTitle"),
            (ITEM, "NewToolTip"),
            (MENU, "LayoutUpdated"),
            (MENU, "ItemsPropertiesUpdated"),
        ):
            self._count(interface, member)

    def _keep(self, icon: Icon) -> Icon:
        self.made.append(icon)
        return icon

    def _count(self, interface: str, member: str) -> None:
        def count(_body: object) -> None:
            self.heard[member] = self.heard.get(member, 0) + 1

        self.heard[member] = 0
        self.panel.subscribe(Match(interface, member), count)

    @property
    def name(self) -> str:
        """The icon's name on the bus."""
        (name,) = eventually(lambda: self.watcher.icons)
        return name

    def show(self, board: Board) -> None:
        """Show a board as of now."""
        self.view.show(board, self.clock.now())

    def settle(self) -> dict[str, int]:
        """Give what was heard since the last time, when all has come."""
        ask_property(self.panel, self.name, "Title")
        found, self.heard = self.heard, dict.fromkeys(self.heard, 0)
        return found

    def numbers(self) -> dict[int, str]:
        """Give the label of each row by its id."""
        call = Call(self.name, MENU_PATH, MENU, "GetLayout", "iias", (0, -1, []))
        found = dict[int, str]()

        def walk(layout: tuple[int, dict[str, Any], list[Any]]) -> None:
            number, properties, below = layout
            found[number] = properties.get("label", ("s", "-"))[1]
            for _, child in below:
                walk(child)

        walk(self.panel.ask(call)[1])
        return found


@contextmanager
def crowded(private_bus: PrivateBus, panel: Bus) -> Iterator[Crowded]:
    """Give them while the icon runs."""
    one = Crowded(private_bus, panel)
    with running(one.made[0]):
        assert one.name
        yield one


def boards() -> list[Board]:
    """Give boards that differ in rows and words.

    The picture is drawn at each change of it, which is slow and another test's matter.
    """
    profiles = [Profile(f"p{n}", "corp", f"{n}", "Admin") for n in range(30)]
    found = list[Board]()
    for name in NAMES:
        ending = replace(
            a_status(name, Phase.EXPIRING),
            needs=Needs.LOGIN,
            horizon=Horizon(NOON + minutes(10), Source.TOKEN, NOON - hours(8)),
        )
        ended = replace(a_status(phase=Phase.EXPIRED), needs=Needs.LOGIN)
        found.append(a_board(ended, ending, profiles=profiles))
    return found


def memory() -> int:
    """Give this process's memory in bytes."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def test_ten_thousand_boards_keep_no_memory(
    private_bus: PrivateBus, panel: Bus
) -> None:
    """Boards that differ each time cost no memory, though a panel listens."""
    different = boards()
    with crowded(private_bus, panel) as one:
        for turn in range(UPDATES // 10):  # what is loaded late is loaded now
            one.show(different[turn % len(different)])
        one.settle()
        before = memory()
        for turn in range(UPDATES):
            one.show(different[turn % len(different)])
        heard = one.settle()
        grown = memory() - before

    assert heard["LayoutUpdated"] >= UPDATES // 2
    assert grown < GROWTH


def test_the_same_board_ten_thousand_times_says_nothing(
    private_bus: PrivateBus, panel: Bus
) -> None:
    """Nothing changed: no signal, neither of the menu nor of the icon."""
    (board, *_) = boards()
    with crowded(private_bus, panel) as one:
        one.show(board)
        one.settle()
        for _ in range(UPDATES):
            one.show(board)

        assert set(one.settle().values()) == {0}


def test_ids_of_rows_are_never_used_again(private_bus: PrivateBus, panel: Bus) -> None:
    """An id that was seen once means the same row for ever, however many boards."""
    different, owners = boards(), dict[int, str]()
    with crowded(private_bus, panel) as one:
        gone = set[int]()
        for turn in range(150):
            one.show(different[turn % len(different)])
            now = one.numbers()
            assert not gone & now.keys()
            gone |= owners.keys() - now.keys()
            owners = now

    assert len(gone) > len(NAMES)
