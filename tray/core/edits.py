"""What is to change in one of AWS's two files, section by section.

An edit says what, never where: the text that it meets decides that, so that the same
edits can be applied to a file that somebody has changed meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

MARK = "managed by sso-tray"
"""The comment under the header of each section of ours; who deletes it, keeps it."""

Pairs = tuple[tuple[str, str], ...]
"""Keys, in lower case, with their values, in the order in which they are written."""

_UNFIT = re.compile(r"[\r\n\0]|(?:^|\s)[#;]")
"""Line breaks; and where the SDK for JavaScript takes the rest for a comment, which
others read as part of the value (`shared-ini-file-loader`, `parseIni`)."""

_NAME = re.compile(r"[\w@+.%:/-]+", re.ASCII)
"""What that SDK reads as a name; all others do as well."""

_KEY = re.compile(r"[a-z][a-z0-9_]*")


class Kind(StrEnum):
    """What a section is; the value is its header's first word."""

    PROFILE = "profile"
    """A profile of the config file."""

    SESSION = "sso-session"
    """A session of the config file."""

    BARE = ""
    """A profile of the credentials file, whose header is its name."""


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """Which section is meant."""

    kind: Kind
    """What it is."""

    name: str
    """Its name, without quotes."""

    @property
    def sound(self) -> bool:
        """Whether every tool can read a section of this name."""
        return bool(_NAME.fullmatch(self.name))


@dataclass(frozen=True, slots=True)
class Add:
    """Write a new section at the end, marked as ours."""

    head: Head
    """Which; it must not be there yet."""

    values: Pairs
    """What it says."""


@dataclass(frozen=True, slots=True)
class Change:
    """Set and drop keys of a section; all that it says beside them stays."""

    head: Head
    """Which; it must be there, and once only."""

    values: Pairs = ()
    """Keys to set."""

    drop: tuple[str, ...] = ()
    """Keys to drop, with all their lines; no error where one is missing."""


@dataclass(frozen=True, slots=True)
class Rename:
    """Give a section another name."""

    head: Head
    """Which; it must be there, and once only."""

    name: str
    """The new name; no other section of its kind may have it."""


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a section away, and the comments in it; those behind its last line stay."""

    head: Head
    """Which; it must be there, and once only."""


Edit = Add | Change | Rename | Remove


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a change that was written."""

    path: str
    """The file, as people write it."""

    backup: str
    """Where it lies as it was before; empty after an undo."""


def fits_in_a_line(values: Pairs) -> bool:
    """Tell whether every tool reads keys and values as they are, each in one line."""
    return all(
        _KEY.fullmatch(key) and not _UNFIT.search(value) and value == value.strip()
        for key, value in values
    )


def heads_of(edits: Sequence[Edit]) -> frozenset[Head]:
    """Give every section that edits touch, under its old name and its new one."""
    heads = {edit.head for edit in edits}
    new = {Head(e.head.kind, e.name) for e in edits if isinstance(e, Rename)}
    return frozenset(heads | new)
