"""The daemon's log: what there is, and what comes."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress

from tray.cli.outside import Tools
from tray.core.errors import Cancelled

INTERVAL = 0.5
"""Seconds between two looks for more."""


def logs(options: Namespace, tools: Tools) -> int:
    """Print the log."""
    log = tools.outside.log()
    _print(log.all(), tools)
    if not options.follow:
        return 0
    with suppress(KeyboardInterrupt):
        while True:
            tools.outside.pause(INTERVAL)
            _print(log.more(), tools)
    return Cancelled.exit_status


def _print(text: str, tools: Tools) -> None:
    if text:
        tools.printer.result(text.removesuffix("\n"))
