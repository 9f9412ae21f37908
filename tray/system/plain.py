"""Small files of our own, read without surprises, and set aside when they are damaged.

In the place of a file there may be a folder, a pipe that nobody writes to, or a
gigabyte of nothing; none of them may stop a start.
"""

from __future__ import annotations

import contextlib
import errno
import os
import stat
import sys
from datetime import UTC, datetime
from pathlib import Path

from tray.core.wording import system as wording

ASIDE = ".damaged-"
"""What stands between a damaged file's name and the moment it was set aside."""

ASIDES_KEPT = 3
"""So many damaged files are kept for those who wonder; older ones go."""

_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_BINARY", 0)
)


class Foreign(OSError):
    """The file is there, but none that we could have written."""


def read_plain(path: Path, largest: int, *, own: bool = False) -> bytes:
    """Give a plain file's content; never waits.

    Raises `Foreign` for what is no plain file, is larger than `largest` bytes, or, with
    `own`, belongs to another user; and any other `OSError`.
    """
    try:
        descriptor = os.open(path, _FLAGS)
    except IsADirectoryError as error:
        raise Foreign(error.errno, error.strerror) from None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise Foreign(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(status.st_mode):
            raise Foreign(errno.EINVAL, wording.NOT_PLAIN)
        if status.st_size > largest:
            raise Foreign(errno.EFBIG, os.strerror(errno.EFBIG))
        if own and sys.platform != "win32" and status.st_uid != os.geteuid():
            raise Foreign(errno.EPERM, wording.NOT_OURS)
        content = b""
        while len(content) <= largest:
            piece = os.read(descriptor, largest + 1 - len(content))
            if not piece:
                return content
            content += piece
        raise Foreign(errno.EFBIG, os.strerror(errno.EFBIG))
    finally:
        os.close(descriptor)


def set_aside(path: Path) -> Path | None:
    """Rename what lies there, so that it is in nobody's way; give its new place.

    None where that can't be. Of those set aside before, only a few are kept.
    """
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S.%f")
    aside = path.with_name(f"{path.name}{ASIDE}{moment}Z")
    try:
        path.rename(aside)
    except OSError:
        return None
    with contextlib.suppress(OSError):
        beginning = f"{path.name}{ASIDE}"
        names = (each.name for each in path.parent.iterdir())
        for name in sorted(n for n in names if n.startswith(beginning))[:-ASIDES_KEPT]:
            with contextlib.suppress(OSError):
                path.with_name(name).unlink()
    return aside


def sweep(path: Path) -> None:
    """Delete what processes that are gone have left unfinished beside a file of ours.

    Such files are called `<name>.<process>.tmp`.
    """
    with contextlib.suppress(OSError):
        for each in path.parent.glob(f"{path.name}.*.tmp"):
            number = each.name.removeprefix(f"{path.name}.").removesuffix(".tmp")
            if number.isdecimal() and not _runs(int(number)):
                with contextlib.suppress(OSError):
                    each.unlink()


def _runs(pid: int) -> bool:
    if sys.platform == "win32":  # there an open file can't be deleted anyway
        runs = pid == os.getpid()
    else:
        try:
            os.kill(pid, 0)
            runs = not _is_zombie(pid)
        except (OSError, OverflowError) as error:
            runs = not isinstance(error, ProcessLookupError)
    return runs


def _is_zombie(pid: int) -> bool:
    """Tell whether a process has ended and only nobody has asked how (Linux)."""
    with contextlib.suppress(OSError):
        status = Path(f"/proc/{pid}/stat").read_text(errors="replace")
        return status.rpartition(") ")[2][:1] in {"Z", "X"}
    return False
