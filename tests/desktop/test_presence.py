"""Whether somebody is at the screen, as the services of a Linux desktop tell it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desktop.fake_session import PrivateBus, eventually, own
from tests.fakes.presence import FakeApi, FakeQuartz, FakeService
from tray.core.presence import PRESENT, Presence
from tray.desktop.dbus import Bus
from tray.desktop.packets import Packet
from tray.desktop.presence import Sensor, open_presence, together
from tray.desktop.presence_logind import Logind
from tray.desktop.presence_macos import MacPresence
from tray.desktop.presence_saver import REST, Inhibition, ScreenSavers
from tray.desktop.presence_windows import WindowsPresence

assert sys.platform == "linux"

MS = timedelta(milliseconds=1)
LOGIND = "org.freedesktop.login1"
SAVER = "org.gnome.ScreenSaver"
MUTTER = "org.gnome.Mutter.IdleMonitor"
NOTICES = "org.freedesktop.Notifications"
XFCONF = "org.xfce.Xfconf"


@pytest.fixture
def private(tmp_path: Path) -> Iterator[PrivateBus]:
    """Give a bus with nobody on it."""
    bus = PrivateBus(tmp_path)
    bus.start()
    yield bus
    bus.stop()


class Changes:
    """Counts the calls of `on_change`."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        """Count one."""
        self.count += 1


def logind(server: Bus, *, locked: bool = False) -> FakeService:
    """Be systemd-logind with one session."""
    service = FakeService(
        server, LOGIND, "/org/freedesktop/login1", f"{LOGIND}.Manager"
    )
    service.answers = {
        "GetSession": ("s", "o", ("/session/c1",)),
        "GetUser": ("u", "o", ("/user/_0",)),
    }
    service.signals = {"PrepareForSleep": "b"}
    service.export()
    session = FakeService(server, "", "/session/c1", f"{LOGIND}.Session")
    session.properties = {"LockedHint": ("b", locked)}
    session.export()
    user = FakeService(server, "", "/user/_0", f"{LOGIND}.User")
    user.properties = {"Display": ("(so)", ("c1", "/session/c1"))}
    user.export()
    own(server, LOGIND)
    return service


def hint_changed(server: Bus, *, locked: bool) -> None:
    """Say that the session is locked, or no longer."""
    wire = server._wire
    assert wire is not None
    packet = Packet(
        type="signal",
        path="/session/c1",
        interface="org.freedesktop.DBus.Properties",
        member="PropertiesChanged",
        signature="sa{sv}as",
        body=(f"{LOGIND}.Session", {"LockedHint": ("b", locked)}, []),
    )
    wire.send(packet, wire.next_serial())


@pytest.mark.parametrize("environ", [{"XDG_SESSION_ID": "c1"}, {}])
def test_a_locked_session(private: PrivateBus, environ: dict[str, str]) -> None:
    """Found by its id or as the user's screen; what it says now and later counts."""
    changes = Changes()
    with private.serving() as server, private.serving() as bus:
        logind(server, locked=True)
        found = Logind(bus, environ, changes)
        eventually(lambda: found.look() == Presence(locked=True))
        hint_changed(server, locked=False)
        eventually(lambda: found.look() == PRESENT)

    assert changes.count == 2


def test_sleep_and_wake_are_announced(private: PrivateBus) -> None:
    """Going to sleep holds notices back; waking up is told at once."""
    changes = Changes()
    with private.serving() as server, private.serving() as bus:
        service = logind(server)
        found = Logind(bus, {}, changes)
        service.emit("PrepareForSleep", (True,))
        eventually(lambda: found.look() == Presence(asleep=True))
        service.emit("PrepareForSleep", (False,))
        eventually(lambda: found.look() == PRESENT)

    assert changes.count == 2


def test_a_session_id_that_means_nothing(private: PrivateBus) -> None:
    """After `su` the id is another's: then the user's own screen is asked for."""
    with private.serving() as server, private.serving() as bus:
        service = logind(server, locked=True)
        service.refuse("GetSession")
        found = Logind(bus, {"XDG_SESSION_ID": "gone"}, Changes())
        eventually(lambda: found.look() == Presence(locked=True))
        service.refuse("GetUser")
        again = Logind(bus, {}, Changes())
        eventually(lambda: service.asked.count("GetUser") == 2)

        assert again.look() == PRESENT


def test_without_logind_somebody_is_there(private: PrivateBus) -> None:
    """No service, and no bus at all: present, at once."""
    with private.serving() as bus:
        assert Logind(bus, {}, Changes()).look() == PRESENT
    sensor = open_presence({"DBUS_SYSTEM_BUS_ADDRESS": "x:"}, None, Changes())
    sensor.start()
    eventually(lambda: sensor.look() == PRESENT)
    sensor.stop()


def saver(server: Bus, *, active: bool) -> FakeService:
    """Be a screen saver."""
    service = FakeService(server, SAVER, "/org/gnome/ScreenSaver", SAVER)
    service.answers = {"GetActive": ("", "b", (active,))}
    service.signals = {"ActiveChanged": "b"}
    service.export()
    own(server, SAVER)
    return service


