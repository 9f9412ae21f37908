"""Our settings: one TOML file that people write, and one of the machine's that wins.

They are read again only when they change.
"""

from __future__ import annotations

import logging
from pathlib import Path

from tray.core.model import Problem
from tray.core.settings import Settings

log = logging.getLogger(__name__)

_Stamp = tuple[int, int, int, int] | None
_UNREAD: _Stamp = (-1, -1, -1, -1)


class SettingsFile:
    """`settings.toml`; a bad value never stops anything, its default stands in."""

    def __init__(
        self, path: Path, policy: Path | None = None, base: Settings | None = None
    ) -> None:
        self._path = path
        self._policy = policy
        self._base = base or Settings()
        self._stamps: tuple[_Stamp, _Stamp] = (_UNREAD, _UNREAD)
        self._settings = self._base
        self._locked: tuple[str, ...] = ()
        self._problems: tuple[Problem, ...] = ()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was wrong in the files when they were read last."""
        return self._problems

    @property
    def locked(self) -> tuple[str, ...]:
        """The settings that the machine's policy has set, such as `sessions.a.mode`."""
        return self._locked

    def read(self) -> Settings:
        """Give the settings; the same object while the files are unchanged."""
        policy = None if self._policy is None else _stamp(self._policy)
        stamps = (_stamp(self._path), policy)
        if stamps != self._stamps:
            self._take(*(stamp is not None for stamp in stamps))
            self._stamps = stamps
            for problem in self._problems:
                log.warning("%s %s", problem.title, problem.remedy)
        return self._settings

    def _take(self, own: bool, ruled: bool) -> None:  # noqa: FBT001 - both named
        """Take over what the files say that are there."""
        settings = self._base
        self._problems, self._locked = (), ()
        if own or ruled:
            from tray.system.settings_text import parse

            files = self._path if own else None, self._policy if ruled else None
            parsed = parse(*files, self._base, self._settings)
            settings, self._problems, self._locked = parsed
        if settings != self._settings:
            self._settings = settings


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return (0, 0, 0, 0)
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
