"""What our settings' files say: the person's, and the machine's that wins.

Most people have neither, so that this is loaded only for those who do.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

from tray.core.model import Problem
from tray.core.policy import combine, without
from tray.core.setting_keys import Mistake, from_mapping, leaves
from tray.core.settings import Settings, protected_ones
from tray.core.toml_places import line_of
from tray.core.wording import settings as words
from tray.core.wording import system as wording
from tray.system.plain import read_plain

LARGEST = 1 << 20
"""More than this is no settings file."""

WRITE_OF_OTHERS = 0o022
"""The bits of a mode by which others than the owner may write."""


class Parsed(NamedTuple):
    """What both files come to."""

    settings: Settings
    """The settings."""

    problems: tuple[Problem, ...] = ()
    """What was wrong."""

    locked: tuple[str, ...] = ()
    """The settings that the policy has set."""


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


def parse(
    own: Path | None, policy: Path | None, base: Settings, before: Settings
) -> Parsed:
    """Give what the files say that are there, over `base`.

    What `before` protects stays so while the person's own file can't be read.
    """
    mine = _read(own) if own else _Read(Path())
    rule = _read_policy(policy) if policy else _Read(Path())
    _, wrong = from_mapping(rule.data)
    rules = without(rule.data, [each.path for each in wrong])
    both = combine(mine.data, rules, str(rule.path))
    settings, mistakes = from_mapping(both.data, base)
    if mine.problems:  # a slip unlocks nothing
        kept = protected_ones(before.profiles)
        settings = replace(settings, profiles={**kept, **settings.profiles})
    told = rule.told(wrong) + mine.told([*both.mistakes, *mistakes])
    locked = tuple(".".join(path) for path in leaves(rules))
    return Parsed(settings, (*rule.problems, *mine.problems, *told), locked)


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
