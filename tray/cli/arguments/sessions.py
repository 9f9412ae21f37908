"""The words about sessions: how they stand, in and out, renewing, keeping quiet."""

from __future__ import annotations

from datetime import timedelta

from tray.cli.arguments.words import Commands, command, duration, way_to_log_in
from tray.core.bars import Bar
from tray.core.wording import cli_help as words
from tray.core.wording import ensure as sure

FORMATS = ("table", "json", *Bar)

LEAST = timedelta(minutes=15)
"""How long `ensure` makes sure of a session unless told otherwise."""

WAIT = timedelta(minutes=5)
"""How long `ensure` waits for people unless told otherwise."""


def status(commands: Commands) -> None:
    """Add `status`."""
    parser = command(commands, "status", words.STATUS)
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


def login(commands: Commands) -> None:
    """Add `login`."""
    parser = command(commands, "login", words.LOGIN, words.LOGIN_EXAMPLES)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--session", metavar="S", help=words.LOGIN_SESSION)
    which.add_argument("--profile", metavar="P", help=words.LOGIN_PROFILE)
    which.add_argument("--all", action="store_true", help=words.LOGIN_ALL)
    way_to_log_in(parser)
    parser.add_argument("--fresh", action="store_true", help=words.LOGIN_FRESH)


def logout(commands: Commands) -> None:
    """Add `logout`."""
    parser = command(commands, "logout", words.LOGOUT, words.WORST)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--session", metavar="S", help=words.LOGOUT_SESSION)
    which.add_argument("--all", action="store_true", help=words.LOGOUT_ALL)


def refresh(commands: Commands) -> None:
    """Add `refresh`."""
    parser = command(commands, "refresh", words.REFRESH, words.WORST)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--session", metavar="S", help=words.REFRESH_SESSION)
    which.add_argument("--all", action="store_true", help=words.REFRESH_ALL)
    parser.add_argument("--force", action="store_true", help=words.REFRESH_FORCE)


def ensure(commands: Commands) -> None:
    """Add `ensure`."""
    parser = command(commands, "ensure", sure.ABOUT, sure.EPILOG)
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--session", metavar="S", help=sure.SESSION)
    which.add_argument("--profile", metavar="P", help=sure.PROFILE)
    for name, default, about in (
        ("--min", LEAST, sure.LEAST),
        ("--wait", WAIT, sure.WAIT),
    ):
        parser.add_argument(
            name, type=duration, default=default, metavar="TIME", help=about
        )


def profiles(commands: Commands) -> None:
    """Add `profiles`."""
    parser = command(commands, "profiles", words.PROFILES)
    parser.add_argument("--session", metavar="S", help=words.PROFILES_SESSION)
    parser.add_argument("--json", action="store_true", help=words.PROFILES_JSON)


def quiet(commands: Commands) -> None:
    """Add `snooze`, `mute`, `pause` and `resume`."""
    snooze = command(commands, "snooze", words.SNOOZE)
    snooze.add_argument(
        "duration",
        nargs="?",
        type=duration,
        metavar="DURATION",
        help=words.SNOOZE_DURATION,
    )
    mute = command(commands, "mute", words.MUTE)
    for parser in (snooze, mute):
        parser.add_argument("--session", metavar="S", help=words.QUIET_SESSION)
    command(commands, "pause", words.PAUSE)
    command(commands, "resume", words.RESUME)
