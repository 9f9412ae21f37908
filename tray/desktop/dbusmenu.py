"""A pystray menu as com.canonical.dbusmenu, the menu that Linux panels draw.

The interface is described in libdbusmenu's `dbus-menu.xml`
(https://github.com/AyatanaIndicators/libdbusmenu). Whole layouts are marshalled here
and not by the D-Bus library, which needs a second for ten thousand rows.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, TypeAlias

from tray.desktop.dbus import Bus
from tray.desktop.exports import Interface, Method, Variant, refuse
from tray.desktop.menutree import EVERY, Changes, Item, MenuTree, Node, Properties
from tray.desktop.packets import Payload

NAME: Final = "com.canonical.dbusmenu"
Event: TypeAlias = tuple[int, str, Variant, int]
_Pack: TypeAlias = Callable[[Node, int, frozenset[str]], bytes]

EVERYTHING: Final = -1
"""The depth of a layout with all its levels."""

_PROPERTIES: Final[Mapping[str, Variant]] = {
    "Version": ("u", 3),
    "TextDirection": ("s", "ltr"),
    "Status": ("s", "normal"),
    "IconThemePath": ("as", []),
}
_SIGNALS: Final = {
    "ItemsPropertiesUpdated": "a(ia{sv})a(ias)",
    "LayoutUpdated": "ui",
}
_CHILD: Final = b"\x0a(ia{sv}av)\x00"  # the signature of a child, as a variant's head
_VALUES: Final[Mapping[str, struct.Struct]] = {
    "b": struct.Struct("<I"),
    "i": struct.Struct("<i"),
}


class ExportedMenu:
    """One menu on the bus; any thread may call `refresh`.

    `items` gives pystray's items as they shall be now; `clicked` gets the item that
    people chose, in the bus thread.
    """

    def __init__(
        self,
        bus: Bus,
        path: str,
        items: Callable[[], Iterable[Item]],
        clicked: Callable[[Item], None],
        doubled: int = EVERY,
    ) -> None:
        self._bus, self._path = bus, path
        self._items, self._clicked = items, clicked
        self._lock = threading.RLock()
        self._tree = MenuTree(doubled)
        self.read = False
        """Whether a host has ever asked for the rows."""

    @property
    def default(self) -> Item:
        """The default item, or None."""
        return self._tree.default

    def interface(self) -> Interface:
        """Give what is exported."""
        methods = {
            "GetLayout": Method("iias", "u(ia{sv}av)", self._get_layout),
            "GetGroupProperties": Method("aias", "a(ia{sv})", self._get_group),
            "GetProperty": Method("is", "v", self._get_property),
            "Event": Method("isvu", "", self._event),
            "EventGroup": Method("a(isvu)", "ai", self._event_group),
            "AboutToShow": Method("i", "b", self._about_to_show),
            "AboutToShowGroup": Method("ai", "aiai", self._about_to_show_group),
        }
        return Interface(NAME, methods, _SIGNALS, lambda: _PROPERTIES)

    def refresh(self) -> bool:
        """Bring the menu up to date; tell hosts what changed; tell if the rows did.

        The menu's own callables run meanwhile, in the caller's thread: they must not
        wait for somebody who is calling this.
        """
        with self._lock:
            changes = self._tree.rebuild(self._items())
            self._tell(changes)
            return changes.layout is not None

    def _tell(self, changes: Changes) -> None:
        if changes.updated or changes.removed:
            self._bus.emit(
                self._path, NAME, "ItemsPropertiesUpdated", _updates(changes)
            )
        if changes.layout is not None:
            body = (self._tree.revision, changes.layout)
            self._bus.emit(self._path, NAME, "LayoutUpdated", body)

    # -- what hosts ask -------------------------------------------------------------
    def _find(self, number: int) -> Node:
        node = self._tree.nodes.get(number)
        if node is None:
            raise refuse("InvalidArgs", f"no row {number}")
        return node

    def _get_layout(self, parent: int, depth: int, names: list[str]) -> Payload:
        self.read = True
        with self._lock:
            layout = self._pack(self._find(parent), depth, frozenset(names))
            return struct.pack("<I4x", self._tree.revision) + layout

    def _get_group(self, numbers: list[int], names: list[str]) -> Payload:
        with self._lock:
            nodes = self._tree.nodes
            wanted = (nodes[n] for n in numbers or nodes if n in nodes)
            keep = frozenset(names)
            return _pack_rows((n.id, _only(n.properties, keep)) for n in wanted)

    def _get_property(self, number: int, name: str) -> Payload:
        with self._lock:
            properties = self._find(number).properties
        if name not in properties:
            raise refuse("InvalidArgs", f"no property {name}")
        return (properties[name],)

    def _event(self, number: int, kind: str, _data: Variant, _time: int) -> Payload:
        with self._lock:
            item = self._find(number).item
        if kind == "clicked" and item is not None and item.enabled:
            self._clicked(item)
        return ()

    def _event_group(self, events: list[Event]) -> Payload:
        known = [event for event in events if event[0] in self._tree.nodes]
        for event in known:
            self._event(*event)
        missing = [event[0] for event in events if event not in known]
        if missing and not known:
            raise refuse("InvalidArgs", "no such rows")
        return (missing,)

    def _about_to_show(self, number: int) -> Payload:
        moved = self.refresh()
        with self._lock:
            self._tree.expand(self._find(number))
        return (moved,)

    def _about_to_show_group(self, numbers: list[int]) -> Payload:
        moved = self.refresh()
        missing = [number for number in numbers if number not in self._tree.nodes]
        return ([n for n in numbers if n not in missing] if moved else [], missing)

    # -- marshalling ----------------------------------------------------------------
    def _pack(self, node: Node, depth: int, names: frozenset[str]) -> bytes:
        """Give a row with all below it; what is static is packed once.

        Panels ask for everything again whenever a row of the first level comes or goes.
        """
        if not node.static or depth != EVERYTHING or names:
            return self._pack_layout(node, depth, names, self._pack)
        node.whole = node.whole or self._pack_layout(
            node, depth, names, self._pack_below
        )
        return node.whole

    def _pack_below(self, node: Node, depth: int, names: frozenset[str]) -> bytes:
        """Give a row that lies in one that is kept whole; its bytes are not kept."""
        layout = self._pack_layout(node, depth, names, self._pack_below)
        node.packed = b""
        return layout

    def _pack_layout(
        self, node: Node, depth: int, names: frozenset[str], pack: _Pack
    ) -> bytes:
        """Give `(ia{sv}av)` of a row as bytes that begin at a multiple of eight."""
        if names:
            out = bytearray(_pack_row(node.id, _only(node.properties, names)))
        else:
            node.packed = node.packed or _pack_row(node.id, node.properties)
            out = bytearray(node.packed)
        out += bytes(-len(out) % 4 + 4)
        start = len(out)
        if depth != 0:
            self._tree.expand(node)
            for child in node.children.values():
                out += _CHILD
                out += bytes(-len(out) % 8)
                out += pack(child, depth - (depth != EVERYTHING), names)
        struct.pack_into("<I", out, start - 4, len(out) - start)
        return bytes(out)


def _only(properties: Properties, names: frozenset[str]) -> Properties:
    if not names:
        return properties
    return {name: value for name, value in properties.items() if name in names}


def _pack_row(number: int, properties: Properties) -> bytes:
    """Give `(ia{sv})` as bytes that begin at a multiple of eight."""
    out = bytearray(struct.pack("<iI", number, 0))
    for name, (signature, value) in properties.items():
        out += bytes(-len(out) % 8)
        out += _pack_text(name)
        out += bytes((1, ord(signature), 0))
        out += bytes(-len(out) % 4)
        out += _pack_text(value) if signature == "s" else _VALUES[signature].pack(value)
    struct.pack_into("<I", out, 4, len(out) - 8)
    return bytes(out)


def _pack_text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<I", len(data)) + data + b"\x00"


def _pack_rows(rows: Iterable[tuple[int, Properties]]) -> bytes:
    """Give `a(ia{sv})` as bytes that begin at a multiple of eight."""
    out = bytearray(8)
    for number, properties in rows:
        out += bytes(-len(out) % 8)
        out += _pack_row(number, properties)
    struct.pack_into("<I", out, 0, len(out) - 8)
    return bytes(out)


def _updates(changes: Changes) -> Payload:
    """Give the body of ItemsPropertiesUpdated."""
    if not changes.removed:
        rows = _pack_rows(changes.updated)
        rows += bytes(-len(rows) % 4 + 4)  # an empty array follows, and its padding
        return rows + bytes(-len(rows) % 8)
    body: tuple[Any, ...] = (
        list(changes.updated),
        [(number, list(names)) for number, names in changes.removed],
    )
    return body
