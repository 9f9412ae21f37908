"""Our icon on a session bus, as a panel sees it."""

from __future__ import annotations

from PIL import Image

from tests.desktop.fake_session import (
    FakeWatcher,
    PrivateBus,
    eventually,
)
from tests.desktop.shown_icon import (
    PROPERTIES,
    ask_property,
    red,
    running,
    shown,
)
from tray.desktop.dbus import Bus, Call, Match
from tray.desktop.statusnotifier import ITEM, ITEM_PATH, MENU_PATH, SIZES
from tray.desktop.wire import BUS, BUS_PATH


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

            assert len(watcher.icons) == 1
            assert len([name for name in names if name.startswith(f"{ITEM}-")]) == 1


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
    """Hiding gives the bus name back and asks panels to hide it; showing undoes it."""
    watcher, one = FakeWatcher(panel), shown(private_bus)
    with running(one.icon):
        (name,) = eventually(lambda: watcher.icons)
        assert ask_property(panel, name, "Status") == "Active"
        one.icon.visible = False
        assert ask_property(panel, name, "Status") == "Passive"
        (names,) = panel.ask(Call(BUS, BUS_PATH, BUS, "ListNames"))
        assert not any(other.startswith(f"{ITEM}-") for other in names)
        one.icon.visible = True
        eventually(lambda: len(watcher.icons) == 2)
        assert ask_property(panel, name, "Status") == "Active"


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
