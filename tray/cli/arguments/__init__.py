"""The words of the command line: which commands and options there are, by theme."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import tray
from tray.cli.arguments import (
    credentials,
    daemon,
    foresight,
    sessions,
    setting_up,
    trouble,
    upgrading,
)
from tray.cli.arguments.words import Parser
from tray.core.errors import UsageError
from tray.core.wording import cli as wording
from tray.core.wording import cli_help as words

ADDED = (
    daemon.run,
    daemon.demo,
    sessions.status,
    sessions.login,
    sessions.logout,
    sessions.refresh,
    sessions.ensure,
    sessions.profiles,
    sessions.quiet,
    daemon.autostart,
    credentials.credential_process,
    credentials.env,
    credentials.execute,
    credentials.console,
    foresight.simulate,
    setting_up.configure,
    setting_up.sync,
    upgrading.upgrade,
    trouble.doctor,
    trouble.logs,
)
"""The commands, in the order in which `--help` lists them."""


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Give the options that the words mean.

    Raises `UsageError`, and `SystemExit` once help or version have been printed.
    """
    ours, theirs = _cut(arguments)
    options = make_parser().parse_args(ours)
    if theirs:
        options.words += theirs
    if options.command is None:
        raise UsageError(words.NO_COMMAND, wording.see_help(words.PROGRAM))
    return options


def _cut(arguments: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Cut off the command that `exec` is to run: its words are not ours to read."""
    if "--" not in arguments:
        return arguments, ()
    end = arguments.index("--")
    if credentials.EXEC not in arguments[:end]:
        return arguments, ()
    return arguments[:end], arguments[end + 1 :]


def make_parser() -> argparse.ArgumentParser:
    """Give the parser itself, of which man page and completions are made as well."""
    parser = Parser(prog=words.PROGRAM, description=words.ABOUT, epilog=words.EXAMPLES)
    version = f"{words.PROGRAM} {tray.__version__}"
    parser.add_argument(
        "--version", action="version", version=version, help=words.VERSION
    )
    parser.add_argument("--debug", action="store_true", help=words.DEBUG)
    commands = parser.add_subparsers(
        title=words.COMMANDS, metavar="COMMAND", dest="command"
    )
    for add in ADDED:
        add(commands)
    return parser
