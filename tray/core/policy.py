"""What an administrator has set for a machine wins over what its people set.

A policy is of the same form as the settings. Each value in it locks its key. A key that
holds for all locks the same key in the table of each session as well.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tray.core.setting_keys import Mistake, Path, leaves
from tray.core.wording import settings as wording


@dataclass(frozen=True, slots=True)
class Combined:
    """What holds, of settings and policy together."""

    data: Mapping[str, object]
    """The mapping to read."""

    mistakes: tuple[Mistake, ...]
    """What people have set although it is locked."""


def without(data: Mapping[str, object], paths: Collection[Path]) -> dict[str, object]:
    """Give a mapping without some of its values."""
    result: dict[str, object] = {}
    for key, value in data.items():
        inner = [path[1:] for path in paths if path[0] == key]
        if isinstance(value, Mapping) and () not in inner:
            result[key] = without(value, inner)
        elif not inner:
            result[key] = value
    return result


def combine(
    settings: Mapping[str, object], policy: Mapping[str, object], place: str
) -> Combined:
    """Lay a policy over settings; `place` names the policy for people.

    What the policy holds must have been read without a mistake.
    """
    locks = set(leaves(policy))
    refused = [path for path in leaves(settings) if _locked(path, locks)]
    mistakes = tuple(Mistake(path, wording.locked(path, place)) for path in refused)
    return Combined(_laid(without(settings, refused), policy), mistakes)


def _locked(path: Path, locks: Collection[Path]) -> bool:
    overall = path[0] == "sessions" and (path[-1],) in locks
    return overall or path in locks or any(lock[: len(path)] == path for lock in locks)


def _laid(
    below: Mapping[str, object], above: Mapping[str, object]
) -> dict[str, object]:
    result = dict(below)
    for key, value in above.items():
        under = result.get(key)
        if isinstance(value, Mapping):
            result[key] = _laid(under if isinstance(under, Mapping) else {}, value)
        else:
            result[key] = value
    return result
