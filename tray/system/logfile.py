"""The daemon's log read back, over all the files that it rotates through."""

from __future__ import annotations

from pathlib import Path

from tray.core.errors import TrayError
from tray.core.wording import logs as wording
from tray.system.log import FILES_KEPT


class LogFile:
    """`LogReader` over the file that `Logging` writes."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._read = 0
        self._inode = -1

    def all(self) -> str:
        """Give all that is kept, oldest first. Raises `TrayError` without a log."""
        older = [self._numbered(number) for number in range(FILES_KEPT, 0, -1)]
        texts = [_rest(path, 0)[0] for path in older]
        try:
            self._inode = self._path.stat().st_ino
            with self._path.open("rb"):
                pass
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise TrayError(*wording.no_log(str(self._path), reason)) from None
        text, self._read = _rest(self._path, 0)
        return "".join([*texts, text])

    def more(self) -> str:
        """Give what came since the last look, empty if nothing. Never raises."""
        try:
            status = self._path.stat()
        except OSError:
            return ""
        before = ""
        if status.st_ino != self._inode or status.st_size < self._read:
            before = self._turned_away()
            self._inode, self._read = status.st_ino, 0
        text, self._read = _rest(self._path, self._read)
        return before + text

    def _turned_away(self) -> str:
        """Give the rest of the file that we read last, and the whole of newer ones."""
        text = ""
        for number in range(1, FILES_KEPT + 1):
            path = self._numbered(number)
            if _inode(path) == self._inode:
                return _rest(path, self._read)[0] + text
            text = _rest(path, 0)[0] + text
        return ""

    def _numbered(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}")


def _rest(path: Path, start: int) -> tuple[str, int]:
    """Give a file's text from a byte on, and the byte after it."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            content = file.read()
    except OSError:
        return "", start
    return content.decode("utf-8", "replace"), start + len(content)


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None
