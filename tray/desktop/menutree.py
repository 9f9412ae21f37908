"""The exported menu: pystray's items as nodes with ids that are never used twice.

A rebuild compares the items with the nodes and tells what a host must hear: nothing,
new properties, or a new layout. What a static item holds is looked at once, and what
lies in its submenu only when a host asks. Not thread-safe; `dbusmenu` holds the lock.
"""

from __future__ import annotations

import itertools
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from tray.desktop.exports import Variant
from tray.desktop.packets import clean
from tray.desktop.toolkit import SEPARATOR

Item: TypeAlias = Any  # a pystray.MenuItem; pystray has no types
Properties: TypeAlias = dict[str, Variant]

EVERY = -1
"""However many there are, as `str.replace` counts."""

_SEPARATOR: Properties = {"type": ("s", "separator")}
_ROOT: Properties = {"children-display": ("s", "submenu")}


class Node:
    """One exported row; a separator and the root have no item."""

    __slots__ = (
        "children",
        "face",
        "id",
        "item",
        "packed",
        "pending",
        "properties",
        "whole",
    )

    def __init__(self, number: int, item: Item, properties: Properties) -> None:
        self.id = number
        self.item = item
        self.properties = properties
        self.children: dict[Hashable, Node] = {}
        self.face: object = None  # what the properties were made from
        self.pending: Item = None  # a submenu that no host has asked for yet
        self.packed = b""  # the row as bytes, kept by dbusmenu
        self.whole = b""  # a static row with all below it as bytes, kept there too

    @property
    def static(self) -> bool:
        """Whether it never changes, with all below it, as long as its item stays."""
        return _static(self.item)


@dataclass(frozen=True, slots=True)
class Changes:
    """What hosts must hear after a rebuild."""

    updated: tuple[tuple[int, Properties], ...] = ()
    """Rows with the properties that are new or different."""
    removed: tuple[tuple[int, tuple[str, ...]], ...] = ()
    """Rows with the properties that are gone."""
    layout: int | None = None
    """The row below which rows came, went or moved; None when none did."""


class MenuTree:
    """All rows of one menu."""

    def __init__(self, doubled: int = EVERY) -> None:
        """Keep the argument; `doubled` underscores of a label are doubled for hosts."""
        self._doubled = doubled
        self.root = Node(0, None, _ROOT)
        self.nodes: dict[int, Node] = {0: self.root}
        self.revision = 1
        self.default: Item = None
        self._numbers = itertools.count(1)
        self._before: dict[int, Properties] = {}
        self._moved: set[int] = set()

    def rebuild(self, items: Iterable[Item]) -> Changes:
        """Bring the rows up to date with pystray's items; give what changed."""
        self._before, self._moved = {}, set()
        items = list(items)
        self.default = next((item for item in items if item.default), None)
        self._sync(self.root, items)
        changes = self._changes()
        if changes.layout is not None:
            self.revision += 1
        return changes

    def expand(self, node: Node) -> None:
        """Build the rows of a submenu that was put off; not a change for hosts."""
        menu, node.pending = node.pending, None
        if menu is not None:
            self._sync(node, menu.items)

    # -- comparing ------------------------------------------------------------------
    def _sync(self, parent: Node, items: Iterable[Item]) -> None:
        old, new = parent.children, dict[Hashable, Node]()
        taken: set[Hashable] = set()  # hidden rows keep their names too
        separator_due = False
        for item in items:
            if item is SEPARATOR:
                separator_due = bool(new)
                continue
            key = _key(item, taken)
            taken.add(key)
            node = old.get(key)
            if node is None or node.item is not item or not _static(item):
                node = self._row(node, item)
            if node is None:
                continue
            if separator_due:
                self._separate(old, new)
                separator_due = False
            new[key] = node
        parent.children = new
        if list(old) != list(new):
            self._moved.add(parent.id)
            for key in old.keys() - new.keys():
                self._forget(old[key])

    def _row(self, node: Node | None, item: Item) -> Node | None:
        """Give the row of an item, made or brought up to date; None for a hidden one.

        pystray's own `visible` walks a whole submenu; this looks at it once.
        """
        submenu = item.submenu
        if not item._visible(item):  # noqa: SLF001  (see above)
            return None
        face = _face(item, submenu is not None)
        if node is None:
            node = Node(next(self._numbers), item, _properties(face, self._doubled))
            self.nodes[node.id] = node
        elif node.face != face:
            self._before.setdefault(node.id, node.properties)
            node.properties, node.packed = _properties(face, self._doubled), b""
        node.face, node.item, node.whole = face, item, b""
        if submenu is not None and _static(item) and not node.children:
            node.pending = submenu
            return node
        node.pending = None
        if submenu is not None or node.children:
            self._sync(node, submenu.items if submenu is not None else ())
        if submenu is not None and not node.children:
            self._forget(node)  # an empty submenu is not shown, as pystray has it
            return None
        return node

    def _separate(self, old: dict[Hashable, Node], new: dict[Hashable, Node]) -> None:
        key = (SEPARATOR, sum(node.item is None for node in new.values()))
        node = old.get(key)
        if node is None:
            node = Node(next(self._numbers), None, _SEPARATOR)
            self.nodes[node.id] = node
        new[key] = node

    def _forget(self, node: Node) -> None:
        self.nodes.pop(node.id, None)
        for child in node.children.values():
            self._forget(child)

    # -- telling --------------------------------------------------------------------
    def _changes(self) -> Changes:
        updated, removed = [], []
        for number, before in self._before.items():
            if number not in self.nodes:
                continue
            after = self.nodes[number].properties
            fresh = {k: v for k, v in after.items() if before.get(k) != v}
            gone = tuple(name for name in before if name not in after)
            if fresh:
                updated.append((number, fresh))
            if gone:
                removed.append((number, gone))
        moved = self._moved & self.nodes.keys()
        layout = None if not moved else moved.pop() if len(moved) == 1 else 0
        return Changes(tuple(updated), tuple(removed), layout)


def _static(item: Item) -> bool:
    return getattr(item, "static", False) is True


def _key(item: Item, taken: set[Hashable]) -> Hashable:
    """Give what names an item among its siblings: its key, or the object itself."""
    key: Hashable = getattr(item, "key", None)
    key = item if key is None else key
    if key not in taken:
        return key
    return next((key, n) for n in itertools.count(2) if (key, n) not in taken)


def _face(item: Item, submenu: bool) -> tuple[str, bool, bool | None, bool, bool]:  # noqa: FBT001
    checked = item.checked
    return (
        item.text,
        bool(item.enabled),
        None if checked is None else bool(checked),
        checked is not None and bool(item.radio),
        submenu,
    )


@lru_cache(maxsize=64)
def _properties(
    face: tuple[str, bool, bool | None, bool, bool], doubled: int
) -> Properties:
    """Give what hosts hear of a row; equal ones share it, so it is never edited."""
    text, enabled, checked, radio, submenu = face
    label = clean(text).replace("_", "__", doubled)  # one alone marks an access key
    properties: Properties = {"label": ("s", label), "enabled": ("b", enabled)}
    if checked is not None:
        properties["toggle-type"] = ("s", "radio" if radio else "checkmark")
        properties["toggle-state"] = ("i", int(checked))
    if submenu:
        properties["children-display"] = ("s", "submenu")
    return properties
