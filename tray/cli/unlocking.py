"""Asking for a protected profile on the terminal, where no desktop can."""

from __future__ import annotations

import sys

from tray.cli.printer import Printer
from tray.core.wording import guarding as wording

YES = frozenset({"y", "yes"})


def agreed(profile: str, printer: Printer) -> bool | None:
    """Ask whether a profile may be used now; None where nobody is at a terminal."""
    reads = sys.stdin
    try:
        if reads is None or not reads.isatty() or not printer.talks_to_terminal:
            return None
        printer.ask(wording.question(profile))
        return reads.readline().strip().lower() in YES
    except (OSError, ValueError):
        return None
