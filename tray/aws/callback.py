"""The listener that the browser comes back to with an authorization code.

It is bound before the browser opens, to 127.0.0.1 alone, and takes nothing but the one
redirect with the right `state`. What it is sent is never logged.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import time
from collections.abc import Iterator
from datetime import timedelta

from tray.aws.redirect import Answer, Expected, judge, too_long
from tray.core.errors import Cancelled, CodeExpired, TrayError
from tray.core.model import Secret
from tray.core.wording import redirect as wording

HOST = "127.0.0.1"
PATH = "/oauth/callback"
BACKLOG = 64
MOST_CONNECTIONS = 32
"""More at once than any browser opens; the oldest gives way to a new one."""

LONGEST_HEAD = 16 * 1024
"""Bytes of a request; codes and states are far shorter."""

PATIENCE = 5.0
"""Seconds that one connection may take for its request and its answer."""

PARTING = 1.0
"""Seconds that the last page may take, once the code is here."""


class LoopbackRedirects:
    """`Redirects` on the loopback interface."""

    def __init__(self, host: str = HOST) -> None:
        self._host = host

    @contextlib.contextmanager
    def listen(self, session: str) -> Iterator[Listener]:
        """Bind a listener on 127.0.0.1 and a free port, until the block ends."""
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
            try:
                server.bind((self._host, 0))
                server.listen(BACKLOG)
                server.settimeout(0)
                waker, woken = socket.socketpair()
            except OSError as error:
                reason = error.strerror or type(error).__name__
                raise TrayError(*wording.no_port(reason)) from None
            with waker, woken:
                yield Listener(server, waker, woken, session)


class Listener:
    """`Redirect` on one bound port."""

    def __init__(
        self,
        server: socket.socket,
        waker: socket.socket,
        woken: socket.socket,
        session: str,
    ) -> None:
        self._server = server
        self._waker = waker
        self._woken = woken
        self._session = session

    @property
    def uri(self) -> str:
        """The redirect URI with the port that is bound already."""
        return f"http://{HOST}:{self._port}{PATH}"

    def wait(self, state: str, timeout: timedelta) -> Secret:
        """Give the authorization code that came with the right `state`."""
        expected = Expected(self._session, state, PATH, self._port)
        deadline = time.monotonic() + timeout.total_seconds()
        with contextlib.closing(_Conversations(self._server, expected)) as talks:
            talks.watch(self._woken)
            while True:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise CodeExpired(*wording.login_unfinished(self._session))
                if talks.step(left):
                    raise Cancelled(*wording.login_cancelled(self._session))
                if isinstance(talks.outcome, TrayError):
                    raise talks.outcome
                if talks.outcome is not None:
                    return talks.outcome

    def cancel(self) -> None:
        """End the wait at once, or the next one before it begins."""
        with contextlib.suppress(OSError):
            self._waker.send(b"\0")

    @property
    def _port(self) -> int:
        port: int = self._server.getsockname()[1]
        return port


class _Connection:
    """One browser connection: its request so far, then its answer."""

    def __init__(self, peer: socket.socket, deadline: float) -> None:
        self.peer = peer
        self.deadline = deadline
        self.head = b""
        self.answer: Answer | None = None
        self.unsent = b""


class _Conversations:
    """All the connections of one wait, on one thread, each bounded in time and size."""

    def __init__(self, server: socket.socket, expected: Expected) -> None:
        self.outcome: Secret | TrayError | None = None
        self._server = server
        self._expected = expected
        self._selector = selectors.DefaultSelector()
        self._selector.register(server, selectors.EVENT_READ)
        self._open: dict[int, _Connection] = {}

    def watch(self, woken: socket.socket) -> None:
        """Let `step` end at once when this socket has something to read."""
        self._selector.register(woken, selectors.EVENT_READ, woken)

    def step(self, longest: float) -> bool:
        """Wait for the next events and serve them; tell whether the waker rang."""
        now = time.monotonic()
        soonest = min((c.deadline - now for c in self._open.values()), default=longest)
        for key, _ in self._selector.select(max(min(longest, soonest), 0)):
            if isinstance(key.data, socket.socket):
                return True
            if key.data is None:
                self._accept()
            elif key.data.peer.fileno() >= 0:
                self._serve(key.data)
        now = time.monotonic()
        for connection in [c for c in self._open.values() if c.deadline <= now]:
            self._drop(connection)
        return False

    def close(self) -> None:
        """Close every connection that is still open."""
        for connection in list(self._open.values()):
            self._drop(connection)
        self._selector.close()

    def _accept(self) -> None:
        try:
            peer, _ = self._server.accept()
        except OSError:
            return  # gone again, or too many files open: the next event tells
        peer.settimeout(0)
        if len(self._open) >= MOST_CONNECTIONS:
            self._drop(next(iter(self._open.values())))
        connection = _Connection(peer, time.monotonic() + PATIENCE)
        self._open[peer.fileno()] = connection
        self._selector.register(peer, selectors.EVENT_READ, connection)

    def _serve(self, connection: _Connection) -> None:
        try:
            if connection.answer is None:
                self._read(connection)
            else:
                self._write(connection)
        except BlockingIOError:
            return
        except OSError:
            self._drop(connection)

    def _read(self, connection: _Connection) -> None:
        piece = connection.peer.recv(4096)
        if not piece:
            self._drop(connection)
            return
        connection.head += piece
        if b"\r\n\r\n" in connection.head:
            connection.answer = judge(connection.head, self._expected)
        elif len(connection.head) > LONGEST_HEAD:
            connection.answer = too_long()
        else:
            return
        if connection.answer.result is not None:
            connection.deadline = time.monotonic() + PARTING
        connection.unsent = connection.answer.response
        self._selector.modify(connection.peer, selectors.EVENT_WRITE, connection)

    def _write(self, connection: _Connection) -> None:
        sent = connection.peer.send(connection.unsent)
        connection.unsent = connection.unsent[sent:]
        if not connection.unsent:
            self._drop(connection)

    def _drop(self, connection: _Connection) -> None:
        """Close a connection; a result that it brought counts in any case."""
        self._open.pop(connection.peer.fileno(), None)
        with contextlib.suppress(KeyError, ValueError):
            self._selector.unregister(connection.peer)
        connection.peer.close()
        if connection.answer and connection.answer.result and not self.outcome:
            self.outcome = connection.answer.result
