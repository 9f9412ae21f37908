"""Our icon on a session bus, as a panel sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PIL import Image

from tests.desktop.fake_session import (
    PAUSES,
    FakeServer,
    FakeWatcher,
    PrivateBus,
    eventually,
)
from tray.core.errors import CannotTell
from tray.desktop.dbus import Bus, Call, Match
from tray.desktop.statusnotifier import ITEM, ITEM_PATH, MENU_PATH, SIZES, Icon
from tray.desktop.toolkit import Menu, Row
from tray.desktop.wire import BUS, BUS_PATH

PROPERTIES = f"{BUS}.Properties"


def red(size: int) -> Image.Image:
    """Draw a square, half of it clear."""
    image = Image.new("RGBA", (size, size), (200, 1, 2, 255))
    image.paste((0, 0, 0, 0), (0, 0, size, size // 2))
    return image


class Shown:
    """An icon that runs in a thread, and a panel's questions to it."""

    def __init__(self, bus: Bus, rows: Callable[[], list[Any]] | None = None) -> None:
        self.hosts: list[bool] = []
        self.clicks: list[str] = []
        self.own = bus
        self.icon = Icon(
            "demo",
            red,
            "all is well",
            Menu(rows or self.rows),
            bus=bus,
            on_host=self.hosts.append,
        )

    def rows(self) -> list[Any]:
        """Give two rows."""
        first = Row("Log in", lambda: self.clicks.append("login"), key=1, default=True)
        return [first, Row("Quit", lambda icon: icon.stop(), key=2)]


@contextmanager
def running(icon: Icon) -> Iterator[threading.Thread]:
    """Run an icon until the block ends."""
    thread = threading.Thread(target=icon.run)
    thread.start()
    try:
        eventually(lambda: icon.visible)
        yield thread
    finally:
        icon.stop()
        thread.join(10)
        assert not thread.is_alive()


@pytest.fixture
def panel(private_bus: PrivateBus) -> Iterator[Bus]:
    """Give the panel's connection."""
    with private_bus.serving() as bus:
        yield bus


def shown(private_bus: PrivateBus) -> Shown:
    """Give an icon that does not run yet."""
    return Shown(Bus(private_bus.environ, pauses=PAUSES))


def ask(bus: Bus, name: str, member: str, signature: str = "", *body: object) -> Any:  # noqa: ANN401
    """Call a method of the icon."""
    return bus.ask(Call(name, ITEM_PATH, ITEM, member, signature, body))


def test_a_panel_gets_the_icon(private_bus: PrivateBus, panel: Bus) -> None:
    """One icon is registered, with a picture for each size and its title."""
    watcher, one = FakeWatcher(panel), shown(private_bus)
    with running(one.icon):
        (name,) = eventually(lambda: watcher.icons)
        (values,) = panel.ask(Call(name, ITEM_PATH, PROPERTIES, "GetAll", "s", (ITEM,)))
        eventually(lambda: one.hosts)

    assert one.hosts[0] is True
    assert values["Title"] == ("s", "all is well")
    assert values["Menu"] == ("o", MENU_PATH)
    assert values["ItemIsMenu"] == ("b", False)
    pixmaps = values["IconPixmap"][1]
    assert [(w, h, len(data)) for w, h, data in pixmaps] == [
        (size, size, 4 * size * size) for size in SIZES
    ]
    assert pixmaps[0][2][:4] == bytes(4)
    assert pixmaps[0][2][-4:] == bytes((255, 200, 1, 2))


def test_without_a_panel_it_is_said_once(private_bus: PrivateBus) -> None:
    """Nobody who takes icons: told once, and the program goes on."""
    one = shown(private_bus)
    with running(one.icon):
        eventually(lambda: one.hosts)

    assert one.hosts == [False]


