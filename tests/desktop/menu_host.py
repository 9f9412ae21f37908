"""Menus, drawn at random or by hand, and the host that draws them on a screen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st
from jeepney.low_level import (  # type: ignore[import-untyped]
    Endianness,
    parse_signature,
)

from tray.desktop.dbus import Bus
from tray.desktop.dbusmenu import ExportedMenu
from tray.desktop.packets import Payload
from tray.desktop.toolkit import SEPARATOR, Row, pystray

SIGNATURES = {
    "GetLayout": "(u(ia{sv}av))",
    "GetGroupProperties": "(a(ia{sv}))",
    "ItemsPropertiesUpdated": "(a(ia{sv})a(ias))",
    "LayoutUpdated": "(ui)",
}
EVERYTHING: tuple[int, int, list[str]] = (0, -1, [])


def unpack(member: str, payload: Payload) -> tuple[Any, ...]:
    """Read a payload as any D-Bus library does; check that it is written as it is."""
    if not isinstance(payload, bytes):
        return payload
    kind = parse_signature(list(SIGNATURES[member]))
    values, end = kind.parse_data(payload, 0, Endianness.little)
    assert end == len(payload)
    assert kind.serialise(values, 0, Endianness.little) == payload
    body: tuple[Any, ...] = values
    return body


class RecordingBus(Bus):
    """A bus that keeps the signals."""

    def __init__(self) -> None:
        super().__init__({})
        self.signals: list[tuple[str, tuple[Any, ...]]] = []

    def emit(
        self, path: str, interface: str, signal: str, payload: Payload = ()
    ) -> None:
        """Keep one signal, read."""
        assert (path, interface) == ("/menu", "com.canonical.dbusmenu")
        self.signals.append((signal, unpack(signal, payload)))

    def take(self) -> list[tuple[str, tuple[Any, ...]]]:
        """Give the signals since the last time."""
        signals, self.signals = self.signals, []
        return signals


class Exported:
    """A menu with its bus, its items and the clicks."""

    def __init__(self, items: Iterable[Any] = ()) -> None:
        self.bus, self.items, self.clicks = RecordingBus(), list(items), list[Any]()
        menu = ExportedMenu(self.bus, "/menu", lambda: self.items, self.clicks.append)
        self.menu, self.methods = menu, menu.interface().methods
        menu.refresh()
        self.bus.take()

    def show(self, items: Iterable[Any]) -> list[tuple[str, tuple[Any, ...]]]:
        """Rebuild with other items; give the signals."""
        self.items = list(items)
        self.menu.refresh()
        return self.bus.take()

    def ask(self, member: str, *arguments: object) -> tuple[Any, ...]:
        """Call a method as a host."""
        method = self.methods[member]
        return unpack(member, method.run(*arguments))

    def labels(self) -> list[str]:
        """Give the first level's labels."""
        _, layout = self.ask("GetLayout", *EVERYTHING)
        return [
            child[1].get("label", ("s", "-"))[1].replace("__", "_")
            for _, child in layout[2]
        ]

    def number(self, label: str) -> int:
        """Give the id of a row of the first level."""
        _, layout = self.ask("GetLayout", *EVERYTHING)
        (number,) = [
            child[0]
            for _, child in layout[2]
            if child[1].get("label", ("s", "-"))[1] == label
        ]
        return int(number)


def row(text: str, key: object = None, **options: Any) -> Row:  # noqa: ANN401
    """Give a row that does nothing."""
    return Row(text, None, key=text if key is None else str(key), **options)


@dataclass
class HostRow:
    """A row as a host keeps it."""

    properties: dict[str, Any]
    """By name."""
    children: list[int] = field(default_factory=list)
    """The ids below."""


class Host:
    """Keeps a copy of a menu by its signals alone."""

    def __init__(self, exported: Exported) -> None:
        self.exported, self.rows = exported, dict[int, HostRow]()
        self.read(0)

    def read(self, number: int) -> None:
        """Fetch the layout below a row."""
        self.keep(self.exported.ask("GetLayout", number, -1, [])[1])

    def keep(self, layout: tuple[int, Mapping[str, Any], list[Any]]) -> None:
        """Take a layout over, with all below it."""
        number, properties, children = layout
        below = [child[0] for _, child in children]
        self.rows[number] = HostRow(dict(properties), below)
        for _, child in children:
            self.keep(child)

    def hear(self, signals: Iterable[tuple[str, tuple[Any, ...]]]) -> None:
        """Do what the signals say."""
        for name, body in signals:
            if name == "LayoutUpdated":
                self.read(body[1])
                continue
            for number, properties in body[0]:
                self.rows[number].properties.update(properties)
            for number, names in body[1]:
                for gone in names:
                    del self.rows[number].properties[gone]

    def tree(self, number: int = 0) -> tuple[Any, ...]:
        """Give the menu as this host would draw it."""
        one = self.rows[number]
        return number, one.properties, [self.tree(child) for child in one.children]


def tree(layout: tuple[int, Mapping[str, Any], list[Any]]) -> tuple[Any, ...]:
    """Give a fetched layout in the form of `Host.tree`."""
    number, properties, children = layout
    return number, dict(properties), [tree(child) for _, child in children]


TEXTS = st.sampled_from(["a", "b_c", "größer", "x" * 7, ""])
LEAVES: st.SearchStrategy[Any] = st.tuples(
    st.integers(0, 5),
    TEXTS,
    st.booleans(),
    st.sampled_from([None, True, False]),
    st.booleans(),
)


def folders(rows: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw submenus of rows, among separators and more rows."""
    below = st.lists(st.one_of(st.none(), rows), max_size=4)
    return st.tuples(st.integers(0, 5), TEXTS, below)


ROWS = st.lists(
    st.one_of(st.none(), st.recursive(LEAVES, folders, max_leaves=6)), max_size=6
)


def build(rows: list[Any]) -> list[Any]:
    """Give pystray's items for drawn values; the same key twice is allowed."""
    items: list[Any] = []
    for one in rows:
        if one is None:
            items.append(SEPARATOR)
        elif len(one) == 3:
            items.append(Row(one[1], pystray.Menu(*build(one[2])), key=one[0]))
        else:
            key, text, visible, checked, radio = one
            mark = None if checked is None else (lambda _, on=checked: on)
            items.append(
                Row(text, None, key=key, visible=visible, checked=mark, radio=radio)
            )
    return items
