"""The top of every command: from words to exit status, with no traceback on the way."""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from tray.cli.outside import Outside, Tools, the_program
from tray.cli.printer import CLOSED_PIPE, PipeClosed, Printer
from tray.core.errors import Cancelled, TrayError
from tray.core.wording import cli as wording

PLACES = {
    "run": "tray.cli.daemon",
    "demo": "tray.cli.daemon",
    "status": "tray.cli.status",
    "profiles": "tray.cli.profiles",
    "login": "tray.cli.login",
    "logout": "tray.cli.sessions",
    "refresh": "tray.cli.sessions",
    "snooze": "tray.cli.quiet",
    "mute": "tray.cli.quiet",
    "pause": "tray.cli.quiet",
    "resume": "tray.cli.quiet",
    "autostart": "tray.cli.autostart",
    "credential-process": "tray.cli.credentials",
    "env": "tray.cli.credentials",
    "exec": "tray.cli.execution",
    "console": "tray.cli.execution",
    "simulate": "tray.cli.simulate",
    "doctor": "tray.cli.doctor",
    "logs": "tray.cli.logs",
    "ensure": "tray.cli.ensure",
    "upgrade": "tray.cli.upgrade",
    "configure": "tray.cli.configure",
    "sync": "tray.cli.sync",
}
"""The module in which each command is a function of its name, with `_` for `-`."""

NAMES = {"exec": "execute"}
"""Those that are called otherwise, since Python has a function of the name."""


PLAIN = {("run",): (False, False), ("run", "--headless"): (True, False)}
"""How the daemon is started as a rule: without a tray?, with the log on stderr?

To read these words takes longer than all that the daemon needs for its first answer.
"""


def main(arguments: Sequence[str], outside: Outside | None = None) -> int:
    """Do what the words say, and give the exit status."""
    out, err = sys.stdout or io.StringIO(), sys.stderr or io.StringIO()  # pythonw
    printer = Printer(out, err, os.environ)
    try:
        status = _guarded(arguments, printer, outside or the_program())
        printer.finish()
    except PipeClosed:
        printer.hush()
        return CLOSED_PIPE
    except TrayError as error:  # the printer's own: stdout can't be written
        with suppress(PipeClosed, TrayError):
            printer.error(error)
        printer.hush()
        return error.exit_status
    return status


def _guarded(arguments: Sequence[str], printer: Printer, outside: Outside) -> int:
    debug = "--debug" in arguments
    try:
        return _command(arguments, printer, outside)
    except TrayError as error:
        _trace(printer, debug=debug)
        printer.error(error)
        return error.exit_status
    except KeyboardInterrupt:
        _trace(printer, debug=debug)
        printer.say(wording.INTERRUPTED)
        return Cancelled.exit_status
    except PipeClosed:
        raise
    except Exception as error:  # noqa: BLE001 - the top of the main thread
        _trace(printer, debug=debug)
        fault = TrayError(*wording.unforeseen(type(error).__name__))
        printer.error(fault)
        return fault.exit_status


def _command(arguments: Sequence[str], printer: Printer, outside: Outside) -> int:
    plain = PLAIN.get(tuple(arguments))
    if plain is not None:
        return outside.run(*plain)
    from tray.cli.arguments import parse

    try:
        options = parse(arguments)
    except SystemExit:  # help or version have been printed
        return 0
    place = importlib.import_module(PLACES[options.command])
    name = NAMES.get(options.command, options.command.replace("-", "_"))
    command: Callable[..., int] = getattr(place, name)
    if options.command in {"run", "demo"}:
        return command(options, outside)
    with outside.askers(printer, options.debug) as asker:
        return command(options, Tools(asker, printer, outside))


def _trace(printer: Printer, *, debug: bool) -> None:
    if debug:
        import traceback

        from tray.system.redact import redact

        printer.say(redact(traceback.format_exc().rstrip()))
