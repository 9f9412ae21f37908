"""Notification servers that die, lie, dawdle or talk nonsense end nothing of ours."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.desktop.fake_session import PrivateBus, eventually
from tests.desktop.odd_servers import Noticing, OddServer, server_of
from tray.desktop.exports import CallRefused
from tray.desktop.notices import PATH, SERVER
from tray.desktop.packets import Payload


@pytest.fixture
def ours(private_bus: PrivateBus) -> Iterator[Noticing]:
    """Give a notifier on a connection, with no icon."""
    with private_bus.serving() as bus:
        yield Noticing(bus)


def refuse() -> Payload:
    """Answer with an error."""
    raise CallRefused("org.example.Error.No", "not today")


def test_a_server_that_dies_before_the_click(
    ours: Noticing, private_bus: PrivateBus
) -> None:
    """The next server shows the notice again, and its button is heard."""
    with server_of(private_bus, first := OddServer()):
        ours.show("It ends.")
        first.wait("It ends.")
        ours.settle()
    with server_of(private_bus, second := OddServer(shown=("u", lambda: (7,)))) as bus:
        second.wait("It ends.")
        ours.settle()
        for number in (101, 0, 7):  # the old server's, nobody's, and the new one's
            bus.emit(PATH, SERVER, "ActionInvoked", (number, "login"))
        eventually(lambda: ours.pressed)
        ours.settle()

    assert ours.pressed == [("one", "login")]


def test_a_notice_that_servers_die_of_is_let_go(
    ours: Noticing, private_bus: PrivateBus
) -> None:
    """What two servers died with is not tried on a third; another text is."""
    for _ in range(2):
        with server_of(private_bus, server := OddServer()):
            ours.show("deadly")
            server.wait("deadly")
            ours.settle()
    with server_of(private_bus, server := OddServer()):
        ours.show("harmless", key="two")
        server.wait("harmless")
        ours.show("mended")
        server.wait("harmless", "mended")


def test_a_withdrawn_notice_does_not_come_back(
    ours: Noticing, private_bus: PrivateBus
) -> None:
    """What stopped being true while there was no server is not shown by the next."""
    with server_of(private_bus, server := OddServer()):
        ours.show("old")
        server.wait("old")
        ours.settle()
    ours.notifier.withdraw("one")
    with server_of(private_bus, server := OddServer()):
        ours.show("new", key="two")
        server.wait("new")


def test_a_server_that_promises_buttons_and_has_none(
    ours: Noticing, private_bus: PrivateBus
) -> None:
    """Nobody is waited for: the notice is replaced and withdrawn as any other."""
    with server_of(private_bus, server := OddServer()):
        ours.show("5 min")
        server.wait("5 min")
        ours.settle()
        ours.show("4 min")
        server.wait("5 min", "4 min")
        ours.settle()
        ours.notifier.withdraw("one")
        eventually(lambda: server.closed)

    assert server.notices[1][1] == 101
    assert server.closed == [101]


@pytest.mark.parametrize(
    "capabilities",
    [
        ("as", lambda: ([],)),
        ("", lambda: ()),
        ("s", lambda: ("actions",)),
        ("i", lambda: (5,)),
        ("aas", lambda: ([["actions"], []],)),  # codespell:ignore
    ],
)
def test_a_server_that_denies_its_buttons(
    ours: Noticing, private_bus: PrivateBus, capabilities: tuple[str, Any]
) -> None:
    """The text tells another way; a button that is pressed all the same counts.

    No list of capabilities is taken as an empty one.
    """
    with server_of(private_bus, server := OddServer(capabilities=capabilities)) as bus:
        ours.show("It ends.")
        server.wait("It ends. Use the menu.")
        ours.settle()
        bus.emit(PATH, SERVER, "ActionInvoked", (101, "snooze"))
        eventually(lambda: ours.pressed)

    assert ours.pressed == [("one", "snooze")]


@pytest.mark.parametrize(
    "information",
    [("", lambda: ()), ("i", lambda: (1,)), ("as", lambda: (["x"],)), ("s", refuse)],
)
def test_a_server_without_a_name(
    ours: Noticing, private_bus: PrivateBus, information: tuple[str, Any]
) -> None:
    """A server that can't say what it is shows notices all the same."""
    with server_of(private_bus, server := OddServer(information=information)):
        ours.show("It ends.")
        server.wait("It ends.")


def test_a_server_that_answers_late(ours: Noticing, private_bus: PrivateBus) -> None:
    """Nobody waits; when it answers, only what still holds is shown."""
    gate = threading.Event()

    def late() -> Payload:
        gate.wait(20)
        return (["actions"],)

    with server_of(private_bus, server := OddServer(capabilities=("as", late))):
        began = time.monotonic()
        for minute in range(60):
            ours.show(f"{60 - minute} min")
            ours.show("gone", key="two")
            ours.notifier.withdraw("two")
        assert time.monotonic() - began < 1
        gate.set()
        server.wait("1 min")
        ours.settle()

    assert server.bodies == ["1 min"]
    assert server.asked == 1


