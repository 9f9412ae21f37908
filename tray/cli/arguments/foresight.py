"""The words that look ahead: `simulate`."""

from __future__ import annotations

from datetime import timedelta

from tray.cli.arguments.words import Commands, command, until
from tray.core.wording import simulation_help as foretold


def simulate(commands: Commands) -> None:
    """Add `simulate`."""
    parser = command(commands, "simulate", foretold.ABOUT, foretold.EPILOG)
    parser.add_argument(
        "--until",
        type=until,
        default=timedelta(days=1),
        metavar="TIME",
        help=foretold.UNTIL,
    )
    parser.add_argument("--json", action="store_true", help=foretold.JSON)
    parser.add_argument("--picture", metavar="FILE", help=foretold.PICTURE)
