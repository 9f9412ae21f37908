"""The tray icon as a view of the board: picture, tooltip and menu.

It keeps the last board; the backend asks for the menu when it needs it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tray.core.board import Board
from tray.core.commands import Command
from tray.core.face import FRAMES, MOVING, STARTING, Face, face
from tray.core.ports import Clock
from tray.core.wording import board as wording
from tray.core.wording.shell import PROGRAM
from tray.desktop.animation import Animation
from tray.desktop.artwork import draw
from tray.desktop.menu import Menu
from tray.desktop.rows import SEPARATOR, Row

log = logging.getLogger(__name__)

Act = Callable[[Command], None]
MakeIcon = Callable[..., Any]
"""Makes an icon of pystray's interface from (picture, title, menu)."""


class TrayIcon:
    """`View` on a pystray icon of any backend.

    `show` comes from one thread, whichever. The backend calls back for picture and rows
    in threads of its own, for the rows one at a time.
    """

    def __init__(
        self, make: MakeIcon, act: Act, clock: Clock, program: str = PROGRAM
    ) -> None:
        from tray.desktop import toolkit

        self._act = act
        self._toolkit = toolkit
        self._clock = clock
        self._menu = Menu(program)
        self._board: Board | None = None
        self._face: Face = STARTING
        self._title = wording.APP
        self._kept: dict[int, tuple[Row, Any]] = {}
        self._before: dict[int, tuple[Row, Any]] = {}
        self._lock = threading.RLock()
        self._moving = Animation(FRAMES, self._show_frame)
        self._icon = make(self._picture, wording.APP, self._items)

    def show(self, board: Board, now: datetime) -> None:
        """Show this board as of now. Never raises: an icon is a decoration."""
        self._board = board
        for step in (self._show_face, self._show_title, self._show_menu):
            try:
                step(board, now)
            except Exception:  # what decorates never kills
                log.exception(wording.ICON_FAULT)

    def run(self, ready: Callable[[], None]) -> None:
        """Be on the screen, in the calling (main) thread, until `stop`."""

        def set_up(icon: Any) -> None:  # noqa: ANN401 - pystray has no types
            icon.visible = True
            icon.icon = self._picture  # a face from before it was visible
            ready()

        self._icon.run(set_up)

    def stop(self) -> None:
        """Leave the screen; from any thread."""
        self._moving.stop()
        self._icon.stop()

    def _show_face(self, board: Board, now: datetime) -> None:
        new = face(board, now)
        with self._lock:
            if new != replace(self._face, frame=None):
                self._face = new
                self._icon.icon = self._picture
        if new.mood in MOVING:
            self._moving.start()
        else:
            self._moving.stop()

    def _show_frame(self, frame: int) -> None:
        """Show one picture of a movement, unless it is over."""
        with self._lock:
            if self._face.mood not in MOVING:
                return
            self._face = replace(self._face, frame=frame)
            try:
                self._icon.icon = self._picture
            except Exception:  # what decorates never kills
                log.exception(wording.ICON_FAULT)
                self._moving.stop()

    def _show_title(self, board: Board, now: datetime) -> None:
        new = wording.tooltip(board, now)
        if new != self._title:
            self._icon.title = new
            self._title = new

    def _show_menu(self, _board: Board, _now: datetime) -> None:
        self._icon.update_menu()

    def _picture(self, size: int) -> Any:  # noqa: ANN401 - a PIL image, imported late
        return draw(self._face, size)

    def _items(self) -> list[Any]:
        """Give the rows as pystray's items; those that never change are the same."""
        self._before, self._kept = self._kept, {}
        rows = self._menu.rows(self._board, self._clock.now())
        return [self._item(row) for row in rows]

    def _item(self, row: Row) -> Any:  # noqa: ANN401 - pystray has no types
        """Give the item of a row; a static row that was there before keeps its own."""
        if not row.static:
            return self._new_item(row)
        number = id(row)
        known = self._before.get(number) or (row, self._new_item(row))
        self._kept[number] = known
        return known[1]

    def _new_item(self, row: Row) -> Any:  # noqa: ANN401 - pystray has no types
        if row is SEPARATOR:
            return self._toolkit.SEPARATOR
        return self._toolkit.Row(
            row.label,
            self._action(row),
            key=row.key or row.label,
            static=row.static,
            enabled=row.command is not None or row.children is not None,
            checked=None if row.checked is None else _constant(row.checked),
            default=row.default,
        )

    def _action(self, row: Row) -> Any:  # noqa: ANN401 - pystray has no types
        if row.children is not None:
            children = row.children
            return self._toolkit.Menu(lambda: map(self._item, children()))
        return row.command and _Click(self._act, row.command)


@dataclass(slots=True)
class _Click:
    """What a row does: smaller than a closure and sooner made than what is frozen."""

    act: Act
    command: Command

    def __call__(self, _icon: object, _item: object) -> None:
        self.act(self.command)


def _constant(value: bool) -> Callable[[Any], bool]:  # noqa: FBT001 - what pystray wants
    return lambda _: value
