"""The words of the command line: which commands and options there are."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NoReturn

import tray
from tray.core.autostart import Method
from tray.core.credentials import Format
from tray.core.errors import UsageError
from tray.core.execution import Mode
from tray.core.settings import parse_duration
from tray.core.wording import autostart as starting
from tray.core.wording import cli as wording
from tray.core.wording import cli_credentials as credentials
from tray.core.wording import cli_help as words
from tray.core.wording import execution as others
from tray.core.wording import simulation_help as foretold
from tray.core.wording.cli_quiet import DURATION_WANTED

FORMATS = ("table", "json")

EXEC = "exec"

Commands = Any
"""What `add_subparsers` gives; argparse has no public name for it."""


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are ours, and which guesses no abbreviations."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - argparse's own
        settings.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, add_help=False, **settings)
        self.add_argument("-h", "--help", action="help", help=words.HELP)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words."""
        title = f"{message[:1].upper()}{message[1:]}".rstrip(".")
        raise UsageError(f"{title}.", wording.see_help(self.prog))


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
    if EXEC not in arguments[:end]:
        return arguments, ()
    return arguments[:end], arguments[end + 1 :]


def make_parser() -> argparse.ArgumentParser:
    """Give the parser itself, of which man page and completions are made as well."""
    parser = _Parser(prog=words.PROGRAM, description=words.ABOUT, epilog=words.EXAMPLES)
    version = f"{words.PROGRAM} {tray.__version__}"
    parser.add_argument(
        "--version", action="version", version=version, help=words.VERSION
    )
    parser.add_argument("--debug", action="store_true", help=words.DEBUG)
    commands = parser.add_subparsers(
        title=words.COMMANDS, metavar="COMMAND", dest="command"
    )
    for add in (
        _run,
        _demo,
        _status,
        _login,
        _logout,
        _refresh,
        _profiles,
        _quiet,
        _autostart,
        _credential_process,
        _env,
        _exec,
        _console,
        _simulate,
    ):
        add(commands)
    return parser


def _command(
    commands: Commands, name: str, about: str, epilog: str | None = None
) -> _Parser:
    description = f"{about[:1].upper()}{about[1:]}."
    parser: _Parser = commands.add_parser(
        name, help=about, description=description, epilog=epilog
    )
    parser.add_argument(
        "--debug", action="store_true", default=argparse.SUPPRESS, help=words.DEBUG
    )
    return parser


def _run(commands: Commands) -> None:
    parser = _command(commands, "run", words.RUN)
    parser.add_argument("--headless", action="store_true", help=words.RUN_HEADLESS)


def _demo(commands: Commands) -> None:
    parser = _command(commands, "demo", words.DEMO)
    parser.add_argument("--headless", action="store_true", help=words.DEMO_HEADLESS)
    parser.add_argument(
        "--minutes", type=_minutes, metavar="N", help=words.DEMO_MINUTES
    )
    parser.add_argument("--no-browser", action="store_true", help=words.DEMO_NO_BROWSER)


def _status(commands: Commands) -> None:
    parser = _command(commands, "status", words.STATUS)
    parser.add_argument("--session", metavar="S", help=words.STATUS_SESSION)
    parser.add_argument("--watch", action="store_true", help=words.STATUS_WATCH)
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--json",
        action="store_const",
        const="json",
        dest="format",
        help=words.STATUS_JSON,
    )
    form.add_argument("--format", choices=FORMATS, help=words.STATUS_FORMAT)


def _login(commands: Commands) -> None:
    parser = _command(commands, "login", words.LOGIN, words.LOGIN_EXAMPLES)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--session", metavar="S", help=words.LOGIN_SESSION)
    which.add_argument("--profile", metavar="P", help=words.LOGIN_PROFILE)
    which.add_argument("--all", action="store_true", help=words.LOGIN_ALL)
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--pkce", action="store_true", help=words.LOGIN_PKCE)
    way.add_argument("--device-code", action="store_true", help=words.LOGIN_DEVICE)
    parser.add_argument(
        "--no-browser", action="store_true", help=words.LOGIN_NO_BROWSER
    )


def _logout(commands: Commands) -> None:
    parser = _command(commands, "logout", words.LOGOUT, words.WORST)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--session", metavar="S", help=words.LOGOUT_SESSION)
    which.add_argument("--all", action="store_true", help=words.LOGOUT_ALL)


