"""The word that brings old profiles up: `upgrade`."""

from __future__ import annotations

from tray.cli.arguments.words import Commands, command
from tray.core.wording import upgrading as words


def upgrade(commands: Commands) -> None:
    """Add `upgrade`."""
    parser = command(commands, "upgrade", words.ABOUT, words.EPILOG)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--dry-run", action="store_true", help=words.DRY_RUN)
    what.add_argument("--yes", action="store_true", help=words.YES)
    what.add_argument("--undo", action="store_true", help=words.UNDO)
