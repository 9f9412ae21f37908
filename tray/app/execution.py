"""What `exec` and `console` need of the edges."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from tray.aws.masking import without_default
from tray.desktop.browser import DesktopBrowser
from tray.local.containers import container_endpoint
from tray.system.paths import World
from tray.system.processes import start


@contextmanager
def endpoint(
    world: World, give: Callable[[], Mapping[str, str]]
) -> Iterator[tuple[str, str, Mapping[str, str]]]:
    """Serve what `give` gives until the block ends.

    Gives the address, the token, and the variables that keep the default profile from
    winning over it.
    """
    with (
        without_default(world.environ, world.home) as more,
        container_endpoint(give) as served,
    ):
        yield served.url, served.token.reveal(), more


def open_page(world: World, url: str) -> None:
    """Open an address in the person's browser. Raises `TrayError`."""
    DesktopBrowser(world.environ, lambda argv: start(argv, world.environ)).open(url)