def test_a_late_panel_and_its_restart(private_bus: PrivateBus) -> None:
    """The icon is registered with every panel that comes."""
    one = shown(private_bus)
    with running(one.icon):
        eventually(lambda: one.hosts)
        for _ in range(2):
            with private_bus.serving() as bus:
                FakeWatcher(bus)
                eventually(lambda: one.hosts[-1])
            eventually(lambda: not one.hosts[-1])

    assert one.hosts == [False, True, False, True, False]


def test_a_watcher_alone_shows_nothing(private_bus: PrivateBus, panel: Bus) -> None:
    """What takes icons may have nothing that draws them; both changes are told."""
    watcher, one = FakeWatcher(panel, host=False), shown(private_bus)
    with running(one.icon):
        eventually(lambda: one.hosts)
        watcher.change(host=True)
        eventually(lambda: one.hosts[-1])
        watcher.change(host=False)
        eventually(lambda: not one.hosts[-1])

    assert one.hosts == [False, True, False]


def test_it_comes_back_with_the_bus(private_bus: PrivateBus) -> None:
    """After the session bus has died and returned, there is one icon again."""
    one = shown(private_bus)
    with running(one.icon):
        private_bus.stop()
        private_bus.start()
        with private_bus.serving() as bus:
            watcher = FakeWatcher(bus)
            eventually(lambda: watcher.icons)
            (names,) = bus.ask(Call(BUS, BUS_PATH, BUS, "ListNames"))
            icons = {name for name in names if name.startswith(f"{ITEM}-")}

            assert set(watcher.icons) == icons
            assert len(icons) == 1


def test_it_starts_before_there_is_a_bus(private_bus: PrivateBus) -> None:
    """A tray that is started too early gets its icon when the bus comes."""
    private_bus.stop()
    one = shown(private_bus)
    with running(one.icon):
        private_bus.start()
        with private_bus.serving() as bus:
            watcher = FakeWatcher(bus)
            eventually(lambda: watcher.icons)


def test_a_hidden_icon_is_gone_and_comes_back(
    private_bus: PrivateBus, panel: Bus
) -> None:
    """Hiding gives the bus name back; showing asks for one again."""
    watcher, one = FakeWatcher(panel), shown(private_bus)
    with running(one.icon):
        (first,) = eventually(lambda: watcher.icons)
        owned = Call(BUS, BUS_PATH, BUS, "NameHasOwner", "s", (first,))
        one.icon.visible = False
        eventually(lambda: not panel.ask(owned)[0])
        one.icon.visible = True
        eventually(lambda: len(watcher.icons) == 2)


def test_changes_are_told_and_repetitions_are_not(
    private_bus: PrivateBus, panel: Bus
) -> None:
    """A new title, picture or status is a signal each; the same again is none."""
    watcher, one, heard = FakeWatcher(panel), shown(private_bus), list[str]()

    def listen(name: str) -> None:
        panel.subscribe(Match(ITEM, name), lambda _: heard.append(name))

    for name in ("NewTitle", "NewToolTip", "NewIcon", "NewStatus"):
        listen(name)
    with running(one.icon):
        eventually(lambda: watcher.icons)
        one.icon.icon = red
        one.icon.title = "all is well"
        one.icon.status = "Active"
        one.icon.icon = Image.new("RGB", (64, 64), "blue")
        one.icon.title = "a < b"
        one.icon.status = "NeedsAttention"
        eventually(lambda: "NewStatus" in heard)
        tip = ask_property(panel, watcher.icons[0], "ToolTip")

    assert heard == ["NewIcon", "NewTitle", "NewToolTip", "NewStatus"]
    assert tip[2] == "a \u2039 b"


def ask_property(bus: Bus, name: str, member: str) -> Any:  # noqa: ANN401
    """Give a property of the icon."""
    call = Call(name, ITEM_PATH, PROPERTIES, "Get", "ss", (ITEM, member))
    return bus.ask(call)[0][1]


