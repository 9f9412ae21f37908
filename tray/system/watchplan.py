"""Which names in which folders decide what our paths mean, through all links.

A path changes its meaning when any of them appears, vanishes or is replaced; so these,
and not the path, are what must be watched.
"""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePath

MOST_LINKS = 40
"""After so many links the system itself gives up (ELOOP on Linux)."""

MOST_LINKED = 64
"""So many linked token files are followed to where they lie."""

TOKEN = re.compile(r"[0-9a-f]{40}\.json")
"""The name of a token file: SHA-1 in hex."""

Stamp = tuple[int, int, int] | None
"""Time, size and number of a file; None where there is none."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What is watched; none of it need exist."""

    home: Path
    """Folders are watched up to this one, as far as the paths lie in it."""

    files: tuple[Path, ...]
    """AWS's config and credentials."""

    cache: Path
    """The token cache; only token files count."""

    settings: tuple[Path, ...]
    """Our settings; folders above their own are not watched, they are noisy."""

    def stamps(self) -> dict[str, Stamp]:
        """Tell each file's state, to be compared with an earlier one."""
        paths = [str(path) for path in (*self.files, *self.settings)]
        try:
            with os.scandir(self.cache) as entries:
                paths += [e.path for e in entries if TOKEN.fullmatch(e.name)]
        except OSError:
            paths.append(str(self.cache))
        return {path: _stamp(path) for path in paths}

    def plan(self) -> dict[str, Folder]:
        """Give the folders that must be watched now, by their resolved paths."""
        plan: dict[str, Folder] = {}
        home = os.path.realpath(self.home)
        for path in (*self.files, self.cache):
            _add(plan, str(path), home)
        for path in self.settings:
            _add(plan, str(path), None)
        cache = os.path.realpath(self.cache)
        if Path(cache).is_dir():
            folder = plan.setdefault(cache, Folder())
            folder.tokens = folder.content = True
            for link in _linked_tokens(cache):
                _add(plan, link, None)
        return plan


@dataclass(slots=True)
class Folder:
    """A folder that is to be watched."""

    names: set[str] = field(default_factory=set)
    """The names in it that count."""

    tokens: bool = False
    """Whether token files in it count."""

    content: bool = False
    """Whether writing into its files counts, besides coming and going."""

    def counts(self, name: str, tokens: Container[str] | None = None) -> bool:
        """Tell whether something about this name in the folder matters.

        `tokens` are the token files that matter; without them, all do.
        """
        if name in self.names:
            return True
        if not self.tokens:
            return False
        return bool(TOKEN.fullmatch(name)) if tokens is None else name in tokens


def lookups(path: str) -> Iterator[tuple[str, str]]:
    """Give (folder, name) for each step of resolving an absolute path, in order.

    Folders are resolved ones; it ends with the first name that is not there.
    """
    folder = PurePath(path).anchor
    rest = list(reversed(PurePath(path).parts[1:]))
    links = 0
    while rest:
        name = rest.pop()
        if name == os.pardir:
            folder = str(PurePath(folder).parent)
            continue
        yield folder, name
        step = Path(folder, name)
        try:
            target = step.readlink()
        except OSError:
            if not step.exists():
                return
            folder = str(step)
            continue
        links += 1
        if links > MOST_LINKS:
            return
        parts = target.parts
        if target.is_absolute():
            folder, parts = target.anchor, parts[1:]
        rest += reversed(parts)


def identity(path: str) -> tuple[int, int] | None:
    """Tell which folder a path means now; None where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - strings all the way
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _add(plan: dict[str, Folder], path: str, home: str | None) -> None:
    """Note the steps that are to be watched: the last, links, and all within home."""
    steps = list(lookups(path))
    for number, (folder, name) in enumerate(steps):
        last = number == len(steps) - 1
        within = home is not None and f"{folder}{os.sep}".startswith(f"{home}{os.sep}")
        top = str(PurePath(folder).parent) == folder
        if last or within or (not top and Path(folder, name).is_symlink()):
            entry = plan.setdefault(folder, Folder())
            entry.names.add(name)
            entry.content |= last


def _linked_tokens(cache: str) -> list[str]:
    try:
        with os.scandir(cache) as entries:
            links = [e.path for e in entries if e.is_symlink()]
    except OSError:
        return []
    return [link for link in links if TOKEN.fullmatch(Path(link).name)][:MOST_LINKED]


def _stamp(path: str) -> Stamp:
    try:
        status = os.stat(path)  # noqa: PTH116 - strings all the way
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size, status.st_ino
