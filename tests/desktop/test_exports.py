"""The objects that we show on the bus: every answer is as D-Bus has it."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desktop.fake_session import (
    THING,
    THING_PATH,
    PrivateBus,
    call_thing,
    own,
    thing,
)
from tray.core.errors import CannotTell
from tray.desktop.dbus import Call
from tray.desktop.exports import split_signature
from tray.desktop.packets import clean
from tray.desktop.wire import BUS, BUS_PATH

LIST = Call(BUS, BUS_PATH, BUS, "ListNames")


def test_an_object_answers(private_bus: PrivateBus) -> None:
    """Methods, properties, introspection and errors are as D-Bus has them."""
    with private_bus.serving() as ours, private_bus.serving() as bus:
        ours.export(THING_PATH, thing())
        own(ours, THING)
        properties = f"{BUS}.Properties"

        assert bus.ask(call_thing("Echo", "s", "häßlich")) == ("häßlich",)
        everything = Call(THING, THING_PATH, properties, "GetAll", "s", (THING,))
        assert bus.ask(everything) == ({"Size": ("i", 3)},)
        one = Call(THING, THING_PATH, properties, "Get", "ss", (THING, "Size"))
        assert bus.ask(one) == (("i", 3),)
        peer = f"{BUS}.Peer"
        assert bus.ask(Call(THING, THING_PATH, peer, "Ping")) == ()
        assert bus.ask(Call(THING, THING_PATH, peer, "GetMachineId"))[0]
        assert bus.ask(Call(THING, THING_PATH, "", "Echo", "s", ("x",))) == ("x",)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (call_thing("Echo", "i", 3), "InvalidArgs"),
        (call_thing("Missing"), "UnknownMethod"),
        (Call(THING, THING_PATH, "org.example.Other", "Echo"), "UnknownInterface"),
        (Call(THING, "/nowhere", THING, "Echo"), "UnknownObject"),
        (
            Call(
                THING,
                THING_PATH,
                f"{BUS}.Properties",
                "Set",
                "ssv",
                (THING, "Size", ("i", 4)),
            ),
            "PropertyReadOnly",
        ),
        (
            Call(THING, THING_PATH, f"{BUS}.Properties", "Get", "ss", (THING, "x")),
            "UnknownProperty",
        ),
        (
            Call(THING, THING_PATH, f"{BUS}.Properties", "GetAll", "s", ("x",)),
            "UnknownInterface",
        ),
    ],
)
def test_a_wrong_call_is_refused(
    private_bus: PrivateBus, wrong: Call, error: str
) -> None:
    """Who asks wrongly learns what was wrong, by D-Bus's own names."""
    with private_bus.serving() as ours, private_bus.serving() as bus:
        ours.export(THING_PATH, thing())
        own(ours, THING)

        with pytest.raises(CannotTell) as caught:
            bus.ask(wrong)

    assert caught.value.remedy == f"{BUS}.Error.{error}"


def test_a_fault_of_ours_ends_nothing(
    private_bus: PrivateBus, caplog: pytest.LogCaptureFixture
) -> None:
    """A method that raises answers with an error, and the next call is served."""
    with private_bus.serving() as ours, private_bus.serving() as bus:
        ours.export(THING_PATH, thing())
        own(ours, THING)

        with pytest.raises(CannotTell):
            bus.ask(call_thing("Fail"))
        assert bus.ask(call_thing("Echo", "s", "still here")) == ("still here",)

    assert "a fault of ours" in caplog.text


def test_introspection_tells_what_there_is(private_bus: PrivateBus) -> None:
    """Hosts find each method, signal, property and child."""
    with private_bus.serving() as ours, private_bus.serving() as bus:
        ours.export(THING_PATH, thing())
        own(ours, THING)
        member = ("org.freedesktop.DBus.Introspectable", "Introspect")
        leaf = ET.fromstring(bus.ask(Call(THING, THING_PATH, *member))[0])
        root = ET.fromstring(bus.ask(Call(THING, "/", *member))[0])

    kinds = {"method", "signal", "property"}
    names = {node.get("name") for node in leaf.iter() if node.tag in kinds}
    assert {"Echo", "Fail", "Changed", "Size", "GetAll", "Ping"} <= names
    assert [node.get("name") for node in root.findall("node")] == ["org"]


@given(st.text(st.characters()))
def test_every_text_becomes_one_that_the_bus_takes(text: str) -> None:
    """No profile's name can cost us the connection."""
    cleaned = clean(text)

    assert "\0" not in cleaned
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned


@pytest.mark.parametrize(
    ("signature", "types"),
    [
        ("", []),
        ("iias", ["i", "i", "as"]),
        ("u(ia{sv}av)", ["u", "(ia{sv}av)"]),
        ("aa{sv}s", ["aa{sv}", "s"]),
    ],
)
def test_signatures_are_split(signature: str, types: list[str]) -> None:
    """Introspection names each argument's type."""
    assert split_signature(signature) == types
