"""The redirect listener on real sockets: bound, bounded, cancelled."""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import timedelta
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from tray.aws import callback
from tray.aws.callback import Listener, LoopbackRedirects
from tray.core.errors import Cancelled, CodeExpired, Refused, TrayError
from tray.core.model import Secret

STATE = "state-1"
LONG = timedelta(seconds=20)


@pytest.fixture
def listener() -> Iterator[Listener]:
    """Give a listener that is bound."""
    with LoopbackRedirects().listen("corp") as bound:
        yield bound


@pytest.fixture
def waiting(listener: Listener) -> Iterator[Future[Secret]]:
    """Give the result of a wait on another thread."""
    with ThreadPoolExecutor(1) as pool:
        future = pool.submit(listener.wait, STATE, LONG)
        yield future
        listener.cancel()


def visit(url: str) -> tuple[int, str]:
    """Open an address as a browser does; give status and page."""
    try:
        with urlopen(url, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def connect(listener: Listener) -> socket.socket:
    """Open a bare connection."""
    return socket.create_connection(("127.0.0.1", urlsplit(listener.uri).port or 0), 10)


def test_the_browser_brings_the_code(
    listener: Listener, waiting: Future[Secret]
) -> None:
    """Other pages and wrong states before it do not end the wait."""
    origin = listener.uri.removesuffix("/oauth/callback")

    assert visit(f"{origin}/favicon.ico")[0] == 404
    assert visit(f"{listener.uri}?code=evil&state=other")[0] == 400
    status, text = visit(f"{listener.uri}?code=code-1&state={STATE}")

    assert (status, "corp is ready" in text) == (200, True)
    assert waiting.result(10) == Secret("code-1")


def test_a_browser_that_is_early_is_served(listener: Listener) -> None:
    """The listener is bound before anybody waits, so that no redirect is lost."""
    with ThreadPoolExecutor(1) as pool:
        page = pool.submit(visit, f"{listener.uri}?code=code-1&state={STATE}")
        time.sleep(0.05)

        assert listener.wait(STATE, LONG) == Secret("code-1")
        assert page.result(10)[0] == 200


def test_a_decline_ends_the_wait(listener: Listener, waiting: Future[Secret]) -> None:
    """A person who says no in the browser is told on the page and to us."""
    status, text = visit(f"{listener.uri}?error=access_denied&state={STATE}")

    assert (status, "declined" in text) == (200, True)
    with pytest.raises(Refused):
        waiting.result(10)


def test_time_runs_out(listener: Listener) -> None:
    """A wait that nobody ends stops by itself."""
    with pytest.raises(CodeExpired):
        listener.wait(STATE, timedelta(milliseconds=30))


def test_a_wait_can_be_cancelled(listener: Listener, waiting: Future[Secret]) -> None:
    """Another thread ends the wait at once; one before the wait counts too."""
    began = time.monotonic()
    listener.cancel()
    with pytest.raises(Cancelled):
        waiting.result(10)

    assert time.monotonic() - began < 5
    with LoopbackRedirects().listen("corp") as other:
        other.cancel()
        with pytest.raises(Cancelled):
            other.wait(STATE, LONG)
    other.cancel()


def test_only_this_machine_can_reach_it(listener: Listener) -> None:
    """The socket is bound to 127.0.0.1, on a port that the system chose."""
    address = urlsplit(listener.uri)

    assert (address.hostname, address.path) == ("127.0.0.1", "/oauth/callback")
    assert (address.port or 0) > 1023
    assert listener._server.getsockname() == ("127.0.0.1", address.port)


def test_the_port_is_free_after_the_block() -> None:
    """Nothing listens any more when the block has ended."""
    with LoopbackRedirects().listen("corp") as bound:
        pass
    with pytest.raises(OSError, match=r"Bad file|closed"):
        _ = bound.uri


def test_a_hundred_idle_connections_do_no_harm(
    listener: Listener, waiting: Future[Secret]
) -> None:
    """Silent and slow connections are bounded; the real redirect comes through."""
    idle = [connect(listener) for _ in range(callback.MOST_CONNECTIONS * 3)]
    for number, peer in enumerate(idle[-10:]):
        peer.sendall(b"GET /oauth" if number % 2 else b"\x00\xff\r\n\r\n")
    status, _ = visit(f"{listener.uri}?code=code-1&state={STATE}")
    for peer in idle:
        peer.close()

    assert status == 200
    assert waiting.result(10) == Secret("code-1")


def test_an_endless_request_is_cut_off(
    listener: Listener, waiting: Future[Secret]
) -> None:
    """A head beyond all measure is answered and closed."""
    with connect(listener) as peer:
        peer.sendall(b"GET /" + b"a" * (callback.LONGEST_HEAD + 10))
        answer = peer.recv(100)

    assert answer.startswith(b"HTTP/1.1 431")
    assert not waiting.done()


def test_a_request_in_pieces_is_whole(
    listener: Listener, waiting: Future[Secret]
) -> None:
    """A request that comes byte by byte is one request."""
    head = f"GET /oauth/callback?code=code-1&state={STATE} HTTP/1.1\r\nHost: localhost"
    with connect(listener) as peer:
        for byte in f"{head}\r\n\r\n".encode():
            peer.sendall(bytes([byte]))
        assert peer.recv(15) == b"HTTP/1.1 200 OK"

    assert waiting.result(10) == Secret("code-1")


def test_a_browser_that_leaves_has_still_brought_the_code(listener: Listener) -> None:
    """The code counts even when its page can't be delivered."""
    target = f"/oauth/callback?code=code-1&state={STATE}"
    with connect(listener) as peer:
        peer.sendall(f"GET {target} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())

    assert listener.wait(STATE, LONG) == Secret("code-1")


def test_nothing_of_a_request_is_logged(
    listener: Listener, waiting: Future[Secret], caplog: pytest.LogCaptureFixture
) -> None:
    """Neither code nor state reaches a log record."""
    with caplog.at_level(logging.DEBUG):
        visit(f"{listener.uri}?code=code-1&state={STATE}")
        waiting.result(10)

    assert caplog.text == ""


def test_no_port_is_told() -> None:
    """Where no port can be bound, people read the other way to log in."""
    with (
        pytest.raises(TrayError, match="No port") as caught,
        LoopbackRedirects("203.0.113.1").listen("corp"),
    ):
        pass

    assert "--device-code" in caught.value.remedy