def test_a_server_that_is_replaced_while_it_dawdles(
    ours: Noticing, private_bus: PrivateBus
) -> None:
    """Another server takes over: it is asked, and the first one's answers are void."""
    gate = threading.Event()

    def late() -> Payload:
        gate.wait(20)
        return (["body-markup"],)

    slow, quick = OddServer(capabilities=("as", late)), OddServer()
    with private_bus.serving() as bus:
        slow.start(bus)
        ours.show("a & b")
        eventually(lambda: slow.asked)
        give_away(ours, bus)
        with server_of(private_bus, quick):
            quick.wait("a & b")
            gate.set()
            ours.settle()

    assert slow.notices == []
    assert quick.bodies == ["a & b"]


def give_away(ours: Noticing, bus: Any) -> None:  # noqa: ANN401
    """Make a server give its name away while it still lives."""
    from tray.desktop.packets import Call
    from tray.desktop.wire import BUS, BUS_PATH

    bus.call(Call(BUS, BUS_PATH, BUS, "ReleaseName", "s", (SERVER,)))
    owned = Call(BUS, BUS_PATH, BUS, "NameHasOwner", "s", (SERVER,))
    eventually(lambda: not ours.bus.ask(owned)[0])


def test_a_server_that_refuses_notices(
    ours: Noticing, private_bus: PrivateBus, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once; the same text is tried twice and no more, another one is."""
    with server_of(private_bus, server := OddServer(shown=("u", refuse))):
        ours.show("refused")
        server.wait("refused")
        ours.settle()
        for number in range(3):
            ours.show("other", key=f"other {number}")
            ours.settle()
        ours.show("new text")
        ours.settle()

    assert server.bodies.count("refused") == 2
    assert server.bodies[-1] == "new text"
    assert [r.levelname for r in caplog.records] == ["WARNING"]


def test_a_server_that_can_not_say_what_it_can(
    ours: Noticing, private_bus: PrivateBus, caplog: pytest.LogCaptureFixture
) -> None:
    """An error there counts as no server: said once, asked again with each notice."""
    with server_of(private_bus, server := OddServer(capabilities=("as", refuse))):
        for number in range(3):
            ours.show(f"text {number}")
            ours.settle()

    assert server.notices == []
    assert server.asked == 3
    assert len(caplog.records) == 1


@pytest.mark.parametrize(
    "shown",
    [
        ("u", lambda: (0,)),
        ("i", lambda: (-1,)),
        ("s", lambda: ("101",)),
        ("as", lambda: (["101"],)),
        ("t", lambda: (2**40,)),
        ("", lambda: ()),
    ],
)
def test_a_notice_without_a_number(
    ours: Noticing,
    private_bus: PrivateBus,
    caplog: pytest.LogCaptureFixture,
    shown: tuple[str, Callable[[], Payload]],
) -> None:
    """It is sent once, not again and again; it can't be pressed or taken away."""
    with server_of(private_bus, server := OddServer(shown=shown)) as bus:
        ours.show("5 min")
        ours.settle()
        bus.emit(PATH, SERVER, "ActionInvoked", (0, "login"))
        ours.settle()
        ours.notifier.show("one", "T", "4 min", news=False)
        ours.notifier.withdraw("one")
        ours.settle()
        ours.show("It has ended.")
        ours.settle()

    assert server.bodies == ["5 min", "It has ended."]
    assert server.closed == []
    assert ours.pressed == []
    assert caplog.records == []


@pytest.mark.parametrize(
    ("signature", "body"),
    [
        ("", ()),
        ("u", (101,)),
        ("su", ("101", 101)),
        ("ss", ("101", "login")),
        ("uas", (101, ["login"])),
        ("us", (0, "login")),
        ("us", (101, "x" * 100_000)),
    ],
)
def test_signals_of_nonsense(
    ours: Noticing,
    private_bus: PrivateBus,
    caplog: pytest.LogCaptureFixture,
    signature: str,
    body: tuple[Any, ...],
) -> None:
    """What no server says is heard by nobody; the next real press is."""
    names = ("ActionInvoked", "ActivationToken")
    server = OddServer(signals=dict.fromkeys((*names, "NotificationClosed"), signature))
    with server_of(private_bus, server) as bus:
        ours.show("It ends.")
        server.wait("It ends.")
        ours.settle()
        for name in names:
            bus.emit(PATH, SERVER, name, body)
        if body[:1] != (101,):
            bus.emit(PATH, SERVER, "NotificationClosed", body)
        server.signals["ActionInvoked"] = "us"
        bus.emit(PATH, SERVER, "ActionInvoked", (101, "login"))
        eventually(lambda: ours.pressed)

    assert ours.pressed == [("one", "login")]
    assert caplog.records == []
