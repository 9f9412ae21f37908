"""Copying a text to the clipboard through the programs that desktops have for it."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence

from tray.core.errors import TrayError
from tray.core.wording import menu as wording

Feed = Callable[[Sequence[str], bytes], int]
"""Runs a program with a text on its stdin; gives its exit status."""


class DesktopClipboard:
    """`Clipboard` through wl-copy, xclip, xsel, pbcopy or clip."""

    def __init__(self, environ: Mapping[str, str], feed: Feed) -> None:
        self._environ = environ
        self._feed = feed

    def copy(self, text: str) -> None:
        """Put a text there. Raises `TrayError` when the desktop has none for us."""
        encoding = "utf-16" if sys.platform == "win32" else "utf-8"
        for command in self._commands():
            if shutil.which(command[0], path=self._environ.get("PATH")) is None:
                continue
            try:
                if self._feed(command, text.encode(encoding)) == 0:
                    return
            except TrayError:
                continue
        raise TrayError(*wording.no_clipboard())

    def _commands(self) -> Iterator[Sequence[str]]:
        if sys.platform == "win32":
            yield ("clip",)
        elif sys.platform == "darwin":
            yield ("pbcopy",)
        else:
            if self._environ.get("WAYLAND_DISPLAY"):
                yield ("wl-copy",)
            if self._environ.get("DISPLAY"):
                yield ("xclip", "-selection", "clipboard")
                yield ("xsel", "--clipboard", "--input")
