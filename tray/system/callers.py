"""What the program calls itself that asks us: for people to read, never to trust."""

from __future__ import annotations

import os
from pathlib import Path

from tray.core.wording.callers import UNKNOWN

GO_BETWEENS = frozenset(
    {"sh", "bash", "dash", "zsh", "fish", "env", "sso-tray", "python", "python3"}
)
"""Who only passes the question on: shells, and our own commands."""

MOST_PARENTS = 4

PROC = "/proc"

ENOUGH = 200
"""Bytes; name and parent are the first that stands there (a name has up to 64)."""


def program_of(pid: int | None, proc: str | Path = PROC) -> str:
    """Name the program behind a process: the nearest that is no go-between.

    Linux tells (`/proc`, proc(5)); elsewhere it is "a program". Where all of them are
    go-betweens it is the nearest one's parent, such as a script in Python.
    """
    if pid is None:
        return UNKNOWN
    names: list[str] = []
    while len(names) < MOST_PARENTS and pid > 1:
        found = _read(f"{proc}/{pid}/stat")
        if found is None:
            break
        name, pid = found
        names.append(name)
        if name.rstrip("0123456789.") not in GO_BETWEENS:
            return name
    return names[min(1, len(names) - 1)] if names else UNKNOWN


def _read(path: str) -> tuple[str, int] | None:
    """Give a process's name and its parent; the name stands in brackets.

    It is asked at every request, so it is read without a buffer: half the time.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except OSError:
        return None
    try:
        text = os.read(descriptor, ENOUGH)
        name = text[text.index(b"(") + 1 : text.rindex(b")")]
        parent = int(text[text.rindex(b")") + 2 :].split(maxsplit=2)[1])
    except (OSError, ValueError, IndexError):
        return None
    finally:
        os.close(descriptor)
    return name.decode("utf-8", "replace"), parent
