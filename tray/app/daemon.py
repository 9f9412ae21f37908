"""The daemon's one start-up function: top to bottom, and stopped in reverse.

The local endpoint answers `status` before anything of AWS, of the desktop and of the
schedule is imported, so that commands are served at once; `rest.py` is all that.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from tray.app.looking import Files
from tray.core.errors import TrayError
from tray.flows.opening import Opening
from tray.local.server import endpoint
from tray.system.instance import Instance
from tray.system.log import Logging
from tray.system.paths import World
from tray.system.signals import Signals

if TYPE_CHECKING:
    from tray.app import Guests

log = logging.getLogger(__name__)


def run(world: World, guests: Guests, *, headless: bool, debug: bool) -> int:
    """Run until somebody ends it; gives the exit status."""
    stopped = threading.Event()
    ends: list[Callable[[], None]] = [stopped.set]
    with ExitStack() as stack:
        _heed_signals(ends, stack)
        _keep_log(world, stack, debug=debug)
        _be_the_only_one(world, stack)
        files = Files.of(world)
        opening = Opening(partial(files.report, daemon=True))
        _open_endpoint(world, opening, stack)
        from tray.app.rest import Start, finish

        start = Start(files, opening, stopped, stack)
        desk = finish(start, guests, headless=headless)
        ends.append(desk.end)
        desk.stay()
    return 0


def _heed_signals(ends: Sequence[Callable[[], None]], stack: ExitStack) -> None:
    """Hear signals from the first moment to the last; the start is finished first."""

    def end() -> None:
        for one in ends:
            one()

    signals = Signals(end)
    stack.callback(signals.stop)
    signals.start()


def _keep_log(world: World, stack: ExitStack, *, debug: bool) -> None:
    logs = Logging(world.log_path, debug=debug)
    stack.callback(logs.stop)
    logs.start()


def _be_the_only_one(world: World, stack: ExitStack) -> None:
    instance = Instance(world.instance_path)
    stack.callback(instance.release)
    instance.acquire()


def _open_endpoint(world: World, opening: Opening, stack: ExitStack) -> None:
    server = endpoint(world.socket_path, world.hash8)
    stack.callback(server.stop)
    server.set_handler(
        lambda request, reply: opening.answer(
            request.verb, request.args, reply, request.pid
        )
    )
    try:
        server.bind()
        server.start()
    except TrayError as error:  # without it, commands do the work themselves
        log.warning("%s", error)
