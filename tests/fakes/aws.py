"""A web server that answers as a test says, in the place of AWS's endpoints."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

TOKEN_ANSWER: Mapping[str, object] = {
    "accessToken": "access-new",
    "tokenType": "Bearer",
    "expiresIn": 3600,
    "refreshToken": "refresh-new",
}
"""What `CreateToken` answers."""


@dataclass(frozen=True)
class Canned:
    """One answer."""

    status: int = 200
    body: bytes = b"{}"
    headers: Mapping[str, str] = field(
        default_factory=lambda: {"Content-Type": "application/json"}
    )


def canned(status: int = 200, /, **members: object) -> Canned:
    """Give an answer with these JSON members."""
    return Canned(status, json.dumps(members).encode())


def refusal(status: int, name: str, **members: object) -> Canned:
    """Give an error as the OIDC service sends it: its name stands in a header."""
    headers = {
        "Content-Type": "application/json",
        "x-amzn-ErrorType": f"{name}:http://internal.amazon.com/coral/",
    }
    return Canned(status, json.dumps(members).encode(), headers)


@dataclass(frozen=True)
class Seen:
    """One request that came."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def members(self) -> Mapping[str, object]:
        """The JSON members of its body."""
        members = json.loads(self.body)
        assert isinstance(members, dict)
        return members


@dataclass
class CannedService:
    """The answers still to give, and the requests that came."""

    url: str = ""
    answers: list[Canned] = field(default_factory=list)
    seen: list[Seen] = field(default_factory=list)
    date: str = ""

    def take(self, request: Seen) -> Canned:
        """Keep a request and give the next answer, the last one for ever."""
        self.seen.append(request)
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@contextmanager
def canned_service(*answers: Canned) -> Iterator[CannedService]:
    """Serve these answers on 127.0.0.1 until the block ends."""
    service = CannedService(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        """Hands every request to the service."""

        def log_message(self, *_: object) -> None:
            """Say nothing."""

        def date_time_string(self, timestamp: float | None = None) -> str:
            """Give what stands in the `Date` header."""
            return service.date or super().date_time_string(timestamp)

        def _serve(self) -> None:
            size = int(self.headers.get("Content-Length", 0))
            body = self.rfile.read(size)
            seen = Seen(self.command, self.path, dict(self.headers), body)
            answer = service.take(seen)
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        do_GET = do_POST = _serve  # noqa: N815 - the library's names

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        service.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield service
        finally:
            server.shutdown()
            thread.join()
