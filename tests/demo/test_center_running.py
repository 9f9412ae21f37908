"""The center itself: starting, stopping, noting, many at once."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from botocore.exceptions import EndpointConnectionError

from tests.fakes.basics import FakeClock
from tray.core.errors import TrayError
from tray.demo.center import Center, Failure, Operation


def test_an_outage_ends_where_it_began(
    center: Center, look: Callable[[], object]
) -> None:
    """Stopped, nobody answers; started again, it is the same on the same port."""
    address = center.url
    center.stop()
    with pytest.raises(EndpointConnectionError):
        look()

    center.start()

    assert center.url == address
    assert look()


def test_a_port_that_is_taken_is_an_error_of_ours(
    center: Center, clock: FakeClock
) -> None:
    """A center that cannot listen says so, and starting one twice changes nothing."""
    center.start()
    other = Center(
        center.settings, clock=clock.now, port=int(center.url.rpartition(":")[2])
    )
    other.stop()

    with pytest.raises(TrayError, match="No port"):
        other.start()


def test_stopping_does_not_wait_for_anybody(center: Center) -> None:
    """Answers that hang and connections that say nothing end with the center."""
    port = int(center.url.rpartition(":")[2])
    center.fail("*", Failure.hang(60))
    with (
        socket.create_connection(("127.0.0.1", port)) as silent,
        socket.create_connection(("127.0.0.1", port)) as asking,
    ):
        asking.sendall(b"GET / HTTP/1.1\r\n\r\n")
        began = time.monotonic()
        center.stop()
        assert time.monotonic() - began < 5
        silent.settimeout(1)
        assert silent.recv(1) == b""


def test_the_journal_tells_no_secret(
    center: Center, renew: Callable[[], object], look: Callable[[], object]
) -> None:
    """It has times, operations and outcomes, and one can wait for an entry."""
    waited: list[bool] = []
    waiter = threading.Thread(
        target=lambda: waited.append(center.wait_for("ListAccounts"))
    )
    waiter.start()
    renew()
    look()
    waiter.join()

    assert waited == [True]
    assert not center.wait_for("Logout", seconds=0.01)
    told = [(request.operation, request.outcome) for request in center.requests]
    assert told == [
        (Operation.CREATE_TOKEN_BY_REFRESH, "ok"),
        (Operation.LIST_ACCOUNTS, "ok"),
    ]
    assert "demo-" not in repr(center.requests)


def test_many_may_ask_at_once(center: Center, look: Callable[[], object]) -> None:
    """Settings may change while others ask."""
    threads = [threading.Thread(target=look) for _ in range(20)]
    for thread in threads:
        thread.start()
    center.configure(replace(center.settings, page_size=3))
    for thread in threads:
        thread.join()

    assert center.count("ListAccounts") == 20


def test_a_client_may_go_away(center: Center) -> None:
    """Who leaves in the middle of an answer troubles nobody."""
    center.fail("StartPage", Failure.huge(16 * 1024 * 1024))
    port = int(center.url.rpartition(":")[2])
    with socket.create_connection(("127.0.0.1", port)) as impatient:
        impatient.sendall(b"GET /start/corp HTTP/1.1\r\n\r\n")
        assert impatient.recv(1) == b"H"

    center.stop()

    assert center.count("StartPage") == 1
