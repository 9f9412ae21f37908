"""A daemon on a real endpoint, and the real command beside it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from tests.fakes.cli import BusyHouse
from tray.core.errors import TrayError
from tray.core.report import Report
from tray.flows.requests import Requests
from tray.local import protocol
from tray.local.server import Server
from tray.system.paths import World, private_folder

COMMAND = (sys.executable, "-m", "tray")


@contextmanager
def a_daemon(house: BusyHouse, environ: Mapping[str, str]) -> Iterator[World]:
    """Serve a house on the real endpoint of a world until the block ends."""
    world = World.of(environ)
    private_folder(world.runtime_folder)
    requests = Requests(house.verbs, house.busy, {"pid": os.getpid()})

    def handle(
        request: protocol.Request, reply: Callable[[Report | TrayError], None]
    ) -> None:
        requests.answer(request.verb, request.args, reply)

    server = Server(world.socket_path, world.hash8)
    server.bind()
    server.set_handler(handle)
    server.start()
    try:
        yield world
    finally:
        server.stop()


def run(
    environ: Mapping[str, str], *words: str, stdout: int = subprocess.PIPE
) -> subprocess.CompletedProcess[str]:
    """Run the real command to its end."""
    return subprocess.run(
        [*COMMAND, *words],
        env=environ,
        check=False,
        text=True,
        timeout=60,
        stdout=stdout,
        stderr=subprocess.PIPE,
    )
