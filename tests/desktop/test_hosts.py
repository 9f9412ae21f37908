"""Panels that come late, restart, crowd, or can do less than others."""

from __future__ import annotations

import threading
import time

import pytest

from tests.desktop.fake_session import (
    PAUSES,
    FakeServer,
    FakeWatcher,
    PrivateBus,
    eventually,
    own,
)
from tests.desktop.shown_icon import ask, red, running, shown
from tray.core.errors import CannotTell
from tray.core.wording.hosts import NO_MENU
from tray.desktop.dbus import DISCONNECTED, Bus, Call, Reply
from tray.desktop.dbusmenu import NAME as MENU
from tray.desktop.exports import Interface, Method
from tray.desktop.hosts import HostTeller, host_there
from tray.desktop.statusnotifier import MENU_PATH, WATCHER, WATCHER_PATH, Icon
from tray.desktop.wire import BUS

PATIENT = 0.3


def patient(private_bus: PrivateBus, hosts: list[bool]) -> Icon:
    """Give an icon that waits a little before it misses a panel."""
    bus = Bus(private_bus.environ, pauses=PAUSES)
    return Icon("demo", red, "T", bus=bus, on_host=hosts.append, patience=PATIENT)


def take_icon(private_bus: PrivateBus) -> None:
    """Be a panel until there is an icon, and crash."""
    with private_bus.serving() as panel:
        watcher = FakeWatcher(panel)
        eventually(lambda: watcher.icons)


def test_a_panel_that_restarts_is_not_missed(private_bus: PrivateBus) -> None:
    """Neither a panel that comes after us nor one that restarts is worth a word."""
    hosts = list[bool]()
    with running(patient(private_bus, hosts)):
        for _ in range(3):
            take_icon(private_bus)
        with private_bus.serving() as panel:
            FakeWatcher(panel)
            time.sleep(2 * PATIENT)

    assert hosts == [True]


def test_a_panel_that_stays_away_is_missed_once(private_bus: PrivateBus) -> None:
    """Said after a while, and once; the one that comes at last is welcome."""
    hosts = list[bool]()
    with running(patient(private_bus, hosts)):
        began = time.monotonic()
        eventually(lambda: hosts)
        waited = time.monotonic() - began
        time.sleep(2 * PATIENT)
        with private_bus.serving() as panel:
            FakeWatcher(panel)
            eventually(lambda: hosts == [False, True])

    assert waited > PATIENT / 2


def test_a_bus_that_dies_is_not_a_missing_panel(private_bus: PrivateBus) -> None:
    """While nothing can be known nothing is said; with the bus the icon is back."""
    hosts = list[bool]()
    with running(patient(private_bus, hosts)):
        with private_bus.serving() as panel:
            FakeWatcher(panel)
            eventually(lambda: hosts)
            private_bus.stop()
            time.sleep(2 * PATIENT)
            assert hosts == [True]
            private_bus.start()
        with private_bus.serving() as panel:
            watcher = FakeWatcher(panel)
            eventually(lambda: watcher.icons)

    assert hosts == [True]


def test_nothing_is_left_of_a_wait() -> None:
    """A teller that is told to know nothing keeps no thread and says nothing."""
    told = list[bool]()
    teller = HostTeller(told.append, patience=0.05)
    before = threading.active_count()
    teller.heard(there=False)
    teller.heard(there=False)
    assert threading.active_count() == before + 1
    teller.unknown()
    eventually(lambda: threading.active_count() == before)

    assert told == []


def test_many_hosts_register(private_bus: PrivateBus, panel: Bus) -> None:
    """A crowd of hosts that come and go is one icon, and one fact."""
    watcher, one = FakeWatcher(panel), shown(private_bus)
    with running(one.icon):
        eventually(lambda: one.hosts)
        for _ in range(300):
            watcher.change(host=True)
        (name,) = watcher.icons
        ask(panel, name, "Scroll", "is", 1, "vertical")  # all before it was heard
        time.sleep(0.2)

    assert one.hosts == [True]
    assert len(watcher.icons) == 1


