"""The words for those who look for a cause: `doctor`, `logs`."""

from __future__ import annotations

from tray.cli.arguments.words import Commands, command
from tray.core.wording import doctor as doctoring
from tray.core.wording import logs as logging


def doctor(commands: Commands) -> None:
    """Add `doctor`."""
    parser = command(commands, "doctor", doctoring.ABOUT, doctoring.EXAMPLES)
    parser.add_argument("--json", action="store_true", help=doctoring.JSON)
    parser.add_argument("--bundle", metavar="FILE", help=doctoring.BUNDLE)


def logs(commands: Commands) -> None:
    """Add `logs`."""
    parser = command(commands, "logs", logging.ABOUT)
    parser.add_argument("--follow", action="store_true", help=logging.FOLLOW)