def test_a_click_runs_the_default_row(private_bus: PrivateBus, panel: Bus) -> None:
    """Left and middle click do the one thing that matters; the rest does no harm."""
    watcher, one = FakeWatcher(panel), shown(private_bus)
    with running(one.icon):
        (name,) = eventually(lambda: watcher.icons)
        ask(panel, name, "ProvideXdgActivationToken", "s", "token")
        ask(panel, name, "Activate", "ii", 1, 2)
        ask(panel, name, "SecondaryActivate", "ii", 1, 2)
        ask(panel, name, "ContextMenu", "ii", 1, 2)
        ask(panel, name, "Scroll", "is", 1, "vertical")
        eventually(lambda: len(one.clicks) == 2)

    assert one.icon.activation_token == "token"


def test_without_a_default_row_the_panel_opens_the_menu(
    private_bus: PrivateBus, panel: Bus
) -> None:
    """A left click is refused in the way that makes panels open the menu."""
    watcher = FakeWatcher(panel)
    grey = Row("grey", None, default=True, enabled=False)
    one = Shown(Bus(private_bus.environ), lambda: [grey])
    with running(one.icon):
        (name,) = eventually(lambda: watcher.icons)
        assert ask_property(panel, name, "ItemIsMenu") is True
        with pytest.raises(CannotTell) as caught:
            ask(panel, name, "Activate", "ii", 1, 2)

    assert caught.value.remedy.endswith("UnknownMethod")


def test_a_chosen_row_runs_and_may_end_the_program(
    private_bus: PrivateBus, panel: Bus
) -> None:
    """Clicks arrive through the exported menu; the last row ends `run`."""
    watcher, one = FakeWatcher(panel), shown(private_bus)
    with running(one.icon) as thread:
        (name,) = eventually(lambda: watcher.icons)
        for number in (1, 2):
            event = (number, "clicked", ("i", 0), 0)
            menu = "com.canonical.dbusmenu"
            panel.ask(Call(name, MENU_PATH, menu, "Event", "isvu", event))
        thread.join(10)
        assert not thread.is_alive()

    assert one.clicks == ["login"]


def test_pystrays_notices_work(private_bus: PrivateBus, panel: Bus) -> None:
    """`notify` and `remove_notification` do what pystray says."""
    server, one = FakeServer(panel), shown(private_bus)
    with running(one.icon):
        one.icon.notify("something happened")
        assert server.wait(1)[3:5] == ("all is well", "something happened")
        one.icon.remove_notification()
        eventually(lambda: server.closed)


def test_many_threads_may_change_it(private_bus: PrivateBus, panel: Bus) -> None:
    """Eight threads that change everything at once leave a working icon."""
    watcher, one = FakeWatcher(panel), shown(private_bus)

    def change(number: int) -> None:
        for turn in range(30):
            one.icon.title = f"{number} {turn}"
            one.icon.icon = Image.new("RGB", (16, 16), (number, turn, 0))
            one.icon.menu = Menu(Row(f"{number} {turn}", None))

    with running(one.icon):
        (name,) = eventually(lambda: watcher.icons)
        threads = [threading.Thread(target=change, args=(n,)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert ask_property(panel, name, "Title") == one.icon.title


def test_an_icon_without_a_menu(private_bus: PrivateBus, panel: Bus) -> None:
    """No menu is an empty menu."""
    watcher = FakeWatcher(panel)
    icon = Icon("bare", red, bus=Bus(private_bus.environ))
    with running(icon):
        (name,) = eventually(lambda: watcher.icons)
        call = Call(
            name, MENU_PATH, "com.canonical.dbusmenu", "GetLayout", "iias", (0, -1, [])
        )
        assert panel.ask(call)[1][2] == []


def test_it_may_run_in_a_thread_of_its_own(private_bus: PrivateBus, panel: Bus) -> None:
    """`run_detached` returns at once."""
    watcher, one = FakeWatcher(panel), shown(private_bus)
    one.icon.run_detached()

    eventually(lambda: watcher.icons)
    one.icon.stop()
    eventually(lambda: not one.own.connected)
