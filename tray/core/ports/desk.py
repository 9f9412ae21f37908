"""What we ask of the desktop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tray.core.board import Board
    from tray.core.presence import Presence
    from tray.core.telling import Prompt


class Browser(Protocol):
    """The person's browser."""

    def open(self, url: str) -> None:
        """Open an address; returns at once. Raises `TrayError` when there is none."""
        ...


class Clipboard(Protocol):
    """The desktop's clipboard."""

    def copy(self, text: str) -> None:
        """Put a text there. Raises `TrayError` when the desktop has none for us."""
        ...


class OwnFiles(Protocol):
    """Our own files, for people to look at."""

    def open_settings(self) -> None:
        """Open the settings in the person's editor, made first if there are none.

        Raises `TrayError` where there is no editor, with the file's place.
        """
        ...

    def open_logs(self) -> None:
        """Open the folder with the log. Raises `TrayError` where nothing can."""
        ...


class Terminals(Protocol):
    """Windows for commands that ask or show much."""

    def run(self, words: Sequence[str]) -> None:
        """Run our own program with these words in a new terminal window.

        Raises `TrayError` that says what to type, where there is no terminal.
        """
        ...


class Teller(Protocol):
    """A place for a plain sentence that is no episode of a session."""

    def tell(self, title: str, body: str) -> None:
        """Tell people something once. Never raises."""
        ...


class View(Protocol):
    """Something that shows the board."""

    def show(self, board: Board, now: datetime) -> None:
        """Show this board as of now. Never raises: what decorates never kills."""
        ...


class Notifier(Protocol):
    """The desktop's notices."""

    def show(self, prompt: Prompt) -> None:
        """Show a prompt in place of the one with the same key. Never raises.

        One that holds no news only corrects what still stands on the screen.
        """
        ...

    def withdraw(self, key: str) -> None:
        """Take the prompt with this key away if it still stands. Never raises."""
        ...


class PresenceSensor(Protocol):
    """Whether somebody is at the screen."""

    def look(self) -> Presence:
        """Give what is known now, within 0.3 seconds or so. Never raises.

        What can't be told is left out, which means present.
        """
        ...
