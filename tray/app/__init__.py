"""The wiring: the one place that constructs the daemon's edges.

Nothing is imported before it is needed, since a command that only asks the daemon must
start fast.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tray.core.errors import NoDaemon

if TYPE_CHECKING:
    from tray.core.model import AwsConfig
    from tray.core.ports import Browser, View
    from tray.core.simulation import Simulation, Until
    from tray.flows.verbs import Verbs
    from tray.system.paths import World

__all__ = ["Guests", "NoDaemon", "ask", "direct", "foretell", "look", "run"]


@dataclass(frozen=True, slots=True)
class Guests:
    """What the demo brings along; nothing for the daemon of every day."""

    views: tuple[View, ...] = ()
    """More places to show the board."""

    browser: Browser | None = None
    """Who opens addresses, in place of the person's browser."""

    lasting: bool = True
    """Whether this world is there at the next log-in too."""

    started: Callable[[Verbs, Callable[[], None]], None] = lambda *_: None
    """Called once all runs, with the verbs and the function that ends it."""


def ask(
    world: World, verb: str, arguments: Mapping[str, object], timeout: float | None
) -> Mapping[str, object]:
    """Ask the daemon of a world; raises its errors, and `NoDaemon` without one."""
    from tray.local.client import ask as ask_endpoint

    return ask_endpoint(world.socket_path, world.hash8, verb, arguments, timeout)


def direct(world: World) -> AbstractContextManager[Verbs]:
    """Do the same work without a daemon, in this process, while the block lasts."""
    from tray.app.house import direct

    return direct(world)


def look(world: World) -> Mapping[str, object]:
    """Tell how a world stands, from its files alone, in the form of `status --json`."""
    from tray.app.looking import look

    return look(world)


def foretell(world: World, until: Until) -> tuple[Simulation, AwsConfig]:
    """Tell what would happen in a world, and what its config says; do nothing.

    Raises `UsageError` for a time that is over or too far away.
    """
    from tray.app.simulation import foretell

    return foretell(world, until)


def run(
    world: World,
    *,
    headless: bool = False,
    debug: bool = False,
    guests: Guests | None = None,
) -> int:
    """Run the daemon of a world until somebody ends it; gives the exit status.

    Raises `AlreadyRunning` when the world has one.
    """
    from tray.app.daemon import run

    return run(world, guests or Guests(), headless=headless, debug=debug)
