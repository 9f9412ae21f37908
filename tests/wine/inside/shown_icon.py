"""A program for `test_tray`: the real tray icon of Windows with a board of sessions.

It prints one line for everything that happens.
"""

from __future__ import annotations

import sys
import threading
from dataclasses import replace

from tests.builders import NOON, hours
from tests.fakes.basics import FakeClock
from tests.fakes.desktop import a_board, a_status
from tray.core.board import Board, Needs, Phase
from tray.core.commands import Command, Pause, Quit
from tray.desktop.backend import icon_maker, icon_notices
from tray.desktop.icon import TrayIcon

LONG = "a-session-with-a-very-long-name-" + "x" * 200
GIVEN_UP = 60


class Program:
    """The icon and what is known of the world."""

    def __init__(self) -> None:
        self._clock = FakeClock()
        notices = icon_notices()
        assert notices is not None
        self._notices = notices
        make = notices.watching(icon_maker({}, None, None, self._host))
        self._icon = TrayIcon(make, self.act, self._clock)
        self._board = self._a_board()

    def say(self, *words: object) -> None:
        """Print a line at once."""
        sys.stdout.write(" ".join(map(str, words)) + "\n")
        sys.stdout.flush()

    def act(self, command: Command) -> None:
        """Take a click."""
        self.say(command)
        if isinstance(command, Quit):
            self._icon.stop()
        elif isinstance(command, Pause):
            self._show(replace(self._board, paused=command.paused))

    def run(self) -> None:
        """Be on the screen."""
        self._icon.run(self._ready)
        self.say("ended")

    def _ready(self) -> None:
        self._show(self._board)
        self._notices.show("key", "R&D " + "t" * 300, "b" * 600, without_buttons="Do.")
        self._notices.withdraw("key")
        self.say("shown")

    def _host(self, there: bool) -> None:  # noqa: FBT001 - what icons tell
        self.say("host", there)

    def _show(self, board: Board) -> None:
        self._board = board
        self._icon.show(board, self._clock.now())

    def _a_board(self) -> Board:
        fine = replace(a_status("R&D"), expires_at=NOON + hours(1))
        ended = replace(a_status("corp", Phase.EXPIRED), needs=Needs.LOGIN)
        return a_board(ended, fine, replace(a_status(LONG), expires_at=NOON + hours(2)))


if __name__ == "__main__":
    program = Program()
    last = threading.Timer(GIVEN_UP, lambda: program.act(Quit()))
    last.daemon = True
    last.start()
    program.run()
