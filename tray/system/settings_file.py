"""Our settings: one TOML file that people write; read again only when it changes."""

from __future__ import annotations

import logging
import tomllib
from pathlib import Path

from tray.core.model import Problem
from tray.core.settings import Settings, from_mapping
from tray.core.wording import system as wording
from tray.core.wording.settings import settings_unreadable
from tray.system.plain import read_plain

log = logging.getLogger(__name__)

LARGEST = 1 << 20
"""More than this is no settings file."""

_Stamp = tuple[int, int, int, int] | None
_UNREAD: _Stamp = (-1, -1, -1, -1)


class SettingsFile:
    """`settings.toml`; a bad value never stops anything, its default stands in."""

    def __init__(self, path: Path, base: Settings | None = None) -> None:
        self._path = path
        self._base = base or Settings()
        self._known: tuple[_Stamp, Settings, tuple[Problem, ...]]
        self._known = (_UNREAD, self._base, ())

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong in the file when it was read last."""
        return self._known[2]

    def read(self) -> Settings:
        """Give the settings; the same object while the file is unchanged."""
        stamp = self._stamp()
        if stamp != self._known[0]:
            settings, problems = self._parse() if stamp else (self._base, ())
            if settings == self._known[1]:
                settings = self._known[1]
            self._known = (stamp, settings, problems)
            for problem in problems:
                log.warning("%s %s", problem.title, problem.remedy)
        return self._known[1]

    def _stamp(self) -> _Stamp:
        try:
            status = self._path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError:
            return (0, 0, 0, 0)
        return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino

    def _parse(self) -> tuple[Settings, tuple[Problem, ...]]:
        path = str(self._path)
        try:
            text = read_plain(self._path, LARGEST).decode("utf-8-sig")
            data = tomllib.loads(text)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            return self._base, (settings_unreadable(path, reason),)
        except (ValueError, RecursionError) as error:
            return self._base, (settings_unreadable(path, str(error)),)
        settings, problems = from_mapping(data, self._base)
        return settings, tuple(wording.settings_wrong(path, each) for each in problems)