def _refresh(commands: Commands) -> None:
    parser = _command(commands, "refresh", words.REFRESH, words.WORST)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--session", metavar="S", help=words.REFRESH_SESSION)
    which.add_argument("--all", action="store_true", help=words.REFRESH_ALL)
    parser.add_argument("--force", action="store_true", help=words.REFRESH_FORCE)


def _profiles(commands: Commands) -> None:
    parser = _command(commands, "profiles", words.PROFILES)
    parser.add_argument("--session", metavar="S", help=words.PROFILES_SESSION)
    parser.add_argument("--json", action="store_true", help=words.PROFILES_JSON)


def _quiet(commands: Commands) -> None:
    snooze = _command(commands, "snooze", words.SNOOZE)
    snooze.add_argument(
        "duration",
        nargs="?",
        type=_duration,
        metavar="DURATION",
        help=words.SNOOZE_DURATION,
    )
    mute = _command(commands, "mute", words.MUTE)
    for parser in (snooze, mute):
        parser.add_argument("--session", metavar="S", help=words.QUIET_SESSION)
    _command(commands, "pause", words.PAUSE)
    _command(commands, "resume", words.RESUME)


def _credential_process(commands: Commands) -> None:
    parser = _command(commands, "credential-process", credentials.PROCESS)
    parser.add_argument(
        "--profile", metavar="P", required=True, help=credentials.PROCESS_PROFILE
    )


def _env(commands: Commands) -> None:
    parser = _command(commands, "env", credentials.ENV, credentials.ENV_EXAMPLE)
    parser.add_argument("profile", metavar="PROFILE", help=credentials.PROCESS_PROFILE)
    forms = [form.value for form in Format]
    parser.add_argument(
        "--format", choices=forms, default=forms[0], help=credentials.ENV_FORMAT
    )


def _exec(commands: Commands) -> None:
    parser = _command(commands, EXEC, others.EXEC, others.EXEC_EPILOG)
    parser.add_argument("profile", metavar="PROFILE", help=others.EXEC_PROFILE)
    parser.add_argument(
        "--mode", choices=list(Mode), default=Mode.ENDPOINT, help=others.EXEC_MODE
    )
    parser.add_argument(
        "words", nargs="*", metavar="-- COMMAND", help=others.EXEC_COMMAND
    )


def _console(commands: Commands) -> None:
    parser = _command(commands, "console", others.CONSOLE)
    parser.add_argument("profile", metavar="PROFILE", help=others.EXEC_PROFILE)
    parser.add_argument("--service", metavar="NAME", help=others.CONSOLE_SERVICE)
    parser.add_argument("--print", action="store_true", help=others.CONSOLE_PRINT)


def _simulate(commands: Commands) -> None:
    parser = _command(commands, "simulate", foretold.ABOUT, foretold.EPILOG)
    parser.add_argument(
        "--until",
        type=_until,
        default=timedelta(days=1),
        metavar="TIME",
        help=foretold.UNTIL,
    )
    parser.add_argument("--json", action="store_true", help=foretold.JSON)
    parser.add_argument("--picture", metavar="FILE", help=foretold.PICTURE)


def _autostart(commands: Commands) -> None:
    parser = _command(commands, "autostart", starting.ABOUT, starting.EXAMPLES)
    parser.add_argument(
        "action", choices=("enable", "disable", "status"), help=starting.ACTION
    )
    parser.add_argument(
        "--method", choices=("auto", *Method), default="auto", help=starting.METHOD
    )


def _duration(text: str) -> timedelta:
    try:
        return parse_duration(text)
    except ValueError:
        raise argparse.ArgumentTypeError(DURATION_WANTED) from None


def _until(text: str) -> Any:  # noqa: ANN401 - a type of a module imported late
    from tray.core.simulation import parse_until

    try:
        return parse_until(text)
    except ValueError:
        from tray.core.wording.simulation import UNTIL_WANTED

        raise argparse.ArgumentTypeError(UNTIL_WANTED) from None


def _minutes(text: str) -> float:
    try:
        minutes = float(text)
    except ValueError:
        minutes = 0
    if not 0 < minutes < float("inf"):
        raise argparse.ArgumentTypeError(words.MINUTES_WANTED)
    return minutes
