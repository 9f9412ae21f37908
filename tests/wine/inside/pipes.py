"""The named pipe on Windows: answers, and what a caller can do to it."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from tests.waiting import until
from tray.core.errors import AlreadyRunning, NoDaemon
from tray.core.model import Secret
from tray.local.answering import Reply
from tray.local.client import ask
from tray.local.pipe import Ends, address_of, introduce, read_key
from tray.local.pipe_server import PipeServer
from tray.local.protocol import LARGEST_REQUEST, Request, encode_request
from tray.local.server import endpoint

assert sys.platform == "win32"

WORLD = "0a1b2c3d"
BIG = {"x": "y" * 1_000_000}
PATIENCE = 1.0


class Served:
    """A pipe of its own that is served."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "run" / WORLD
        self.waiting: list[Reply] = []
        self.gone: list[Request] = []
        self.server = PipeServer(self.path, WORLD, self.gone.append, PATIENCE)

    def handle(self, request: Request, reply: Reply) -> None:
        """Answer as the verb says."""
        if request.verb == "wait":
            self.waiting.append(reply)
        else:
            reply(BIG if request.verb == "big" else {"verb": request.verb})

    def enter(self, key: Secret | None = None) -> Ends:
        """Be let in with a key, to behave otherwise than a command does."""
        known = read_key(self.path)
        assert known is not None
        end = Client(address_of(known))
        introduce(end, key or known, 10)
        return end

    def send(self, verb: str) -> Ends:
        """Ask, and leave the answer where it is."""
        end = self.enter()
        end.send_bytes(encode_request(WORLD, verb, {}))
        return end


def exchange(end: Ends, message: bytes) -> bytes:
    """Say something and give what comes back."""
    end.send_bytes(message)
    return end.recv_bytes()


def callers() -> list[threading.Thread]:
    """Give the threads of those who are served."""
    return [one for one in threading.enumerate() if one.name == "local-caller"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """Give one, until the test ends."""
    served = Served(tmp_path)
    served.server.bind()
    served.server.start()
    served.server.set_handler(served.handle)
    yield served
    served.server.stop()


def test_it_answers(served: Served) -> None:
    """Short and long, one after the other, by what commands ask with."""
    for _ in range(3):
        assert ask(served.path, WORLD, "ping") == {"verb": "ping"}
        assert ask(served.path, WORLD, "big") == BIG


def test_it_is_what_windows_gets(tmp_path: Path) -> None:
    """The daemon chooses it here, and a second one finds the place taken."""
    first = endpoint(tmp_path / "it", WORLD)
    first.bind()
    first.start()
    with pytest.raises(AlreadyRunning):
        endpoint(tmp_path / "it", WORLD).bind()
    first.stop()
    with pytest.raises(NoDaemon):
        ask(tmp_path / "it", WORLD, "ping")


def test_who_has_another_key_is_not_heard(served: Served) -> None:
    """It is turned away, and the next one is served."""
    with pytest.raises(AuthenticationError):
        served.enter(Secret("f" * 64))
    assert ask(served.path, WORLD, "ping")


def test_floods_and_silence(served: Served) -> None:
    """Too much is cut off, and one that says nothing keeps nobody out."""
    silent, flood = served.enter(), served.enter()
    with pytest.raises((EOFError, OSError)):
        exchange(flood, b"x" * (LARGEST_REQUEST + 1))
    assert ask(served.path, WORLD, "ping")
    silent.close()


def test_an_answer_that_nobody_takes(served: Served) -> None:
    """It is waited for no longer than we have patience; then the line is cut."""
    slow = served.send("big")
    assert ask(served.path, WORLD, "ping")
    until(lambda: not callers(), 10)
    with pytest.raises((EOFError, OSError)):
        slow.recv_bytes()


def test_a_caller_that_leaves(served: Served) -> None:
    """Who waits and goes away is noticed; who stays is answered."""
    leaving, staying = served.send("wait"), served.send("wait")
    until(lambda: len(served.waiting) > 1)
    leaving.close()
    until(lambda: served.gone, 10)
    for reply in served.waiting:
        reply({"late": True})
    assert b'"late":true' in staying.recv_bytes()


def test_the_end_lets_go(tmp_path: Path) -> None:
    """Whoever waits then is told that there is nobody; no key is left."""
    served = Served(tmp_path)
    served.server.bind()
    served.server.start()
    served.server.set_handler(served.handle)
    waiting = served.send("wait")
    until(lambda: served.waiting)
    served.server.stop()

    with pytest.raises((EOFError, OSError)):
        waiting.recv_bytes()
    assert not list(served.path.parent.iterdir())
