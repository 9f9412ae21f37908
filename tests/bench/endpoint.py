"""P9: what one request on the socket costs, and a thousand callers at once.

A request of its own connection each time, as every program makes it: connect, one line,
one answer, the end.
"""

from __future__ import annotations

import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.bench.installed import Installed
from tests.bench.office import Office, office

assert sys.platform != "win32"

REQUESTS = 3000
CALLERS = 1000
THREADS = 4
"""Threads that the thousand callers are spread over."""

CREDENTIALS = (
    b'{"v":1,"world":"%s","verb":"credential-process",'
    b'"args":{"profile":"dev","wait":45}}\n'
)
GOOD = b'"AccessKeyId"'


def one_request(path: str, line: bytes) -> bytes:
    """Ask once, on a connection of its own."""
    with socket.socket(socket.AF_UNIX) as caller:
        caller.settimeout(60)
        caller.connect(path)
        caller.sendall(line)
        pieces = []
        while piece := caller.recv(1 << 16):
            pieces.append(piece)
    return b"".join(pieces)


def requests(home: Path, installed: Installed) -> Iterator[Figure]:
    """Measure both."""
    with office(home / "endpoint", installed) as place, place.daemon():
        path, line = _told(place)
        times = sorted(_timed(path, line) for _ in range(REQUESTS))
        began = time.perf_counter()
        answered = _crowd(path, line)
        took = time.perf_counter() - began
    median, late = statistics.median(times), times[int(len(times) * 0.99)]
    yield Figure("P9", "one request, median", median, "ms", 0.1)
    yield Figure("P9", "one request, 99th percentile", late, "ms", 1)
    what = f"of {CALLERS} callers at once, answered"
    yield Figure("P9", what, answered, "callers", CALLERS, least=True)
    yield Figure("P9", "until all of them are", took * 1000, "ms")


def _told(place: Office) -> tuple[str, bytes]:
    world = place.world
    path, line = str(world.socket_path), CREDENTIALS % world.hash8.encode()
    assert GOOD in one_request(path, line)
    for _ in range(200):
        one_request(path, line)
    return path, line


def _timed(path: str, line: bytes) -> float:
    began = time.perf_counter()
    answer = one_request(path, line)
    took = time.perf_counter() - began
    assert GOOD in answer
    return took * 1000


def _crowd(path: str, line: bytes) -> int:
    """Let all connect before the first asks; give how many were answered."""
    callers = [socket.socket(socket.AF_UNIX) for _ in range(CALLERS)]
    answered: list[bool] = []

    def talk(some: list[socket.socket]) -> None:
        for caller in some:
            caller.sendall(line)
        answered.extend(GOOD in _all_of(caller) for caller in some)

    for caller in callers:
        caller.settimeout(60)
        caller.connect(path)
    parts = [callers[number::THREADS] for number in range(THREADS)]
    threads = [threading.Thread(target=talk, args=(part,)) for part in parts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for caller in callers:
        caller.close()
    return sum(answered)


def _all_of(caller: socket.socket) -> bytes:
    pieces = []
    while piece := caller.recv(1 << 16):
        pieces.append(piece)
    return b"".join(pieces)
