"""Commands of ours in a terminal window, where the desktop has a terminal.

The window stays open after the command until somebody has read it.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from tray.core.errors import TrayError
from tray.core.wording import menu as wording
from tray.desktop.browser import has_screen

Launch = Callable[[Sequence[str]], bool]
"""Starts a program; False where it says at once that it can't. Raises `TrayError`."""

TERMINALS: tuple[tuple[str, ...], ...] = (
    ("xdg-terminal-exec",),
    ("gnome-terminal", "--"),
    ("kgx", "--"),
    ("ptyxis", "--"),
    ("konsole", "-e"),
    ("xfce4-terminal", "-x"),
    ("mate-terminal", "-x"),
    ("lxterminal", "-e"),
    ("qterminal", "-e"),
    ("foot",),
    ("kitty",),
    ("alacritty", "-e"),
    ("wezterm", "start", "--"),
    ("x-terminal-emulator", "-e"),
    ("xterm", "-e"),
)
"""Terminals on Linux and what comes before a command, the desktops' own ones first."""

STAYING = '"$@"; printf "\\n%s" "Press Enter to close this window. "; read -r _'
"""What a shell does: the command, and then it waits."""

SCRIPT = (
    "on run argv",
    'tell application "Terminal" to do script (item 1 of argv)',
    'tell application "Terminal" to activate',
    "end run",
)
"""AppleScript that types a line into a new window."""


_HARMLESS = re.compile(r"[\w .:/\\@+-]+")
"""Words in which the shell of Windows sees nothing but text."""


class DesktopTerminal:
    """`Terminals` on whatever desktop there is."""

    def __init__(
        self,
        environ: Mapping[str, str],
        program: Sequence[str],
        launch: Launch,
        platform: str = sys.platform,
    ) -> None:
        self._platform = platform
        self._environ = environ
        self._program = tuple(program)
        self._launch = launch

    def run(self, words: Sequence[str]) -> None:
        """Run our own program with these words in a new window.

        Raises `TrayError` that says what to type, where no terminal is found.
        """
        for command in self._commands((*self._program, *words)):
            try:
                if self._launch(command):
                    return
            except TrayError:
                continue
        raise TrayError(*wording.no_terminal(shlex.join(("sso-tray", *words))))

    def _commands(self, command: Sequence[str]) -> Iterator[Sequence[str]]:
        if self._platform == "win32":
            if all(_HARMLESS.fullmatch(word) for word in command):
                words = (f'"{word}"' if " " in word else word for word in command)
                yield ("cmd", "/c", "start", "sso-tray", "cmd", "/k", *words)
        elif self._platform == "darwin":
            lines = [word for line in SCRIPT for word in ("-e", line)]
            yield ("osascript", *lines, shlex.join(command))
        elif has_screen(self._environ):
            search = self._environ.get("PATH")
            for terminal in TERMINALS:
                if shutil.which(terminal[0], path=search):
                    yield (*terminal, "sh", "-c", STAYING, "sh", *command)
