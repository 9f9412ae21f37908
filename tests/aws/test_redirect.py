"""What the redirect listener thinks of requests, and the pages it answers with."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.aws.pages import page, response
from tray.aws.redirect import Answer, Expected, judge, too_long
from tray.core.errors import Refused
from tray.core.model import Secret

EXPECTED = Expected("corp", "state-1", "/oauth/callback", 4242)
GOOD = "/oauth/callback?code=code-1&state=state-1"


def ask(target: str, *, host: str = "127.0.0.1:4242", method: str = "GET") -> Answer:
    """Give the answer to a request for this target."""
    head = f"{method} {target} HTTP/1.1\r\nHost: {host}\r\nAccept: */*\r\n\r\n"
    return judge(head.encode("latin-1", "replace"), EXPECTED)


def status(answer: Answer) -> int:
    """Give an answer's HTTP status."""
    return int(answer.response.split(b" ", 2)[1])


def test_the_code_is_taken() -> None:
    """The right redirect gives the code and a page that names the session."""
    answer = ask(GOOD)

    assert answer.result == Secret("code-1")
    assert status(answer) == 200
    assert b"corp is ready" in answer.response
    assert b"code-1" not in answer.response


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "localhost:4242"])
def test_our_own_names_are_taken(host: str) -> None:
    """A browser may leave out the port or say localhost."""
    assert ask(GOOD, host=host).result == Secret("code-1")


@pytest.mark.parametrize(
    ("error", "word"),
    [
        ("access_denied", "declined"),
        ("invalid_grant", "invalid_grant"),
        ("<b>", "decl"),
    ],
)
def test_a_refusal_is_taken(error: str, word: str) -> None:
    """A person's no, or the service's, ends the wait with a page that says so."""
    answer = ask(f"/oauth/callback?error={error}&state=state-1")

    assert isinstance(answer.result, Refused)
    assert word in answer.result.title
    assert b"was not signed in" in answer.response
    assert b"<b>" not in answer.response


@pytest.mark.parametrize(
    ("target", "wanted"),
    [
        ("/oauth/callback?code=code-1&state=other", 400),
        ("/oauth/callback?code=code-1", 400),
        ("/oauth/callback?code=code-1&state=state-1&state=state-1", 400),
        ("/oauth/callback?error=access_denied", 400),
        ("/oauth/callback?state=state-1", 400),
        ("/oauth/callback?state=state-1&code=", 400),
        ("/oauth/callback?state=state-1&code=a&code=b", 400),
        ("/oauth/callback?" + "a=1&" * 100 + "state=state-1&code=a", 400),
        ("/oauth/callback?code=c&state=%ff%00é", 400),
        ("/favicon.ico", 404),
        ("/", 404),
        ("/oauth/callback/?code=code-1&state=state-1", 404),
        ("http://[/", 400),
        ("*", 404),
    ],
)
def test_everything_else_is_turned_away(target: str, wanted: int) -> None:
    """Whatever is not the one redirect leaves the wait as it is."""
    answer = ask(target)

    assert (status(answer), answer.result) == (wanted, None)


@pytest.mark.parametrize(
    ("head", "wanted"),
    [
        (b"nonsense\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\r\n\r\n", 400),
        (f"GET {GOOD} HTTP/1.1\r\n\r\n".encode(), 400),
        (f"GET {GOOD} HTTP/1.1\r\nHost: evil.example\r\n\r\n".encode(), 400),
        (f"GET {GOOD} HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n".encode(), 400),
        (
            f"GET {GOOD} HTTP/1.1\r\nHost: [::1]\r\nHost: localhost\r\n\r\n".encode(),
            400,
        ),
        (f"POST {GOOD} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode(), 405),
        (f"GET {GOOD} FTP/1\r\nHost: 127.0.0.1\r\n\r\n".encode(), 400),
    ],
)
def test_strange_requests_are_turned_away(head: bytes, wanted: int) -> None:
    """Other protocols, hosts (a name bound to us) and methods get nothing."""
    answer = judge(head, EXPECTED)

    assert (status(answer), answer.result) == (wanted, None)


def test_an_endless_head_is_turned_away() -> None:
    """A request that does not end is answered as such."""
    assert status(too_long()) == 431


@given(st.binary(max_size=200))
def test_no_bytes_are_a_crash(head: bytes) -> None:
    """Whatever comes gets a whole answer."""
    assert judge(head, EXPECTED).response.startswith(b"HTTP/1.1 ")


def test_pages_load_and_keep_nothing() -> None:
    """A page is whole in itself: no script, no address, not stored, not framed."""
    body = page("a <script> & b", "line", good=True)
    head, _, sent = response("200 OK", body).partition(b"\r\n\r\n")

    assert sent == body
    assert b"<script" not in body
    assert not re.search(rb"https?://|src=|href=|url\(", body)
    assert b"Cache-Control: no-store" in head
    assert b"Content-Security-Policy: default-src 'none'" in head
    assert b"frame-ancestors 'none'" in head
    assert f"Content-Length: {len(body)}".encode() in head
