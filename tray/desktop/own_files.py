"""Our settings and our log, opened with the program that the desktop has for them."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from tray.core.errors import TrayError
from tray.core.settings_template import template
from tray.core.wording import settings as wording
from tray.desktop.browser import has_screen

Launch = Callable[[Sequence[str]], bool]
"""Starts a program; False where it says at once that it can't. Raises `TrayError`."""

OPENERS = (("xdg-open",), ("gio", "open"), ("exo-open",))
"""Commands that open a file or a folder on Linux, best first."""


class DesktopFiles:
    """`OwnFiles` on whatever desktop there is."""

    def __init__(
        self, environ: Mapping[str, str], settings: Path, logs: Path, launch: Launch
    ) -> None:
        self._environ = environ
        self._settings = settings
        self._logs = logs
        self._launch = launch

    def open_settings(self) -> None:
        """Open the settings in the person's editor, made first if there are none.

        Raises `TrayError` where there is no editor, with the file's place.
        """
        try:
            self._settings.parent.mkdir(parents=True, exist_ok=True)
            with self._settings.open("x", encoding="utf-8") as file:
                file.write(template())
        except OSError as error:
            if not self._settings.exists():
                reason = error.strerror or type(error).__name__
                raise TrayError(
                    *wording.not_made(str(self._settings), reason)
                ) from None
        self._open(self._settings, text=True)

    def open_logs(self) -> None:
        """Open the folder with the log. Raises `TrayError` where nothing can."""
        self._open(self._logs, text=False)

    def _open(self, path: Path, *, text: bool) -> None:
        for command in self._commands(str(path), text=text):
            try:
                if self._launch(command):
                    return
            except TrayError:
                continue
        raise TrayError(*wording.not_opened(str(path)))

    def _commands(self, path: str, *, text: bool) -> Iterator[Sequence[str]]:
        if sys.platform == "win32":
            yield ("notepad", path) if text else ("explorer", path)
        elif sys.platform == "darwin":
            yield ("open", "-t", path) if text else ("open", path)
        elif has_screen(self._environ):
            search = self._environ.get("PATH")
            for opener in OPENERS:
                if shutil.which(opener[0], path=search):
                    yield (*opener, path)
