"""What people do with our icon, and what a program does with it meanwhile."""

from __future__ import annotations

import threading

import pytest
from PIL import Image

from tests.desktop.fake_session import (
    FakeServer,
    FakeWatcher,
    PrivateBus,
    eventually,
)
from tests.desktop.shown_icon import (
    Shown,
    ask,
    ask_property,
    red,
    running,
    shown,
)
from tray.core.errors import CannotTell
from tray.desktop.dbus import Bus, Call
from tray.desktop.statusnotifier import MENU_PATH, Icon
from tray.desktop.toolkit import Menu, Row


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
