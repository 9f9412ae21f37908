"""What this process logs while it does the work itself, as talk on stderr."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from tray.cli.printer import PipeClosed, Printer
from tray.core.errors import TrayError
from tray.system.redact import redact


class _Hearing(logging.Handler):
    """Says each record in one line; with `debug` with its traceback."""

    def __init__(self, printer: Printer, *, debug: bool) -> None:
        super().__init__(logging.DEBUG if debug else logging.WARNING)
        self._printer = printer
        self._debug = debug

    def emit(self, record: logging.LogRecord) -> None:
        """Say it; who can't hear it is no reason to stop."""
        text = self.format(record) if self._debug else record.getMessage()
        with suppress(PipeClosed, TrayError):
            self._printer.say(f"sso-tray: {redact(text)}")


@contextmanager
def hearing(printer: Printer, *, debug: bool) -> Iterator[None]:
    """Say warnings, or with `debug` all that our own modules log, for this block.

    Other libraries' loggers stay at warnings: they print tokens below that.
    """
    handler = _Hearing(printer, debug=debug)
    ours = logging.getLogger("tray")
    before = ours.level
    logging.getLogger().addHandler(handler)
    if debug:
        ours.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        ours.setLevel(before)
        logging.getLogger().removeHandler(handler)
