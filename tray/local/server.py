"""The daemon's end of the local endpoint: taken early, answering as soon as it can.

The place is taken before anything heavy is imported, so that a command that comes right
after the start is served by this daemon and waits for its first board.
"""

from __future__ import annotations

import socket
import sys
import threading
from pathlib import Path
from typing import Protocol

from tray.local.answering import Gone, Handler
from tray.local.loop import MOST_CALLERS, Loop
from tray.local.place import Place, raise_file_limit

PATIENCE = 10.0
"""Seconds for a caller to send its line, and again to take its answer."""

OWN_FILES = 1000
"""So many files besides the callers' are more than we ever open."""


class Endpoint(Protocol):
    """The daemon's end, whatever it is made of."""

    def bind(self) -> None:
        """Take the place: from now on callers can knock. Raises `TrayError`."""
        ...

    def start(self) -> None:
        """Begin to serve what was bound."""
        ...

    def set_handler(self, handler: Handler) -> None:
        """Begin to answer, also those who have been waiting since `bind`."""
        ...

    def stop(self) -> None:
        """Let go of all callers and leave the place clean."""
        ...


def endpoint(path: Path, world: str) -> Endpoint:
    """Give what this system has for it; `path` is the socket's, or the key's."""
    if sys.platform == "win32":
        from tray.local.pipe_server import PipeServer

        return PipeServer(path, world)
    else:  # noqa: RET505 - for the type checker on Windows
        return Server(path, world)


class Server:
    """Listens from `bind` on, answers from `start` on, with `set_handler`'s handler.

    The handler runs on the server's thread and must be quick; it may answer later,
    from any thread, and only its first answer counts. `on_gone` is told, on the same
    thread, of callers that went away before they were answered.
    """

    def __init__(
        self,
        path: Path,
        world: str,
        on_gone: Gone | None = None,
        patience: float = PATIENCE,
    ) -> None:
        self._place = Place(path)
        self._world = world
        self._on_gone = on_gone
        self._patience = patience
        self._listener: socket.socket | None = None
        self._loop: Loop | None = None
        self._thread: threading.Thread | None = None
        self._handler: Handler | None = None

    def bind(self) -> None:
        """Take the place: from now on callers can knock. Raises `TrayError`."""
        raise_file_limit(MOST_CALLERS + OWN_FILES)
        self._listener = self._place.take()

    def start(self) -> None:
        """Begin to serve what was bound, on a thread of its own."""
        if self._listener is None:
            return
        self._loop = Loop(self._listener, self._world, self._on_gone, self._patience)
        if self._handler is not None:
            self._loop.set_handler(self._handler)
        self._thread = threading.Thread(
            target=self._loop.run, name="local-endpoint", daemon=True
        )
        self._thread.start()

    def set_handler(self, handler: Handler) -> None:
        """Begin to answer, also those who have been waiting since `bind`."""
        self._handler = handler
        if self._loop is not None:
            self._loop.set_handler(handler)

    def stop(self) -> None:
        """Let go of all callers and leave the place clean."""
        if self._loop is not None and self._thread is not None:
            self._loop.stop()
            self._thread.join()
            self._loop = self._thread = None
        if self._listener is not None:
            self._place.leave()
            self._listener.close()
            self._listener = None