def test_a_screen_saver(private: PrivateBus) -> None:
    """On at the start, off, on, and gone: each is told."""
    changes = Changes()
    with private.serving() as bus:
        with private.serving() as server:
            service = saver(server, active=True)
            found = ScreenSavers(bus, changes)
            eventually(lambda: found.look().locked)
            service.emit("ActiveChanged", (False,))
            eventually(lambda: not found.look().locked)
            service.emit("ActiveChanged", (True,))
            eventually(lambda: found.look().locked)
        eventually(lambda: not found.look().locked)

    assert changes.count == 4


def idle_monitor(server: Bus) -> FakeService:
    """Be GNOME's idle monitor, after three seconds of nothing."""
    path = "/org/gnome/Mutter/IdleMonitor/Core"
    service = FakeService(server, MUTTER, path, MUTTER)
    service.answers = {"GetIdletime": ("", "t", (3000,))}
    service.export()
    own(server, MUTTER)
    return service


def test_idle_time_is_asked_for(private: PrivateBus) -> None:
    """Where the desktop tells it, how long nothing was touched is known."""
    with private.serving() as server, private.serving() as bus:
        idle_monitor(server)
        found = ScreenSavers(bus, Changes())

        assert found.look() == Presence(idle_for=3000 * MS)


def test_a_service_that_hangs_is_left_alone_for_a_while(private: PrivateBus) -> None:
    """A notice does not wait for it twice; later it gets another chance."""
    with private.serving() as server, private.serving() as bus:
        service = idle_monitor(server)
        found = ScreenSavers(bus, Changes())
        service.gate.clear()
        assert found.look() == PRESENT
        assert [found.look() for _ in range(REST)] == [PRESENT] * REST
        service.gate.set()
        asked = len(service.asked)
        eventually(lambda: found.look() == Presence(idle_for=3000 * MS))

    assert asked == 1


def test_do_not_disturb_on_kde(private: PrivateBus) -> None:
    """Plasma's notification server says whether notices are held back."""
    with private.serving() as server, private.serving() as bus:
        path = "/org/freedesktop/Notifications"
        service = FakeService(server, NOTICES, path, NOTICES)
        service.properties = {"Inhibited": ("b", True)}
        service.export()
        own(server, NOTICES)
        found = Inhibition(bus)
        assert found.look() == Presence(do_not_disturb=True)
        service.properties = {"Inhibited": ("b", False)}

        assert found.look() == PRESENT


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(("b", True), True), (("b", False), False), (("s", "x"), False)],
)
def test_do_not_disturb_on_xfce(
    private: PrivateBus, answer: tuple[str, object], *, expected: bool
) -> None:
    """Xfce keeps it as a setting; anything strange there means that all is well."""
    with private.serving() as server, private.serving() as bus:
        service = FakeService(server, XFCONF, "/org/xfce/Xfconf", XFCONF)
        service.answers = {"GetProperty": ("ss", "v", (answer,))}
        service.export()
        own(server, XFCONF)

        assert Inhibition(bus).look().do_not_disturb is expected


def test_whoever_saw_the_last_key_is_right() -> None:
    """Several sources together: any lock counts, and the shortest idle time."""
    assert together([]) == PRESENT
    assert together(
        [
            Presence(locked=True, idle_for=9 * MS),
            Presence(asleep=True),
            Presence(do_not_disturb=True, idle_for=4 * MS),
        ]
    ) == Presence(locked=True, asleep=True, do_not_disturb=True, idle_for=4 * MS)


class Broken:
    """A source that throws."""

    def look(self) -> Presence:
        """Throw."""
        raise KeyError


def test_a_broken_source_is_logged_and_means_present(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """What decorates never kills."""
    assert Sensor([Broken()]).look() == PRESENT
    assert "could not be told" in caplog.text


def test_the_whole_sensor_of_a_desktop(private: PrivateBus) -> None:
    """Both buses together; it starts, looks and ends without a thread left."""
    changes, before = Changes(), threading.active_count()
    (address,) = private.environ.values()
    environ = {"DBUS_SYSTEM_BUS_ADDRESS": address, "XDG_SESSION_ID": "c1"}
    with private.serving() as server, private.serving() as bus:
        logind(server, locked=True)
        idle_monitor(server)
        sensor = open_presence(environ, bus, changes)
        sensor.start()
        assert sensor.look() == Presence(settling=True)
        expected = Presence(locked=True, idle_for=3000 * MS)
        eventually(lambda: sensor.look() == expected)
        sensor.stop()
    eventually(lambda: threading.active_count() <= before)

    assert changes.count == 2  # locked; settled


def test_windows() -> None:
    """Idle time over the count's new beginning, a locked desktop, quiet time."""
    api = FakeApi(last=(1 << 32) - 500, now=1500, state=6)
    assert WindowsPresence(api).look() == Presence(
        do_not_disturb=True, idle_for=2000 * MS
    )
    assert api.closed == [1]
    locked = FakeApi(last=0, now=0, state=5, desktop=0, knows=False)
    assert WindowsPresence(locked).look() == Presence(locked=True)


def test_macos() -> None:
    """Idle seconds and the screen's lock, as Quartz tells them."""
    assert MacPresence(FakeQuartz(2.5, None)).look() == Presence(idle_for=2500 * MS)
    session = {"CGSSessionScreenIsLocked": 1}
    assert MacPresence(FakeQuartz(0, session)).look() == Presence(
        locked=True, idle_for=timedelta()
    )
