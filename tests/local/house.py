"""A server in a temporary folder, and callers that don't behave."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tray.core.errors import TrayError
from tray.local.answering import Reply
from tray.local.protocol import Request
from tray.local.server import Server

WORLD = "0a1b2c3d"
LINE = b'{"v":1,"world":"0a1b2c3d","verb":"ping","args":{}}\n'


class Endpoint:
    """A served socket; each verb is a way to answer."""

    def __init__(self, folder: Path, patience: float = 10.0) -> None:
        self.path = folder / "run" / WORLD
        self.server = Server(self.path, WORLD, self.left, patience)
        self.waiting: list[Reply] = []
        self.gone: list[Request] = []
        self.seen: list[Request] = []

    def left(self, request: Request) -> None:
        """Note who went away."""
        self.gone.append(request)
        if request.verb == "wait-badly":
            raise RuntimeError

    def handle(self, request: Request, reply: Reply) -> None:
        """Answer as the verb says."""
        self.seen.append(request)
        verb = request.verb
        if verb == "ping":
            reply({"pid": request.pid})
            reply({"second": "answer"})
        elif verb == "big":
            reply({"x": "y" * 5_000_000})
        elif verb == "raw":
            reply(b'{"Version":1}')
        elif verb == "later":
            threading.Thread(target=reply, args=({"late": True},)).start()
        elif verb == "refuse":
            raise TrayError("No.", "Ask nicely.")
        elif verb == "break":
            raise RuntimeError
        elif verb == "nonsense":
            reply({"x": object()})
        else:
            self.waiting.append(reply)


@contextmanager
def serving(folder: Path, patience: float = 10.0) -> Iterator[Endpoint]:
    """Give an endpoint that answers, until the block ends."""
    endpoint = Endpoint(folder, patience)
    endpoint.server.bind()
    endpoint.server.start()
    endpoint.server.set_handler(endpoint.handle)
    try:
        yield endpoint
    finally:
        endpoint.server.stop()


def unix_socket() -> socket.socket:
    """Give a socket for a path."""
    return socket.socket(socket.AddressFamily["AF_UNIX"])


def connect(endpoint: Endpoint) -> socket.socket:
    """Give a bare connection that gives up after a while."""
    connection = unix_socket()
    connection.settimeout(10)
    connection.connect(str(endpoint.path))
    return connection


def hear(connection: socket.socket) -> bytes:
    """Give all that comes until the other side is done."""
    pieces = []
    try:
        while piece := connection.recv(1 << 16):
            pieces.append(piece)
    except ConnectionResetError:
        pass  # it closed on what we were still sending
    return b"".join(pieces)
