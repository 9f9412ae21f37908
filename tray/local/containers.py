"""The container-credentials endpoint of one `exec`: all SDKs know it, none needs more.

Bound to 127.0.0.1 and a free port for as long as the command runs; every request must
bring the token of this run. A browser can't: it never sends that header unasked, and a
page that tries is told nothing. Form: "Container credential provider" in the AWS SDKs'
reference; the JavaScript SDK insists on strings.
"""

from __future__ import annotations

import json
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tray.core.errors import TrayError
from tray.core.model import Secret
from tray.core.wording import containers as wording

HOST = "127.0.0.1"
PATH = "/credentials"
PATIENCE = 5.0
"""Seconds that a connection may take for its request."""

TOKEN_BYTES = 32

Document = Mapping[str, str]
"""What an SDK is answered, by its own names."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where the SDKs find it."""

    url: str
    """For AWS_CONTAINER_CREDENTIALS_FULL_URI."""

    token: Secret
    """For AWS_CONTAINER_AUTHORIZATION_TOKEN."""


@contextmanager
def container_endpoint(give: Callable[[], Document]) -> Iterator[Endpoint]:
    """Serve what `give` gives until the block ends.

    `give` is called for each request, on a thread of its own; a `TrayError` of it is
    answered with its sentence. Raises `TrayError` when no port can be bound.
    """
    token = Secret(secrets.token_urlsafe(TOKEN_BYTES))
    try:
        server = _Server(give, token)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TrayError(*wording.no_port(reason)) from None
    thread = threading.Thread(
        target=server.serve_forever, args=(0.1,), name="containers", daemon=True
    )
    with server:
        thread.start()
        try:
            yield Endpoint(f"http://{HOST}:{server.server_port}{PATH}", token)
        finally:
            server.shutdown()
            thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, give: Callable[[], Document], token: Secret) -> None:
        self.give = give
        self.token = token
        super().__init__((HOST, 0), _Handler)


class _Handler(BaseHTTPRequestHandler):
    """Answers one kind of request."""

    server: _Server
    protocol_version = "HTTP/1.1"
    timeout = PATIENCE

    def log_message(self, *_: object) -> None:
        """Say nothing: what is asked with may be the token."""

    def version_string(self) -> str:
        """Name us without versions."""
        return "sso-tray"

    def do_GET(self) -> None:
        """Give credentials to who has the token and calls us by our address."""
        if self.path != PATH:
            self._say(HTTPStatus.NOT_FOUND, wording.NOT_FOUND)
        elif not self._allowed():
            self._say(HTTPStatus.FORBIDDEN, wording.FORBIDDEN)
        else:
            self._give()

    def _allowed(self) -> bool:
        # A name that was made to lead here (DNS rebinding) is another host.
        here = f"{HOST}:{self.server.server_port}"
        brought = Secret(self.headers.get("Authorization", ""))
        return self.headers.get("Host") == here and brought == self.server.token

    def _give(self) -> None:
        try:
            document = self.server.give()
        except TrayError as error:
            self._say(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
        else:
            self._answer(HTTPStatus.OK, document)

    def _say(self, status: HTTPStatus, sentence: str) -> None:
        self._answer(status, {"code": status.phrase, "message": sentence})

    def _answer(self, status: HTTPStatus, document: Document) -> None:
        body = json.dumps(document).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        self.wfile.write(body)
