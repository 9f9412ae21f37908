"""HTTP on the loopback address: reads requests whole, sends answers, or spoils them."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast
from urllib.parse import urlsplit

from tray.core.errors import TrayError
from tray.core.wording import center as wording
from tray.demo.center.messages import Answer, Incoming, Transport, page_answer

HOST = "127.0.0.1"
LONGEST_BODY = 256 * 1024
"""Bytes; no request of these services comes near."""

PATIENCE = 10.0
"""Seconds that a client may be silent in the middle of its request."""

Respond = Callable[[Incoming, threading.Event], Answer]


class Server:
    """One listening socket with a thread per connection; starts and stops often."""

    def __init__(self, respond: Respond, port: int) -> None:
        self._respond = respond
        self._port = port
        self._listener: _Listener | None = None
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The address, once it has been started."""
        return f"http://{HOST}:{self._port}"

    def start(self) -> None:
        """Listen, on the former port if there was one. Raises `TrayError`."""
        if self._listener is not None:
            return
        try:
            listener = _Listener((HOST, self._port), _Exchange)
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise TrayError(*wording.cannot_listen(reason)) from None
        listener.respond = self._respond
        self._port = listener.server_address[1]
        self._listener = listener
        self._thread = threading.Thread(
            target=listener.accept_until_stopped, name="demo-center", daemon=True
        )
        self._thread.start()

    def stop(self) -> None:
        """End every connection and wait for all threads."""
        listener, self._listener = self._listener, None
        if listener is None or self._thread is None:
            return
        listener.stopping.set()
        with contextlib.suppress(OSError):
            # One more connection, so that `accept` returns at once.
            socket.create_connection((HOST, self._port), timeout=1).close()
        self._thread.join()
        listener.hang_up()
        listener.server_close()


class _Listener(ThreadingHTTPServer):
    request_queue_size = 128
    daemon_threads = False
    respond: Respond

    def __init__(
        self, address: tuple[str, int], exchange: type[BaseHTTPRequestHandler]
    ) -> None:
        super().__init__(address, exchange)
        self.stopping = threading.Event()
        self._lock = threading.Lock()
        self._open: set[socket.socket] = set()

    def server_bind(self) -> None:
        """Bind without asking a name server who we are, as the base class does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = HOST, self.server_address[1]

    def accept_until_stopped(self) -> None:
        """Take connections until `stopping` is set and one more has come."""
        while not self.stopping.is_set():
            self.handle_request()

    def hang_up(self) -> None:
        """Wake every thread that still waits for its client."""
        with self._lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)

    def finish_request(self, request: object, client_address: object) -> None:
        """Serve one connection, and know about it meanwhile."""
        connection = cast("socket.socket", request)
        with self._lock:
            self._open.add(connection)
        try:
            if not self.stopping.is_set():
                super().finish_request(connection, client_address)
        except OSError:
            pass  # the client is gone
        finally:
            with self._lock:
                self._open.discard(connection)


class _Exchange(BaseHTTPRequestHandler):
    """One request and its answer; then the connection ends."""

    protocol_version = "HTTP/1.1"
    timeout = PATIENCE

    def version_string(self) -> str:
        """Name the server as what it is, without Python's version."""
        return "DemoIdentityCenter"

    def do_GET(self) -> None:
        """Serve a GET."""
        self._serve()

    def do_HEAD(self) -> None:
        """Serve a HEAD: a GET without the body."""
        self._serve()

    def do_POST(self) -> None:
        """Serve a POST."""
        self._serve()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - theirs
        """Say nothing: addresses hold codes, and the journal knows what happened."""

    def _serve(self) -> None:
        listener = cast("_Listener", self.server)
        self.close_connection = True
        length = self.headers.get("Content-Length", "0")
        if not length.isdecimal() or int(length) > LONGEST_BODY:
            self._send(page_answer(b"", 413))
            return
        parts = urlsplit(self.path)
        incoming = Incoming(
            method=self.command,
            path=parts.path,
            query_text=parts.query,
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(length)),
        )
        self._send(listener.respond(incoming, listener.stopping))

    def _send(self, answer: Answer) -> None:
        if answer.transport is Transport.CLOSED:
            return
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command == "HEAD":
            return
        half = answer.transport is Transport.HALF
        self.wfile.write(answer.body[: len(answer.body) // 2] if half else answer.body)
