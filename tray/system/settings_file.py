"""Our settings: one TOML file that people write, and one of the machine's that wins.

They are read again only when they change.
"""

from __future__ import annotations

import logging
import os
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from tray.core.model import Problem
from tray.core.policy import combine, without
from tray.core.setting_keys import Mistake, from_mapping, leaves
from tray.core.settings import Settings, protected_ones
from tray.core.toml_places import line_of
from tray.core.wording import settings as words
from tray.core.wording import system as wording
from tray.system.plain import read_plain

log = logging.getLogger(__name__)

LARGEST = 1 << 20
"""More than this is no settings file."""

WRITE_OF_OTHERS = 0o022
"""The bits of a mode by which others than the owner may write."""

_Stamp = tuple[int, int, int, int] | None
_UNREAD: _Stamp = (-1, -1, -1, -1)


@dataclass(frozen=True, slots=True)
class _Read:
    """What one file holds."""

    path: Path
    """The file."""

    text: str = ""
    """Its text."""

    data: Mapping[str, object] = field(default_factory=dict)
    """What it says."""

    problems: Sequence[Problem] = ()
    """Why it could not be read, if so."""

    def told(self, mistakes: Iterable[Mistake]) -> list[Problem]:
        """Name file and line of each mistake in it."""
        return [
            wording.settings_wrong(
                str(self.path), line_of(self.text, each.path), each.problem
            )
            for each in mistakes
        ]


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
            settings = self._parse(*(stamp is not None for stamp in stamps))
            if settings != self._settings:
                self._settings = settings
            self._stamps = stamps
            for problem in self._problems:
                log.warning("%s %s", problem.title, problem.remedy)
        return self._settings

    def _parse(self, own: bool, ruled: bool) -> Settings:  # noqa: FBT001 - both named
        mine = _read(self._path) if own else _Read(self._path)
        policy = _read_policy(self._policy) if ruled and self._policy else _Read(Path())
        _, wrong = from_mapping(policy.data)
        rules = without(policy.data, [each.path for each in wrong])
        both = combine(mine.data, rules, str(policy.path))
        settings, mistakes = from_mapping(both.data, self._base)
        if mine.problems:  # a slip unlocks nothing
            kept = protected_ones(self._settings.profiles)
            settings = replace(settings, profiles={**kept, **settings.profiles})
        told = policy.told(wrong) + mine.told([*both.mistakes, *mistakes])
        self._problems = (*policy.problems, *mine.problems, *told)
        self._locked = tuple(".".join(path) for path in leaves(rules))
        return settings


def _stamp(path: Path) -> _Stamp:
    try:
        status = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        return (0, 0, 0, 0)
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino


def _read(path: Path) -> _Read:
    try:
        text = read_plain(path, LARGEST).decode("utf-8-sig")
        return _Read(path, text, tomllib.loads(text))
    except OSError as error:
        reason = error.strerror or type(error).__name__
    except (ValueError, RecursionError) as error:
        reason = str(error)
    return _Read(path, problems=[words.settings_unreadable(str(path), reason)])


def _read_policy(path: Path) -> _Read:
    """Read a policy, which holds only where nobody else can have written it."""
    try:
        states = [path.stat(), path.parent.stat()]
    except OSError:
        return _read(path)
    if sys.platform != "win32":
        if any(state.st_uid not in (0, os.geteuid()) for state in states):
            return _Read(path, problems=[words.policy_foreign(str(path))])
        if any(state.st_mode & WRITE_OF_OTHERS for state in states):
            return _Read(path, problems=[words.policy_open(str(path))])
    return _read(path)
