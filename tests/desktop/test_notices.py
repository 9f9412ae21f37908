"""Notices on a session bus, as a notification server sees them."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from PIL import Image

from tests.desktop.fake_session import PAUSES, FakeServer, PrivateBus, eventually
from tray.desktop.dbus import Bus
from tray.desktop.notices import Notifier

BUTTONS = (("login", "Log in"), ("snooze", "Snooze"))
TITLE, BODY, ACTIONS, HINTS = 3, 4, 5, 6


class Noticing:
    """A notifier with what was pressed."""

    def __init__(self, bus: Bus) -> None:
        self.bus, self.pressed = bus, list[tuple[str, str]]()
        self.notifier = Notifier(bus, "demo", lambda *what: self.pressed.append(what))

    def show(self, body: str = "It ends.", key: str = "one") -> None:
        """Show a notice with two buttons."""
        self.notifier.show(key, "Title", body, buttons=BUTTONS)


@pytest.fixture
def ours(private_bus: PrivateBus) -> Iterator[Noticing]:
    """Give a notifier on a connection, with no icon."""
    with private_bus.serving() as bus:
        yield Noticing(bus)


@pytest.fixture
def other(private_bus: PrivateBus) -> Iterator[Bus]:
    """Give the connection of a notification server."""
    with private_bus.serving() as bus:
        yield bus


def test_a_notice_is_shown(ours: Noticing, other: Bus) -> None:
    """Title, text, buttons and urgency arrive."""
    server = FakeServer(other)
    picture = Image.new("RGBA", (48, 48), "red")
    notifier = Notifier(ours.bus, "demo", picture=lambda _: picture)

    notifier.show("k", "Title", "Text", buttons=BUTTONS, urgent=True)

    notice = server.wait(1)
    assert notice[0:2] == ("demo", 0)
    assert notice[TITLE : ACTIONS + 1] == (
        "Title",
        "Text",
        ["login", "Log in", "snooze", "Snooze"],
    )
    assert notice[HINTS]["urgency"] == ("y", 2)
    assert notice[HINTS]["image-data"][1][:6] == (48, 48, 192, True, 8, 4)


def test_the_same_key_replaces(ours: Noticing, other: Bus) -> None:
    """A newer notice takes the place of the older one; the same again is not sent."""
    server = FakeServer(other)
    ours.show("5 min")
    server.wait(1)
    ours.show("4 min")
    ours.show("4 min")
    ours.show("other", key="two")
    server.wait(3)

    assert [(n[1], n[BODY]) for n in server.notices] == [
        (0, "5 min"),
        (101, "4 min"),
        (0, "other"),
    ]


def test_only_the_last_of_many_is_sent_on(ours: Noticing, other: Bus) -> None:
    """While the server is busy, what is out of date already is left out."""
    server = FakeServer(other)
    server.gate.clear()
    ours.show("first")
    time.sleep(0.2)
    for number in range(20):
        ours.show(f"text {number}")
    server.gate.set()
    server.wait(2)
    time.sleep(0.1)

    assert [n[BODY] for n in server.notices] == ["first", "text 19"]


def test_a_notice_is_withdrawn(ours: Noticing, other: Bus) -> None:
    """What is no longer true goes; what never stood needs nothing."""
    server = FakeServer(other)
    ours.notifier.withdraw("never")
    ours.show()
    server.wait(1)
    ours.notifier.withdraw("one")
    ours.notifier.withdraw("one")

    eventually(lambda: server.closed)
    assert server.closed == [101]


def test_a_notice_withdrawn_on_its_way_does_not_stay(
    ours: Noticing, other: Bus
) -> None:
    """Withdrawn before the server has answered, it goes as soon as it has."""
    server = FakeServer(other)
    server.gate.clear()
    ours.show()
    time.sleep(0.2)
    ours.notifier.withdraw("one")
    server.gate.set()

    eventually(lambda: server.closed)


def test_a_button_is_heard_once(ours: Noticing, other: Bus) -> None:
    """A press comes with key and button; unknown ones and other notices do not."""
    server = FakeServer(other)
    ours.show()
    server.wait(1)
    time.sleep(0.1)
    other.emit(
        "/org/freedesktop/Notifications",
        "org.freedesktop.Notifications",
        "ActionInvoked",
        (101, "default"),
    )
    server.press(7, "login")
    server.press(101, "snooze")
    server.press(101, "snooze")
    eventually(lambda: ours.pressed)
    ours.show()

    assert server.wait(2)[1] == 0
    assert ours.pressed == [("one", "snooze")]


def test_markup_is_escaped_where_it_would_be_read(ours: Noticing, other: Bus) -> None:
    """People read `a < b & c`, whatever the server makes of it; titles are plain."""
    server = FakeServer(other)
    ours.notifier.show("k", "A & B", "a < b & c")

    assert server.wait(1)[TITLE : BODY + 1] == ("A & B", "a &lt; b &amp; c")


def test_a_server_without_buttons_and_markup(ours: Noticing, other: Bus) -> None:
    """Where nothing can be pressed, the text says what to do; plain text is plain."""
    server = FakeServer(other, ("body",))
    ours.notifier.show(
        "k", "T", "a & b.", buttons=BUTTONS, without_buttons="Use the menu."
    )
    assert server.wait(1)[BODY] == "a & b. Use the menu."

    ours.notifier.show("plain", "T", "a.", without_buttons="Use the menu.")
    assert server.wait(2)[BODY] == "a."


def test_gnome_gets_a_new_notice(ours: Noticing, other: Bus) -> None:
    """GNOME would show a replaced banner without buttons: close it, send anew."""
    server = FakeServer(other, name="gnome-shell")
    ours.show("5 min")
    server.wait(1)
    ours.show("4 min")

    assert server.wait(2)[1] == 0
    assert server.closed == [101]
    ours.notifier.withdraw("one")
    eventually(lambda: server.closed == [101, 102])


def test_a_restarted_server_is_met_anew(
    ours: Noticing, private_bus: PrivateBus
) -> None:
    """Numbers and abilities of the old server are forgotten."""
    with private_bus.serving() as bus:
        server = FakeServer(bus)
        ours.show("a & b")
        server.wait(1)
        time.sleep(0.1)
    time.sleep(0.1)
    with private_bus.serving() as bus:
        server = FakeServer(bus, ("body",))
        ours.show("c & d")

        assert server.wait(1)[1] == 0
        assert server.wait(1)[BODY] == "c & d"


def test_a_missing_server_is_said_once(
    ours: Noticing, private_bus: PrivateBus, caplog: pytest.LogCaptureFixture
) -> None:
    """Without a server nothing fails; what still holds is shown when one comes."""
    ours.show("first")
    ours.show("second")
    ours.show("gone", key="two")
    eventually(lambda: caplog.records)
    time.sleep(0.1)
    ours.notifier.withdraw("two")
    ours.show("third")
    with private_bus.serving() as bus:
        server = FakeServer(bus)
        server.wait(1)
        time.sleep(0.1)

        assert [n[BODY] for n in server.notices] == ["third"]
    assert len(caplog.records) == 1


def test_notices_wait_for_the_bus(private_bus: PrivateBus) -> None:
    """What was shown while the bus was away stands when it is back."""
    bus = Bus(private_bus.environ, pauses=PAUSES)
    ours = Noticing(bus)
    ours.show("early")
    ours.show("withdrawn", key="two")
    ours.notifier.withdraw("two")
    with private_bus.serving() as other:
        server = FakeServer(other)
        with private_bus.serving(bus):
            assert server.wait(1)[BODY] == "early"
            time.sleep(0.1)
            assert len(server.notices) == 1


def test_notices_come_back_with_the_bus(
    ours: Noticing, private_bus: PrivateBus
) -> None:
    """What still holds is shown again after the bus has died and returned."""
    with private_bus.serving() as bus:
        server = FakeServer(bus)
        ours.show("stands")
        ours.show("dismissed", key="two")
        server.wait(2)
        time.sleep(0.1)
        server.dismiss(102)
        time.sleep(0.1)
        private_bus.stop()
    private_bus.start()
    with private_bus.serving() as bus:
        server = FakeServer(bus)
        server.wait(1)
        time.sleep(0.1)

        assert [n[BODY] for n in server.notices] == ["stands"]


def test_a_broken_picture_is_logged_only(
    ours: Noticing, other: Bus, caplog: pytest.LogCaptureFixture
) -> None:
    """What decorates never kills."""
    server = FakeServer(other)
    ours.show()
    server.wait(1)

    pictures = [Image.new("RGBA", (48, 48), "red")]
    broken = Notifier(ours.bus, "demo", picture=lambda _: pictures.pop())
    broken.show("k", "T", "first")
    server.wait(2)
    time.sleep(0.1)
    broken.show("k", "T", "second")
    assert "pop from empty list" in caplog.text
    pictures.append(Image.new("RGBA", (48, 48), "red"))
    broken.show("k", "T", "third")

    assert server.wait(3)[BODY] == "third"
