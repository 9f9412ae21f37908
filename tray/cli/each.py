"""Which sessions a command is about, and how it goes on from one to the next."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable

from tray.cli.outside import Tools
from tray.cli.printer import Printer
from tray.cli.seen import Seen, read_report
from tray.core.board import SessionStatus
from tray.core.errors import TrayError

WORST_FIRST = (1, 5, 3, 4)
"""With `--all` the worst exit status counts: what a retry helps least with comes first.

1 failed, 5 the config has to be corrected, 3 people must log in, 4 it may pass.
"""


def look(tools: Tools) -> Seen:
    """Give what is known now."""
    return read_report(tools.report())


def chosen(options: Namespace, seen: Seen) -> tuple[SessionStatus, ...]:
    """Give the sessions that are meant: the named one, all, or the only one.

    Raises `UsageError` and `ConfigError`.
    """
    if options.all:
        return seen.board.sessions or (seen.only(),)
    return (seen.named(options.session) if options.session else seen.only(),)


def one_by_one(
    sessions: Iterable[SessionStatus],
    act: Callable[[SessionStatus], None],
    printer: Printer,
) -> int:
    """Act on each session, whatever happens to the others; give the worst status."""
    statuses = {0}
    for session in sessions:
        try:
            act(session)
        except TrayError as error:
            printer.error(error)
            statuses.add(error.exit_status)
    known = [status for status in WORST_FIRST if status in statuses]
    return known[0] if known else max(statuses)
