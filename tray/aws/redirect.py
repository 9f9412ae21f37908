"""What to think of a request to the redirect listener: pure, so that tables test it."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from tray.aws.pages import page, response
from tray.core.errors import Refused, TrayError
from tray.core.model import Secret
from tray.core.wording import redirect as wording

_ERROR = re.compile(r"[a-z_]{3,40}")
MOST_FIELDS = 32


@dataclass(frozen=True, slots=True)
class Expected:
    """The one redirect that is waited for."""

    session: str
    """The session's name, for people."""

    state: str
    """The value that must come back."""

    path: str
    """The path of the redirect URI."""

    port: int
    """The port that is bound."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request gets, and what it brought."""

    response: bytes
    """The whole HTTP response."""

    result: Secret | TrayError | None = None
    """The code, or why there is none; None: the wait goes on."""


def judge(head: bytes, expected: Expected) -> Answer:
    """Give the answer to a request head, which may be anything at all."""
    lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    words = lines[0].split(" ")
    if len(words) != 3 or not words[2].startswith("HTTP/1."):  # noqa: PLR2004
        return _turned_away("400 Bad Request")
    hosts = [line[5:].strip() for line in lines if line[:5].lower() == "host:"]
    if len(hosts) != 1 or not _is_ours(hosts[0], expected.port):
        return _turned_away("400 Bad Request")
    if words[0] != "GET":
        return _turned_away("405 Method Not Allowed")
    try:
        target = urlsplit(words[1])
        if target.path != expected.path:
            return _turned_away("404 Not Found", wording.PAGE_NOTHING)
        fields = parse_qs(target.query, max_num_fields=MOST_FIELDS)
    except ValueError:
        return _turned_away("400 Bad Request")
    return _judge_fields(fields, expected)


def too_long() -> Answer:
    """Give the answer to a request head that does not end."""
    return _turned_away("431 Request Header Fields Too Large")


def _judge_fields(fields: dict[str, list[str]], expected: Expected) -> Answer:
    states, codes = fields.get("state", []), fields.get("code", [])
    ours = expected.state.encode()
    if len(states) != 1 or not hmac.compare_digest(states[0].encode(), ours):
        return _turned_away("400 Bad Request", wording.PAGE_STALE)
    if "error" in fields:
        error = fields["error"][0]
        reason = error if _ERROR.fullmatch(error) else ""
        declined = page(*wording.page_declined(expected.session, reason), good=False)
        refusal = Refused(*wording.login_declined(expected.session, reason))
        return Answer(response("200 OK", declined), refusal)
    if len(codes) != 1:
        return _turned_away("400 Bad Request", wording.PAGE_STALE)
    ready = page(*wording.page_ready(expected.session), good=True)
    return Answer(response("200 OK", ready), Secret(codes[0]))


def _is_ours(host: str, port: int) -> bool:
    """Tell whether a browser meant us: other names could be rebound to 127.0.0.1."""
    names = ("127.0.0.1", "localhost")
    return host in names or host in [f"{name}:{port}" for name in names]


def _turned_away(status: str, words: tuple[str, str] = wording.PAGE_NOTHING) -> Answer:
    return Answer(response(status, page(*words, good=False)))