@pytest.mark.parametrize(
    ("reply", "there"),
    [
        (Reply((("b", True),)), True),
        (Reply((("b", False),)), False),
        (Reply((("s", "yes"),)), True),
        (Reply(("yes",)), True),
        (Reply(()), True),
        (Reply(error=f"{BUS}.Error.UnknownProperty"), True),
        (Reply(error=f"{BUS}.Error.ServiceUnknown"), None),
        (Reply(error=f"{BUS}.Error.NoReply"), None),
        (Reply(error=DISCONNECTED), None),
    ],
)
def test_what_watchers_say(reply: Reply, there: bool | None) -> None:  # noqa: FBT001
    """Only a plain no is a no; what is gone says nothing."""
    assert host_there(reply) is there


def test_a_watcher_that_refuses_icons(
    private_bus: PrivateBus, panel: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    """It counts as no panel, and nothing fails."""
    table = {"RegisterStatusNotifierItem": Method("ss", "", lambda _a, _b: ())}
    panel.export(WATCHER_PATH, Interface(WATCHER, table, {}))
    own(panel, WATCHER)
    one = shown(private_bus)
    with running(one.icon):
        eventually(lambda: one.hosts)

    assert one.hosts == [False]
    assert caplog.records == []


def wait_for(watcher: FakeWatcher, count: int) -> None:
    """Wait until an icon has come so often."""
    eventually(lambda: len(watcher.icons) == count)


def test_a_panel_that_drops_the_icon(private_bus: PrivateBus, panel: Bus) -> None:
    """It gets the icon again, some times; what it says of other icons is no matter."""
    watcher, one = FakeWatcher(panel), shown(private_bus)
    with running(one.icon):
        (name,) = eventually(lambda: watcher.icons)
        for count, form in enumerate((name, f"{name}@/X", f"{name}/X"), 2):
            watcher.drop(form)
            wait_for(watcher, count)
        watcher.drop(":9.99")
        watcher.drop("")
        for _ in range(10):
            watcher.drop(name)
            ask(panel, name, "Scroll", "is", 1, "vertical")
            time.sleep(0.02)

    assert watcher.icons == [name] * 6


def test_a_host_without_menus(private_bus: PrivateBus, panel: Bus) -> None:
    """Its right click can only ask us for a menu: said once what helps."""
    watcher, one = FakeWatcher(panel), shown(private_bus)
    with private_bus.serving() as desktop, running(one.icon):
        server = FakeServer(desktop)
        (name,) = eventually(lambda: watcher.icons)
        ask(panel, name, "Activate", "ii", 1, 2)
        for _ in range(3):
            ask(panel, name, "ContextMenu", "ii", 1, 2)
        server.wait(1)
        time.sleep(0.1)

    assert [notice[3:5] for notice in server.notices] == [NO_MENU]
    assert one.clicks == ["login"]


def test_a_host_with_menus_is_left_alone(private_bus: PrivateBus, panel: Bus) -> None:
    """One that has read the menu may ask for what it likes."""
    watcher, one = FakeWatcher(panel), shown(private_bus)
    with private_bus.serving() as desktop, running(one.icon):
        server = FakeServer(desktop)
        (name,) = eventually(lambda: watcher.icons)
        panel.ask(Call(name, MENU_PATH, MENU, "GetLayout", "iias", (0, 1, [])))
        ask(panel, name, "ContextMenu", "ii", 1, 2)
        time.sleep(0.1)

    assert server.notices == []


def test_a_click_on_a_row_that_is_gone(
    private_bus: PrivateBus, panel: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    """It is refused without a word in the log; the rows that are there work."""
    watcher, one = FakeWatcher(panel), shown(private_bus)
    with running(one.icon):
        (name,) = eventually(lambda: watcher.icons)
        for number in (99, -1, 2**31 - 1):
            for member, signature, body in (
                ("Event", "isvu", (number, "clicked", ("i", 0), 0)),
                ("EventGroup", "a(isvu)", ([(number, "clicked", ("i", 0), 0)],)),
                ("AboutToShow", "i", (number,)),
                ("GetLayout", "iias", (number, -1, [])),
            ):
                with pytest.raises(CannotTell):
                    panel.ask(Call(name, MENU_PATH, MENU, member, signature, body))
        event = (1, "clicked", ("i", 0), 0)
        panel.ask(Call(name, MENU_PATH, MENU, "Event", "isvu", event))
        eventually(lambda: one.clicks)

    assert one.clicks == ["login"]
    assert caplog.records == []
