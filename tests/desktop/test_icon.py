"""The tray icon as a view: what it gives to a backend, and what it spares it."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOON, hours, minutes
from tests.desktop.fake_session import FakeWatcher, PrivateBus, eventually
from tests.desktop.shown_icon import ask_property, running
from tests.fakes.basics import FakeClock
from tests.fakes.desktop import Desktop, a_board, a_status, the
from tray.core import commands
from tray.core.board import Board, Needs, Phase
from tray.core.face import STARTING, Face, Mood
from tray.core.horizon import Horizon, Source
from tray.core.model import Profile
from tray.core.wording import board as wording
from tray.desktop.artwork import draw
from tray.desktop.dbus import Bus, Call
from tray.desktop.icon import TrayIcon
from tray.desktop.packets import Match
from tray.desktop.statusnotifier import ITEM, MENU_PATH, Icon
from tray.desktop.toolkit import SEPARATOR, Menu

MENU = "com.canonical.dbusmenu"
FINE = replace(
    a_status(), expires_at=NOON + hours(1), renewable=True, renews_at=NOON + minutes(40)
)
ENDED = replace(a_status(phase=Phase.EXPIRED), needs=Needs.LOGIN)
COUNTDOWN = replace(
    a_status("lab", Phase.EXPIRING),
    horizon=Horizon(NOON + minutes(12), Source.TOKEN, NOON - hours(8)),
)


class Tray:
    """A tray icon on a recording desktop."""

    def __init__(self) -> None:
        self.desktop, self.clock = Desktop(), FakeClock()
        self.view = TrayIcon(
            self.desktop.make, self.desktop.commands.append, self.clock
        )
        self.icon = self.desktop.icon

    def show(self, board: Board, later: timedelta = timedelta()) -> None:
        """Show a board, some time later."""
        self.clock.advance(later)
        self.view.show(board, self.clock.now())


def test_before_the_first_board() -> None:
    """The icon starts with a picture, a name and a menu that say nothing wrong."""
    tray = Tray()

    assert tray.icon.draw(16).tobytes() == draw(STARTING, 16).tobytes()
    assert tray.icon.titles == [wording.APP]
    assert tray.desktop.items()[0].text == "Reading your AWS config…"


def test_a_board_is_shown() -> None:
    """Picture, tooltip and menu follow the board."""
    tray = Tray()
    tray.show(a_board(ENDED))

    assert tray.icon.pictures == [draw(Face(Mood.ENDED), 16).tobytes()]
    assert tray.icon.title == "corp: ended"
    assert tray.icon.menus[-1][0].text == "Log in to corp"


def test_nothing_new_is_nothing_done() -> None:
    """The same board again draws nothing and sends no tooltip."""
    tray = Tray()
    for _ in range(3):
        tray.show(a_board(FINE))

    assert len(tray.icon.pictures) == 1
    assert len(tray.icon.titles) == 2


def test_time_changes_words_before_it_changes_the_picture() -> None:
    """A minute later the words say so; the picture waits for its next slice."""
    tray = Tray()
    tray.show(a_board(COUNTDOWN))
    tray.show(a_board(COUNTDOWN), minutes(1))

    assert tray.icon.titles[1:] == ["lab: ends in 12 min", "lab: ends in 11 min"]
    assert len(tray.icon.pictures) == 1


def test_rows_of_the_config_are_made_once() -> None:
    """The item that holds the profiles stays while nothing about them is new."""
    tray, board = Tray(), a_board(FINE)
    tray.show(board)
    tray.show(replace(board, paused=True))
    tray.show(replace(board, profiles=(Profile("new", "corp", "1", "Admin"),)))
    one, two, three = (the(menu, "Profiles") for menu in tray.icon.menus)

    assert one is two
    assert two is not three


CLICKS: list[tuple[tuple[str, ...], commands.Command]] = [
    (("Log in to corp",), commands.Login("corp")),
    (("corp: ended", "Log in"), commands.Login("corp")),
    (
        ("Profiles", "corp-dev (Admin)", "Copy", "Profile name"),
        commands.CopyText("corp-dev", "corp-dev"),
    ),
    (("Pause renewals",), commands.Pause(paused=True)),
    (("Quit",), commands.Quit()),
]


@pytest.mark.parametrize(("path", "command"), CLICKS)
def test_a_click_asks_for_its_command(
    path: tuple[str, ...], command: commands.Command
) -> None:
    """Rows of every level do what they say."""
    tray = Tray()
    tray.show(a_board(ENDED))
    tray.desktop.choose(*path)

    assert tray.desktop.commands == [command]


def test_a_click_on_the_icon_is_a_click_on_the_default_row() -> None:
    """Pystray calls the default item of the menu."""
    tray = Tray()
    tray.show(a_board(ENDED))
    Menu(tray.icon.rows)(tray.icon)

    assert tray.desktop.commands == [commands.Login("corp")]


def test_what_rows_look_like() -> None:
    """Grey where nothing can be done, ticked where something is on."""
    tray = Tray()
    tray.show(Board(paused=True))
    items = [item for item in tray.desktop.items() if item is not SEPARATOR]

    assert [(bool(item.enabled), item.checked) for item in items] == [
        (False, None),
        (False, None),
        (False, None),
        (True, None),
        (True, True),
        (True, None),
        (True, None),
    ]
    items[0](tray.icon)
    assert not tray.desktop.commands


def test_a_broken_desktop_is_survived(caplog: pytest.LogCaptureFixture) -> None:
    """What the desktop throws is logged; the menu comes all the same."""
    tray = Tray()
    tray.icon.broken = True
    tray.show(a_board(FINE))

    assert len(tray.icon.menus) == 1
    assert [record.getMessage() for record in caplog.records] == [
        wording.ICON_FAULT
    ] * 2
    tray.icon.broken = False
    tray.show(a_board(FINE))
    assert tray.icon.title == "corp: signed in, renews itself"


def test_it_runs_and_stops() -> None:
    """It becomes visible with the newest face, tells so, and leaves when asked."""
    tray, ready = Tray(), list[bool]()
    tray.view.run(lambda: ready.append(tray.icon.visible))
    tray.view.stop()

    assert ready == [True]
    assert tray.icon.pictures == [draw(STARTING, 16).tobytes()]
    assert tray.icon.stopped


# -- with the real backend, on a bus of its own ------------------------------------
class OnBus:
    """A tray icon on a private bus, and a panel that counts what it is told."""

    def __init__(self, private_bus: PrivateBus, panel: Bus) -> None:
        self.watcher, self.signals = FakeWatcher(panel), list[str]()
        self.icons, self.clock = list[Icon](), FakeClock()
        self.commands = list[commands.Command]()
        bus = Bus(private_bus.environ)
        bus.open()
        self.view = TrayIcon(
            lambda draw, title, rows: self.keep(
                Icon("test", draw, title, Menu(rows), bus=bus)
            ),
            self.commands.append,
            self.clock,
        )
        for interface, member in (
            (ITEM, "NewIcon"),
            (ITEM, "NewToolTip"),
            (MENU, "LayoutUpdated"),
            (MENU, "ItemsPropertiesUpdated"),
        ):
            self.hear(panel, interface, member)

    def keep(self, icon: Icon) -> Icon:
        """Keep what the view has made."""
        self.icons.append(icon)
        return icon

    def hear(self, panel: Bus, interface: str, member: str) -> None:
        """Count a signal."""
        panel.subscribe(Match(interface, member), lambda _: self.signals.append(member))

    def show(self, board: Board) -> None:
        """Show a board as of now."""
        self.view.show(board, self.clock.now())

    def told(self, panel: Bus, name: str) -> list[str]:
        """Give the signals since the last time, when all have come."""
        ask_property(panel, name, "Title")
        found, self.signals = self.signals, []
        return found


def layout(panel: Bus, name: str) -> str:
    """Give the whole menu, as text."""
    arguments = (0, -1, list[str]())
    call = Call(name, MENU_PATH, MENU, "GetLayout", "iias", arguments)
    return str(panel.ask(call))


def test_panels_hear_what_changed_and_no_more(
    private_bus: PrivateBus, panel: Bus
) -> None:
    """An equal board sends nothing; words alone send no new layout."""
    one = OnBus(private_bus, panel)
    with running(one.icons[0]):
        (name,) = eventually(lambda: one.watcher.icons)
        one.show(a_board(COUNTDOWN))
        assert "lab: ends in 12 min" in layout(panel, name)
        eventually(lambda: {"NewIcon", "LayoutUpdated"} <= {*one.signals})
        one.told(panel, name)

        for _ in range(5):
            one.show(a_board(COUNTDOWN))
        again = one.told(panel, name)
        one.clock.advance(minutes(1))
        one.show(a_board(COUNTDOWN))
        words = one.told(panel, name)

    assert again == []
    assert words == ["NewToolTip", "ItemsPropertiesUpdated"]


def test_boards_and_panels_come_at_once(private_bus: PrivateBus, panel: Bus) -> None:
    """A panel that reads while boards change gets whole menus, and at last the newest.

    The menu's rows are made in the thread of whoever asks.
    """
    one = OnBus(private_bus, panel)
    profiles = [Profile(f"p{n}", "corp", f"{n}", "Admin") for n in range(40)]
    boards = [a_board(FINE, profiles=profiles), a_board(ENDED), a_board(COUNTDOWN)]
    done = threading.Event()

    def change() -> None:
        for turn in range(150):
            one.show(boards[turn % 3])
        done.set()

    with running(one.icons[0]):
        (name,) = eventually(lambda: one.watcher.icons)
        thread = threading.Thread(target=change)
        thread.start()
        while not done.is_set():
            assert "Quit" in layout(panel, name)
            panel.ask(Call(name, MENU_PATH, MENU, "AboutToShow", "i", (0,)))
        thread.join(30)
        assert "lab: ends in 12 min" in layout(panel, name)
        assert ask_property(panel, name, "Title") == "lab: ends in 12 min"


def test_a_panel_s_click_arrives(private_bus: PrivateBus, panel: Bus) -> None:
    """A left click on the icon asks for the log-in."""
    one = OnBus(private_bus, panel)
    with running(one.icons[0]):
        (name,) = eventually(lambda: one.watcher.icons)
        one.show(a_board(ENDED))
        call = Call(name, "/StatusNotifierItem", ITEM, "Activate", "ii", (1, 2))
        panel.ask(call)
        eventually(lambda: one.commands)

    assert one.commands == [commands.Login("corp")]
