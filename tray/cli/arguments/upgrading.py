"""The word that brings old profiles up: `upgrade`."""

from __future__ import annotations

from tray.cli.arguments.words import Commands, command, how_to_change
from tray.core.wording import upgrading as words


def upgrade(commands: Commands) -> None:
    """Add `upgrade`."""
    parser = command(commands, "upgrade", words.ABOUT, words.EPILOG)
    how_to_change(parser)
