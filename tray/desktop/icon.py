"""The tray icon as a view of the board: picture, tooltip and menu.

It keeps the last board; the backend asks for the menu when it needs it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from tray.core.board import Board
from tray.core.commands import Command
from tray.core.face import Face, face
from tray.core.ports import Clock
from tray.core.wording import board as wording
from tray.desktop.artwork import draw
from tray.desktop.menu import SEPARATOR, Menu, Row

log = logging.getLogger(__name__)

Act = Callable[[Command], None]
MakeIcon = Callable[..., Any]
"""Makes an icon of pystray's interface from (picture, title, menu)."""


class TrayIcon:
    """`View` on a pystray icon of any backend; `show` may come from any thread."""

    def __init__(self, make: MakeIcon, act: Act, clock: Clock) -> None:
        self._act = act
        self._clock = clock
        self._menu = Menu()
        self._board = Board()
        self._face = Face()
        self._title = ""
        self._kept: tuple[Row, Any] | None = None
        self._icon = make(self._picture, wording.APP, self._items)

    def show(self, board: Board, now: datetime) -> None:
        """Show this board as of now. Never raises: an icon is a decoration."""
        try:
            self._show(board, now)
        except Exception:  # what decorates never kills
            log.exception(wording.ICON_FAULT)

    def run(self, ready: Callable[[], None]) -> None:
        """Be on the screen, in the calling (main) thread, until `stop`."""

        def set_up(icon: Any) -> None:  # noqa: ANN401 - pystray has no types
            icon.visible = True
            ready()

        self._icon.run(set_up)

    def stop(self) -> None:
        """Leave the screen; from any thread."""
        self._icon.stop()

    def _show(self, board: Board, now: datetime) -> None:
        self._board = board
        new_face, title = face(board, now), wording.tooltip(board, now)
        if new_face != self._face:
            self._face = new_face
            self._icon.icon = self._picture
        if title != self._title:
            self._title = title
            self._icon.title = title
        self._icon.update_menu()

    def _picture(self, size: int) -> Any:  # noqa: ANN401 - a PIL image, imported late
        return draw(self._face, size)

    def _items(self) -> Iterator[Any]:
        for row in self._menu.rows(self._board, self._clock.now()):
            yield self._item(row)

    def _item(self, row: Row) -> Any:  # noqa: ANN401 - pystray has no types
        from tray.desktop import toolkit

        if row is SEPARATOR:
            return toolkit.SEPARATOR
        if row.static and self._kept is not None and self._kept[0] is row:
            return self._kept[1]
        item = toolkit.Row(
            row.label,
            self._action(row),
            key=row.key or row.label,
            static=row.static,
            enabled=row.command is not None or row.children is not None,
            checked=None if row.checked is None else _constant(row.checked),
            default=row.default,
        )
        if row.static and row.key == "profiles":
            self._kept = (row, item)
        return item

    def _action(self, row: Row) -> Any:  # noqa: ANN401 - pystray has no types
        from tray.desktop import toolkit

        if row.children is not None:
            children = row.children
            return toolkit.Menu(lambda: (self._item(child) for child in children()))
        command = row.command
        return None if command is None else lambda: self._act(command)


def _constant(value: bool) -> Callable[[Any], bool]:  # noqa: FBT001 - what pystray wants
    return lambda _: value
