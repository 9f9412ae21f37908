"""Asks people for a yes or a no at their terminal."""

from __future__ import annotations

import sys

from tray.core.errors import Cancelled
from tray.core.wording import upgrading as wording


def confirm(question: str) -> bool | None:
    """Give yes (which an empty line means too) or no; None without a terminal.

    Raises `Cancelled` at the end of what people type.
    """
    try:
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            return None
    except (AttributeError, ValueError):  # closed, or pythonw has none
        return None
    sys.stderr.write(f"{question} [Y/n] ")
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise Cancelled(wording.DECLINED)
    return line.strip().lower() in {"", "y", "yes"}
