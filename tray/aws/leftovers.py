"""Unfinished files of ours that a crash has left."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from pathlib import Path

from tray.aws.files import TEMPORARY

OLD = 600.0
"""Seconds: an unfinished file of ours that is older was left by a crash."""

_LEFT = re.compile(r".*\.(\d+)-[0-9a-f]{12}" + re.escape(TEMPORARY), re.DOTALL)


def is_left_behind(name: str, age: float) -> bool:
    """Tell whether a file is an unfinished one of ours whose process is gone.

    `age` is in seconds. On shared homes the process may be another machine's; it then
    begins its file anew.
    """
    found = _LEFT.fullmatch(name)
    if not name.endswith(TEMPORARY):
        return False
    return age > OLD or (found is not None and not _runs(int(found[1])))


def _runs(pid: int) -> bool:
    if sys.platform == "win32":  # there an open file can't be deleted anyway
        runs = True
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
