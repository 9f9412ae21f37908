"""The endpoint serves everybody who behaves, and is not hurt by those who don't."""

from __future__ import annotations

import logging
import os
import threading
import time
from pathlib import Path

import pytest

from tests.limits import fewer_files
from tests.local.house import (
    LINE,
    WORLD,
    Endpoint,
    connect,
    hear,
    serving,
)
from tests.waiting import stays, until
from tray.core.errors import NoDaemon, OtherWorld, TrayError
from tray.local.client import ask


def test_answers(tmp_path: Path) -> None:
    """At once, later, as finished bytes, or with an error: the asker gets it."""
    with serving(tmp_path) as endpoint:
        assert ask(endpoint.path, WORLD, "ping") == {"pid": os.getpid()}
        assert ask(endpoint.path, WORLD, "later") == {"late": True}
        assert ask(endpoint.path, WORLD, "raw") == {"Version": 1}
        big = ask(endpoint.path, WORLD, "big")["x"]
        assert big == "y" * 5_000_000
        with pytest.raises(TrayError, match=r"No\. Ask nicely\."):
            ask(endpoint.path, WORLD, "refuse")


def test_faults_of_the_handler(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault of our own is logged and told, and the next caller is served."""
    with serving(tmp_path) as endpoint, caplog.at_level(logging.ERROR):
        for verb in ("break", "nonsense"):
            with pytest.raises(TrayError, match="fault of our own"):
                ask(endpoint.path, WORLD, verb)
        assert ask(endpoint.path, WORLD, "ping")

    assert len(caplog.records) == 2


def test_another_world_is_turned_away(tmp_path: Path) -> None:
    """Nobody gets an answer about other files than the ones asked about."""
    with serving(tmp_path) as endpoint:
        with pytest.raises(OtherWorld):
            ask(endpoint.path, "ffffffff", "ping")
        assert not endpoint.seen


def test_callers_wait_for_the_first_board(tmp_path: Path) -> None:
    """Who comes before the daemon knows anything waits, and is answered then."""
    endpoint = Endpoint(tmp_path)
    endpoint.server.bind()
    answers: list[object] = []
    threads = [
        threading.Thread(
            target=lambda: answers.append(ask(endpoint.path, WORLD, "ping"))
        )
        for _ in range(3)
    ]
    threads[0].start()
    time.sleep(0.05)
    endpoint.server.start()
    for thread in threads[1:]:
        thread.start()
    with connect(endpoint) as impatient:
        impatient.sendall(LINE)
    stays(lambda: not answers)
    endpoint.server.set_handler(endpoint.handle)

    for thread in threads:
        thread.join()
    assert len(answers) == len(endpoint.seen) == 3
    endpoint.server.stop()


def test_a_caller_that_went_away_is_noticed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What nobody waits for any more can be ended; a late answer goes nowhere."""
    with serving(tmp_path) as endpoint, caplog.at_level(logging.CRITICAL):
        for verb in (b"wait", b"wait-badly"):
            with connect(endpoint) as connection:
                connection.sendall(LINE.replace(b"ping", verb))
                until(lambda: endpoint.waiting)
            until(lambda: endpoint.gone)
            assert endpoint.gone.pop().verb == verb.decode()
            endpoint.waiting.pop()({"too": "late"})
        assert ask(endpoint.path, WORLD, "ping")


def test_who_waits_for_people_is_not_hurried(tmp_path: Path) -> None:
    """Only the line and the answer have a time limit, not the time between."""
    with serving(tmp_path, patience=0.1) as endpoint, connect(endpoint) as connection:
        connection.sendall(LINE.replace(b"ping", b"wait"))
        until(lambda: endpoint.waiting)
        connection.sendall(b"more that nobody reads\n")
        stays(lambda: not endpoint.gone, 0.4)
        endpoint.waiting[0]({"patient": True})

        assert b'"patient":true' in hear(connection)


@pytest.mark.parametrize(
    "sent",
    [
        b"\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        os.urandom(200) + b"\n",
        b"x" * 70_000,
        b"[" * 30_000 + b"\n",
    ],
)
def test_garbage_is_answered_with_an_error(tmp_path: Path, sent: bytes) -> None:
    """Whatever comes, the caller is told, and the next one is served."""
    with serving(tmp_path) as endpoint:
        with connect(endpoint) as connection:
            connection.sendall(sent)
            assert b'"ok":false' in hear(connection)
        assert ask(endpoint.path, WORLD, "ping")


def test_ten_megabytes_without_a_line(tmp_path: Path) -> None:
    """A flood is cut off, not collected."""
    with serving(tmp_path) as endpoint:
        with connect(endpoint) as connection:
            try:
                connection.sendall(b"x" * 10_000_000)
            except (BrokenPipeError, ConnectionResetError):
                hear(connection)
        assert ask(endpoint.path, WORLD, "ping")


def test_slow_callers_are_not_waited_for(tmp_path: Path) -> None:
    """Nothing, half a line, an answer that nobody takes: all end after a while."""
    with serving(tmp_path, patience=0.2) as endpoint:
        slow = [connect(endpoint) for _ in range(3)]
        slow[1].sendall(LINE[:20])
        slow[2].sendall(LINE.replace(b"ping", b"big"))

        assert ask(endpoint.path, WORLD, "ping")
        assert hear(slow[0]) == hear(slow[1]) == b""
        time.sleep(0.4)
        assert len(hear(slow[2])) < 5_000_000
        for connection in slow:
            connection.close()


def test_a_line_in_pieces(tmp_path: Path) -> None:
    """A line may come byte by byte, and one may speak before being let in."""
    with serving(tmp_path) as endpoint, connect(endpoint) as connection:
        for byte in LINE:
            connection.sendall(bytes([byte]))

        assert b'"ok":true' in hear(connection)


def test_a_thousand_callers_at_once(tmp_path: Path) -> None:
    """All of a thousand open calls are answered."""
    with serving(tmp_path) as endpoint:
        callers = [connect(endpoint) for _ in range(1000)]
        for connection in callers:
            connection.sendall(LINE)

        assert all(b'"ok":true' in hear(connection) for connection in callers)
        for connection in callers:
            connection.close()


def test_the_end_lets_go_of_everybody(tmp_path: Path) -> None:
    """At the end nobody hangs, what was said is sent, and the place is clean."""
    with serving(tmp_path) as endpoint:
        connection = connect(endpoint)
        connection.sendall(LINE.replace(b"ping", b"wait"))
        until(lambda: endpoint.waiting)

    assert hear(connection) == b""
    connection.close()
    assert not list(endpoint.path.parent.iterdir())
    endpoint.waiting[0]({"too": "late"})
    endpoint.server.stop()
    with pytest.raises(NoDaemon):
        ask(endpoint.path, WORLD, "ping")


def test_no_more_files(tmp_path: Path) -> None:
    """When the system gives no more files the rest waits at the door, and gets in."""
    with serving(tmp_path) as endpoint:
        loop = endpoint.server._loop
        assert loop is not None
        with fewer_files(30):
            inside = []
            while not loop._reopen_at:
                inside.append(connect(endpoint))
                time.sleep(0.01)
            inside[-1].sendall(LINE)
            for connection in inside[:-1]:
                connection.close()
            assert b'"ok":true' in hear(inside[-1])
            inside[-1].close()
