"""The session bus as a panel sees it: icons, their menus and tooltips."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from tray.desktop.packets import Call, Packet
from tray.desktop.wire import BUS, BUS_PATH, Wire

ITEM: Final = "org.kde.StatusNotifierItem"
ITEM_PATH: Final = "/StatusNotifierItem"
MENU: Final = "com.canonical.dbusmenu"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"


class BusError(Exception):
    """The answer to a call was an error."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of an exported menu."""

    number: int
    """Its id on the bus."""
    label: str
    """What people read; "-" for a separator."""
    enabled: bool = True
    """Whether it can be chosen."""
    checked: bool | None = None
    """Its mark; None when it has none."""
    rows: tuple[Row, ...] = ()
    """Its submenu."""


class SessionBus:
    """Questions to the session bus at one address, each on a connection of its own."""

    def __init__(self, address: str) -> None:
        self._address = address

    def call(self, call: Call) -> tuple[Any, ...]:
        """Call a method; give the values. Raises `BusError`."""
        packet = Packet(
            type="call",
            destination=call.destination,
            path=call.path,
            interface=call.interface,
            member=call.member,
            signature=call.signature,
            body=call.body,
        )
        wire = Wire.connect({"DBUS_SESSION_BUS_ADDRESS": self._address}, "session")
        try:
            serial = wire.next_serial()
            wire.send(packet, serial)
            while (answer := wire.receive(10)) is not None:
                if answer.reply_to == serial:
                    break
        finally:
            wire.close()
        assert answer is not None
        assert isinstance(answer.body, tuple)
        if answer.type == "error":
            raise BusError(answer.error, *answer.body)
        return answer.body

    def has_owner(self, name: str) -> bool:
        """Tell whether somebody has a name; never starts a service."""
        return bool(
            self.call(Call(BUS, BUS_PATH, BUS, "NameHasOwner", "s", (name,)))[0]
        )

    def icons(self) -> list[str]:
        """Give the bus names of all icons."""
        (names,) = self.call(Call(BUS, BUS_PATH, BUS, "ListNames"))
        return sorted(name for name in names if name.startswith(f"{ITEM}-"))

    def icon_property(self, name: str) -> Any:  # noqa: ANN401
        """Give a property of the only icon."""
        (icon,) = self.icons()
        answer = self.call(Call(icon, ITEM_PATH, PROPERTIES, "Get", "ss", (ITEM, name)))
        return answer[0][1]

    def tooltip(self) -> str:
        """Give the tooltip of the only icon."""
        return str(self.icon_property("ToolTip")[2])

    def menu_rows(self) -> tuple[Row, ...]:
        """Give the exported menu of the only icon."""
        (icon,) = self.icons()
        path = self.icon_property("Menu")
        _, root = self.call(Call(icon, path, MENU, "GetLayout", "iias", (0, -1, [])))
        return _row(root).rows

    def click_row(self, *labels: str) -> None:
        """Choose a row by its labels from the top. Raises KeyError for none."""
        rows, chosen = self.menu_rows(), None
        for label in labels:
            named = {row.label: row for row in reversed(rows)}
            chosen = named[label]
            rows = chosen.rows
        assert chosen is not None
        (icon,) = self.icons()
        path = self.icon_property("Menu")
        event = (chosen.number, "clicked", ("i", 0), 0)
        self.call(Call(icon, path, MENU, "Event", "isvu", event))


def _row(layout: tuple[int, dict[str, tuple[str, Any]], list[tuple[str, Any]]]) -> Row:
    number, properties, children = layout
    values = {name: value for name, (_, value) in properties.items()}
    separator = values.get("type") == "separator"
    label = "-" if separator else str(values.get("label", "")).replace("__", "_")
    return Row(
        number,
        label,
        bool(values.get("enabled", True)),
        bool(values["toggle-state"]) if "toggle-state" in values else None,
        tuple(_row(child) for _, child in children),
    )
