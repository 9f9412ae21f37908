"""The words that start the program: `run`, `demo`, `autostart`."""

from __future__ import annotations

from tray.cli.arguments.words import Commands, command, minutes
from tray.core.autostart import Method
from tray.core.wording import autostart as starting
from tray.core.wording import cli_help as words


def run(commands: Commands) -> None:
    """Add `run`."""
    parser = command(commands, "run", words.RUN)
    parser.add_argument("--headless", action="store_true", help=words.RUN_HEADLESS)


def demo(commands: Commands) -> None:
    """Add `demo`."""
    parser = command(commands, "demo", words.DEMO)
    parser.add_argument("--headless", action="store_true", help=words.DEMO_HEADLESS)
    parser.add_argument("--minutes", type=minutes, metavar="N", help=words.DEMO_MINUTES)
    parser.add_argument("--no-browser", action="store_true", help=words.DEMO_NO_BROWSER)


def autostart(commands: Commands) -> None:
    """Add `autostart`."""
    parser = command(commands, "autostart", starting.ABOUT, starting.EXAMPLES)
    parser.add_argument(
        "action", choices=("enable", "disable", "status"), help=starting.ACTION
    )
    parser.add_argument(
        "--method", choices=("auto", *Method), default="auto", help=starting.METHOD
    )
