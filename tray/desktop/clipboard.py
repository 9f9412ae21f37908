"""Copying a text: through the programs that desktops have for it, or as best we can."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from tray.core.errors import TrayError
from tray.core.wording import menu as wording
from tray.desktop.clipboard_klipper import Klipper
from tray.desktop.clipboard_windows import WindowsClipboard
from tray.desktop.clipboard_x11 import X11Clipboard
from tray.desktop.dbus import Bus

Feed = Callable[[Sequence[str], bytes], int]
"""Runs a program with a text on its stdin; gives its exit status."""


Take = Callable[[str], bool]
"""Copies a text by itself; False where it can't."""


class DesktopClipboard:
    """`Clipboard` through wl-copy, xclip, xsel or pbcopy, and others after them.

    The programs come first: what they hold outlives us.
    """

    def __init__(
        self, environ: Mapping[str, str], feed: Feed, others: Sequence[Take] = ()
    ) -> None:
        self._environ = environ
        self._feed = feed
        self._others = others

    def copy(self, text: str) -> None:
        """Put a text there. Raises `TrayError` when the desktop has none for us."""
        for command in self._commands():
            if shutil.which(command[0], path=self._environ.get("PATH")) is None:
                continue
            try:
                if self._feed(command, text.encode()) == 0:
                    return
            except TrayError:
                continue
        if not any(take(text) for take in self._others):
            raise TrayError(*wording.no_clipboard())

    def _commands(self) -> Iterator[Sequence[str]]:
        if sys.platform == "win32":
            yield from ()  # its own functions do
        elif sys.platform == "darwin":
            yield ("pbcopy",)
        else:
            if self._environ.get("WAYLAND_DISPLAY"):
                yield ("wl-copy",)
            if self._environ.get("DISPLAY"):
                yield ("xclip", "-selection", "clipboard")
                yield ("xsel", "--clipboard", "--input")


def own_ways(environ: Mapping[str, str], bus: Bus | None) -> Iterator[Take]:
    """Give the ways that need no program: Windows', Plasma's, and X's held by us.

    Not X's under Wayland, where few windows would see it.
    """
    if sys.platform == "win32":
        yield WindowsClipboard().take
    if bus is not None:
        yield Klipper(bus).take
    if environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
        yield X11Clipboard(environ["DISPLAY"]).take
