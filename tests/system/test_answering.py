"""The child stays while something is unfinished, and tries it again and again."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from datetime import timedelta

import pytest

from tests.waiting import until
from tray.system import answering
from tray.system.answering import Answering
from tray.system.frames import encode

SHORT = timedelta(seconds=0.05)


class Served:
    """A child's loop on a thread, with the two pipes to it."""

    def __init__(self, left: int) -> None:
        self.left, self.tries = left, 0
        read, self.to = os.pipe()
        self.of, write = os.pipe()
        loop = Answering(read, write, {"leave": self.leave})
        self.thread = threading.Thread(target=loop.run, args=(SHORT, self.unfinished))

    def leave(self, _: object) -> dict[str, object]:
        """Leave something unfinished."""
        self.left = 3
        return {}

    def unfinished(self) -> bool:
        """Try to finish; tell whether anything is left."""
        self.tries += 1
        self.left = max(self.left - 1, 0)
        return self.left > 0


@pytest.fixture
def served() -> Iterator[Served]:
    """Give a child that has nothing to finish yet."""
    served = Served(0)
    yield served
    for one in (served.to, served.of):
        os.close(one)


def test_it_stays_until_all_is_finished(served: Served) -> None:
    """Idle for long, it goes only when what a request has left is done."""
    served.thread.start()
    os.write(served.to, encode({"id": 1, "operation": "leave", "arguments": {}}))
    served.thread.join(5)

    assert not served.thread.is_alive()
    assert served.left == 0
    assert served.tries >= 3


def test_it_outlives_the_daemon_until_all_is_finished() -> None:
    """The pipe is closed, and something is left: it tries on before it ends."""
    served = Served(2)
    served.thread.start()
    until(lambda: served.tries)
    os.close(served.to)
    began = time.monotonic()
    served.thread.join(10)
    os.close(served.of)

    assert not served.thread.is_alive()
    assert served.left == 0
    assert time.monotonic() - began < 2 * answering.AGAIN.total_seconds() + 1
