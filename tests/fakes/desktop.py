"""A tray icon without a desktop, and boards made without rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from PIL.Image import Image

from tests.builders import a_profile, a_session
from tray.core.board import Board, Phase, SessionStatus
from tray.core.commands import Command
from tray.core.model import Profile
from tray.desktop.rows import SEPARATOR, Row

Draw = Callable[[int], Image]
Rows = Callable[[], Iterable[Any]]


class Broken(Exception):
    """What a desktop throws that is not well."""


@dataclass
class RecordingIcon:
    """Pystray's interface; keeps all that it is given, and fails when told."""

    draw: Draw
    rows: Rows
    titles: list[str]
    pictures: list[bytes] = field(default_factory=list)
    menus: list[list[Any]] = field(default_factory=list)
    visible: bool = False
    stopped: bool = False
    broken: bool = False

    @property
    def icon(self) -> Draw:
        """What draws the picture."""
        return self.draw

    @icon.setter
    def icon(self, draw: Draw) -> None:
        self._fail_if_broken()
        self.draw = draw
        self.pictures.append(draw(16).tobytes())

    @property
    def title(self) -> str:
        """The tooltip."""
        return self.titles[-1]

    @title.setter
    def title(self, title: str) -> None:
        self._fail_if_broken()
        self.titles.append(title)

    def update_menu(self) -> None:
        """Look at the rows again."""
        self.menus.append(list(self.rows()))

    def run(self, set_up: Callable[[RecordingIcon], None]) -> None:
        """Set up, and return at once."""
        set_up(self)

    def stop(self) -> None:
        """Keep that it was stopped."""
        self.stopped = True

    def _fail_if_broken(self) -> None:
        if self.broken:
            raise Broken


@dataclass
class Desktop:
    """Makes the icon, and takes what is clicked."""

    icons: list[RecordingIcon] = field(default_factory=list)
    commands: list[Command] = field(default_factory=list)

    def make(self, draw: Draw, title: str, rows: Rows) -> RecordingIcon:
        """Make one, as a backend does."""
        self.icons.append(RecordingIcon(draw, rows, [title]))
        return self.icons[-1]

    @property
    def icon(self) -> RecordingIcon:
        """The newest icon."""
        return self.icons[-1]

    def items(self) -> list[Any]:
        """Give the menu as it is now."""
        return list(self.icon.rows())

    def choose(self, *path: str) -> None:
        """Open submenus by their labels, and click the last row."""
        items = self.items()
        for label in path[:-1]:
            items = list(the(items, label).submenu.items)
        the(items, path[-1])(self.icon)


def the(items: Sequence[Any], label: str) -> Any:  # noqa: ANN401 - pystray has no types
    """Give the item with this label."""
    (found,) = [item for item in items if item.text == label]
    return found


def a_status(name: str = "corp", phase: Phase = Phase.VALID) -> SessionStatus:
    """Give a session's status without an end."""
    return SessionStatus(a_session(name), phase)


def a_board(*statuses: SessionStatus, profiles: Iterable[Profile] = ()) -> Board:
    """Give a board of these sessions, with a profile each unless others are given."""
    some = tuple(profiles) or tuple(
        a_profile(f"{status.session.name}-dev", status.session.name)
        for status in statuses
    )
    return Board(statuses, some)


def labels(rows: Iterable[Row]) -> list[str]:
    """Give what rows say; `-` is a line."""
    return ["-" if row is SEPARATOR else row.label for row in rows]


def below(rows: Iterable[Row], label: str) -> Sequence[Row]:
    """Give the rows below the row with this label."""
    (found,) = [row for row in rows if row.label == label]
    assert found.children is not None
    return found.children()


def levels(rows: Sequence[Row]) -> Iterable[Sequence[Row]]:
    """Give every level of a menu."""
    yield rows
    for row in rows:
        if row.children is not None:
            yield from levels(row.children())
