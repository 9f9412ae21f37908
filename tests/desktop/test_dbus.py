"""One connection to the session bus: reached, served, lost and reached again."""

from __future__ import annotations

import logging
import socket
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.desktop.fake_session import (
    THING,
    THING_PATH,
    PrivateBus,
    call_thing,
    eventually,
    own,
    thing,
)
from tray.core.errors import CannotTell
from tray.desktop.dbus import DISCONNECTED, Bus, Call, Match, NoDesktopBus, Reply
from tray.desktop.exports import Interface, Method
from tray.desktop.wire import BUS, BUS_PATH, Wire, addresses

LIST = Call(BUS, BUS_PATH, BUS, "ListNames")


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, []),
        ({"XDG_RUNTIME_DIR": "/run/user/7"}, ["/run/user/7/bus"]),
        ({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/a%20b,guid=1"}, ["/a b"]),
        ({"DBUS_SESSION_BUS_ADDRESS": "unix:abstract=/tmp/x"}, ["\0/tmp/x"]),
        ({"DBUS_SESSION_BUS_ADDRESS": "autolaunch:a=b"}, []),
        ({"DBUS_SESSION_BUS_ADDRESS": "nonsense"}, []),
        (
            {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/a", "XDG_RUNTIME_DIR": "/r"},
            ["/a", "/r/bus"],
        ),
    ],
)
def test_the_bus_is_found(environ: dict[str, str], expected: list[str]) -> None:
    """The variable comes first, then the usual place; nonsense is no error."""
    assert list(addresses(environ, "session")) == expected


def test_the_system_bus_is_found() -> None:
    """The system bus has a variable and a place of its own."""
    found = list(addresses({"DBUS_SYSTEM_BUS_ADDRESS": "unix:path=/s"}, "system"))

    assert found[0] == "/s"
    assert found[-1].startswith("/var/run/dbus/")


@pytest.mark.parametrize("environ", [{}, {"DBUS_SESSION_BUS_ADDRESS": "unix:path=/0"}])
def test_no_bus_is_said_with_a_remedy(environ: dict[str, str]) -> None:
    """Without a bus people learn what to do, and nothing of the library's errors."""
    with pytest.raises(NoDesktopBus) as caught:
        Bus(environ).run()

    assert caught.value.remedy
    assert caught.value.__cause__ is None


def test_a_socket_that_is_no_bus_is_refused(tmp_path: Path) -> None:
    """A stale file in the bus's place is the same as no bus."""
    (tmp_path / "bus").touch()

    with pytest.raises(NoDesktopBus):
        Bus({"XDG_RUNTIME_DIR": str(tmp_path)}).open()


@pytest.mark.parametrize("piece", [b"\xff" * 64, b"l\1\0\1" + b"\7" * 200])
def test_nonsense_from_the_bus_is_a_bus_that_is_gone(piece: bytes) -> None:
    """Bytes that are no message end the connection, not the thread that reads it."""
    theirs, ours = socket.socketpair()
    with theirs, closing(Wire(ours)) as wire:
        theirs.sendall(piece)
        theirs.shutdown(socket.SHUT_WR)

        with pytest.raises(NoDesktopBus):
            wire.receive(1.0)


def test_a_call_is_answered(private_bus: PrivateBus) -> None:
    """What one asks comes back, to a waiting thread and to a callback."""
    replies: list[Reply] = []
    with private_bus.serving() as bus:
        assert BUS in bus.ask(LIST)[0]
        bus.call(LIST, replies.append)
        eventually(lambda: replies)

    assert BUS in replies[0].body[0]


def test_an_error_is_an_answer(private_bus: PrivateBus) -> None:
    """A service that is missing gives an error's name, or `CannotTell`."""
    with private_bus.serving() as bus, pytest.raises(CannotTell) as caught:
        bus.ask(call_thing("Echo", "s", "hello"))

    assert "ServiceUnknown" in caught.value.remedy


def test_without_a_connection_nothing_hangs() -> None:
    """Calls are answered at once, signals are dropped."""
    bus, replies = Bus({}), list[Reply]()
    bus.export(THING_PATH, thing())

    bus.call(LIST, replies.append)
    bus.call(LIST)
    bus.emit(THING_PATH, THING, "Changed", ("x",))

    assert replies == [Reply(error=DISCONNECTED)]


def test_stop_before_serve_is_not_forgotten(private_bus: PrivateBus) -> None:
    """A program that is told to end while it starts does end."""
    bus = Bus(private_bus.environ)
    bus.stop()

    bus.serve()

    assert not bus.connected


def test_signals_are_heard(private_bus: PrivateBus) -> None:
    """Only the signals that were asked for arrive."""
    heard: list[object] = []
    with private_bus.serving() as ours, private_bus.serving() as bus:
        ours.export(THING_PATH, thing())
        bus.subscribe(Match(THING, "Changed", arg0="yes"), heard.append)
        bus.ask(LIST)  # the bus has read the wish before
        for word in ("no", "yes"):
            ours.emit(THING_PATH, THING, "Changed", (word,))
        eventually(lambda: heard)

    assert heard == [("yes",)]


def test_names_are_watched(private_bus: PrivateBus) -> None:
    """A service that comes and goes is noticed."""
    owners: list[str] = []
    with private_bus.serving() as bus:
        bus.watch_name(THING, owners.append)
        bus.ask(LIST)
        with private_bus.serving() as ours:
            own(ours, THING)
        eventually(lambda: len(owners) == 2)

    assert owners[0].startswith(":")
    assert owners[1] == ""


def test_it_comes_back_with_the_bus(private_bus: PrivateBus) -> None:
    """After the bus has died and returned, calls, signals and hooks work again."""
    told: list[str] = []
    with private_bus.serving() as bus:
        bus.attach(lambda: told.append("here"), lambda: told.append("gone"))
        bus.subscribe(Match(THING, "Changed"), lambda body: told.append(*body))
        private_bus.stop()
        eventually(lambda: "gone" in told)
        private_bus.start()
        eventually(lambda: told.count("here") == 2)
        with private_bus.serving() as ours:
            ours.export(THING_PATH, thing())
            bus.ask(LIST)
            ours.emit(THING_PATH, THING, "Changed", ("again",))
            eventually(lambda: "again" in told)

    assert told == ["here", "gone", "here", "again", "gone"]


def test_calls_under_way_are_answered_when_the_bus_dies(
    private_bus: PrivateBus,
) -> None:
    """Nobody waits for a dead bus."""
    replies: list[Reply] = []
    arrived, free = threading.Event(), threading.Event()

    def slow() -> tuple[()]:
        arrived.set()
        free.wait(10)
        return ()

    with private_bus.serving() as ours, private_bus.serving() as bus:
        ours.export(THING_PATH, Interface(THING, {"Slow": Method("", "", slow)}, {}))
        own(ours, THING)
        bus.call(call_thing("Slow"), replies.append)
        assert arrived.wait(10)
        private_bus.stop()
        eventually(lambda: replies)
        free.set()

    assert replies == [Reply(error=DISCONNECTED)]


def test_attempts_are_spaced(caplog: pytest.LogCaptureFixture) -> None:
    """Without a bus there is no busy loop, and people read it in the log once."""
    caplog.set_level(logging.DEBUG)
    bus = Bus({}, pauses=(0.01, 0.02, 30))
    thread = threading.Thread(target=bus.serve)
    thread.start()
    time.sleep(0.3)
    bus.stop()
    thread.join(5)

    levels = [record.levelname for record in caplog.records]
    assert not thread.is_alive()
    assert levels == ["WARNING", "DEBUG", "DEBUG"]


def test_reconnecting_leaves_nothing_open(private_bus: PrivateBus) -> None:
    """Forty connections later as many files are open as before."""

    def once() -> None:
        with private_bus.serving() as bus:
            bus.ask(LIST)

    once()
    before = len(list(Path("/proc/self/fd").iterdir()))
    for _ in range(40):
        once()

    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_jobs_run_in_order_and_one_fault_ends_nothing(
    private_bus: PrivateBus, caplog: pytest.LogCaptureFixture
) -> None:
    """Callbacks run after each other, off the bus thread; a fault is logged."""
    names: list[str] = []
    with private_bus.serving() as bus:
        bus.later(lambda: names.append(threading.current_thread().name))
        bus.later(lambda: names.append(str(1 / 0)))
        bus.later(lambda: names.append("last"))

    assert names == ["tray-callbacks", "last"]
    assert "ZeroDivisionError" in caplog.text


def test_many_threads_may_talk(private_bus: PrivateBus) -> None:
    """Eight threads at once get each their own answer."""
    wrong: list[int] = []

    def talk(bus: Bus, number: int) -> None:
        for index in range(50):
            text = f"{number}-{index}" * 200
            if bus.ask(call_thing("Echo", "s", text)) != (text,):
                wrong.append(index)

    with private_bus.serving() as ours, private_bus.serving() as bus:
        ours.export(THING_PATH, thing())
        own(ours, THING)
        threads = [threading.Thread(target=talk, args=(bus, n)) for n in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)

    assert wrong == []
