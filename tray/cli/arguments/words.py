"""What all words of the command line share: the parser, and values as written."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import Any, NoReturn

from tray.core.errors import UsageError
from tray.core.settings import parse_duration
from tray.core.wording import cli as wording
from tray.core.wording import cli_help as words
from tray.core.wording.cli_quiet import DURATION_WANTED

Commands = Any
"""What `add_subparsers` gives; argparse has no public name for it."""


class Parser(argparse.ArgumentParser):
    """A parser whose errors are ours, and which guesses no abbreviations."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - argparse's own
        settings.setdefault("formatter_class", argparse.RawDescriptionHelpFormatter)
        super().__init__(allow_abbrev=False, add_help=False, **settings)
        self.add_argument("-h", "--help", action="help", help=words.HELP)

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the words."""
        title = f"{message[:1].upper()}{message[1:]}".rstrip(".")
        raise UsageError(f"{title}.", wording.see_help(self.prog))


def command(
    commands: Commands, name: str, about: str, epilog: str | None = None
) -> Parser:
    """Add a command of this name, and give its parser."""
    description = f"{about[:1].upper()}{about[1:]}."
    parser: Parser = commands.add_parser(
        name, help=about, description=description, epilog=epilog
    )
    parser.add_argument(
        "--debug", action="store_true", default=argparse.SUPPRESS, help=words.DEBUG
    )
    return parser


def way_to_log_in(parser: Parser) -> None:
    """Add the words that say how a log-in goes."""
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--pkce", action="store_true", help=words.LOGIN_PKCE)
    way.add_argument("--device-code", action="store_true", help=words.LOGIN_DEVICE)
    parser.add_argument(
        "--no-browser", action="store_true", help=words.LOGIN_NO_BROWSER
    )


def how_to_change(parser: Parser) -> None:
    """Add the words of commands that change the AWS config."""
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--dry-run", action="store_true", help=words.DRY_RUN)
    how.add_argument("--yes", action="store_true", help=words.YES)
    how.add_argument("--undo", action="store_true", help=words.UNDO)


def duration(text: str) -> timedelta:
    """Read a duration such as `2h30m`."""
    try:
        return parse_duration(text)
    except ValueError:
        raise argparse.ArgumentTypeError(DURATION_WANTED) from None


def until(text: str) -> Any:  # noqa: ANN401 - a type of a module imported late
    """Read a time to come such as `+24h`."""
    from tray.core.simulation import parse_until

    try:
        return parse_until(text)
    except ValueError:
        from tray.core.wording.simulation import UNTIL_WANTED

        raise argparse.ArgumentTypeError(UNTIL_WANTED) from None


def minutes(text: str) -> float:
    """Read a number of minutes above zero."""
    try:
        number = float(text)
    except ValueError:
        number = 0
    if not 0 < number < float("inf"):
        raise argparse.ArgumentTypeError(words.MINUTES_WANTED)
    return number
