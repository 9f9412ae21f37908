"""The endpoint with a key, over sockets here: who has none learns nothing.

`multiprocessing` speaks the same way over a socket as over Windows' pipes; what is the
pipes' own is tested under wine.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from pathlib import Path

import pytest

from tests.local.house import LINE, WORLD, Endpoint
from tests.waiting import stays, until
from tray.core.errors import AlreadyRunning, CannotTell, NoDaemon, OtherWorld, TrayError
from tray.core.model import Secret
from tray.local.pipe import Ends, address_of, introduce, make_key, read_key
from tray.local.pipe_client import ask_pipe
from tray.local.pipe_server import PipeServer
from tray.local.protocol import LARGEST_REQUEST, decode_answer, encode_request


class Piped(Endpoint):
    """As `Endpoint`, over a pipe of its own."""

    def __init__(self, folder: Path, patience: float = 10.0) -> None:
        super().__init__(folder)
        self.pipes = f"{folder}/"
        self.piped = PipeServer(self.path, WORLD, self.left, patience, self.pipes)

    def ask(
        self, verb: str, timeout: float | None = 30, world: str = WORLD
    ) -> dict[str, object]:
        """Ask as a command does."""
        line = encode_request(world, verb, {})
        return dict(decode_answer(ask_pipe(self.path, line, timeout, self.pipes)))

    def knock(self) -> Ends:
        """Open the pipe and say nothing."""
        key = read_key(self.path)
        assert key is not None
        return Client(address_of(key, self.pipes))

    def enter(self) -> Ends:
        """Be let in, to say something else than commands say."""
        key, end = read_key(self.path), self.knock()
        assert key is not None
        introduce(end, key, 10)
        return end


@contextmanager
def serving(folder: Path, patience: float = 10.0) -> Iterator[Piped]:
    """Give an endpoint that answers, until the block ends."""
    endpoint = Piped(folder, patience)
    endpoint.piped.bind()
    endpoint.piped.start()
    endpoint.piped.set_handler(endpoint.handle)
    try:
        yield endpoint
    finally:
        endpoint.piped.stop()


def exchange(end: Ends, message: bytes) -> bytes:
    """Say something and give what comes back."""
    end.send_bytes(message)
    return end.recv_bytes()


def test_answers(tmp_path: Path) -> None:
    """At once, later, as finished bytes, or with an error: the asker gets it."""
    with serving(tmp_path) as endpoint:
        assert endpoint.ask("ping") == {"pid": None}
        assert endpoint.ask("later") == {"late": True}
        assert endpoint.ask("raw") == {"Version": 1}
        assert endpoint.ask("big")["x"] == "y" * 5_000_000
        with pytest.raises(TrayError, match=r"No\. Ask nicely\."):
            endpoint.ask("refuse")
        with pytest.raises(OtherWorld):
            endpoint.ask("ping", world="ffffffff")


def test_who_has_no_key_is_not_heard(tmp_path: Path) -> None:
    """Nor is one that says nothing, too much, or no request; the next one is served."""
    with serving(tmp_path, patience=0.2) as endpoint:
        with closing(endpoint.knock()) as silent, closing(endpoint.knock()) as guessing:
            with pytest.raises(AuthenticationError):
                introduce(guessing, Secret("f" * 64), 10)
            assert silent.poll(10)
            silent.recv_bytes()
            with pytest.raises(EOFError):
                silent.recv_bytes()
        with closing(endpoint.enter()) as flood, pytest.raises((EOFError, OSError)):
            exchange(flood, b"x" * (LARGEST_REQUEST + 1))
        with closing(endpoint.enter()) as nonsense:
            assert b'"ok":false' in exchange(nonsense, b"GET / HTTP/1.1\n")
        assert not endpoint.seen
        assert endpoint.ask("ping")


def test_a_program_that_took_the_name_is_told_nothing(tmp_path: Path) -> None:
    """Who listens there without the key gets no request, and we are not fooled."""
    path, pipes = tmp_path / "key", f"{tmp_path}/"
    heard = []

    def pretend(listener: Listener) -> None:
        with listener.accept() as end:
            end.send_bytes(b"#CHALLENGE#{sha256}" + b"0" * 40)
            heard.append(end.recv_bytes())
            end.send_bytes(b"#WELCOME#")
            heard.append(end.recv_bytes())
            end.send_bytes(b"never the digest")
            with pytest.raises((EOFError, OSError)):
                heard.extend([end.recv_bytes(), end.recv_bytes()])

    with Listener(address_of(make_key(path), pipes)) as listener:
        thread = threading.Thread(target=pretend, args=(listener,))
        thread.start()
        with pytest.raises(NoDaemon):
            ask_pipe(path, LINE, pipes=pipes)
        thread.join()

    assert not any(b"ping" in one for one in heard)


@pytest.mark.parametrize("said", [b"", b"hello", b"#CHALLENGE#", b"x" * 1000])
def test_one_that_cannot_even_ask(tmp_path: Path, said: bytes) -> None:
    """What does not begin as it should is nobody of ours."""
    path, pipes = tmp_path / "key", f"{tmp_path}/"

    def pretend(listener: Listener) -> None:
        with listener.accept() as end:
            end.send_bytes(said)

    with Listener(address_of(make_key(path), pipes)) as listener:
        thread = threading.Thread(target=pretend, args=(listener,))
        thread.start()
        with pytest.raises(NoDaemon):
            ask_pipe(path, LINE, pipes=pipes)
        thread.join()


def test_callers_wait_for_the_first_board(tmp_path: Path) -> None:
    """Who comes before the daemon knows anything is answered then."""
    endpoint = Piped(tmp_path)
    endpoint.piped.bind()
    endpoint.piped.start()
    answers: list[object] = []
    thread = threading.Thread(target=lambda: answers.append(endpoint.ask("ping")))
    thread.start()
    stays(lambda: not answers)
    endpoint.piped.set_handler(endpoint.handle)
    thread.join()

    assert answers == [{"pid": None}]
    endpoint.piped.stop()


def test_a_caller_that_went_away_is_noticed(tmp_path: Path) -> None:
    """What nobody waits for any more can be ended; a late answer goes nowhere."""
    with serving(tmp_path) as endpoint:
        with closing(endpoint.enter()) as end:
            end.send_bytes(LINE.replace(b"ping", b"wait"))
            until(lambda: endpoint.waiting)
            end.send_bytes(b"more that nobody reads")
        until(lambda: endpoint.gone)
        endpoint.waiting.pop()({"too": "late"})

        assert endpoint.ask("ping")


def test_a_silent_daemon_and_its_end(tmp_path: Path) -> None:
    """No answer in time is not known; the end lets go, and leaves nothing."""
    with serving(tmp_path) as endpoint:
        with pytest.raises(CannotTell):
            endpoint.ask("wait", timeout=0.1)
        errors: list[TrayError] = []

        def wait() -> None:
            with pytest.raises(NoDaemon) as caught:
                endpoint.ask("wait")
            errors.append(caught.value)

        thread = threading.Thread(target=wait)
        thread.start()
        until(lambda: len(endpoint.waiting) > 1)
    thread.join()

    assert errors
    assert not list(endpoint.path.parent.iterdir())
    with pytest.raises(NoDaemon):
        endpoint.ask("ping")
    endpoint.piped.stop()


def test_its_key_is_this_users_and_new_each_time(tmp_path: Path) -> None:
    """Only this user reads the key, and yesterday's opens nothing."""
    with serving(tmp_path) as endpoint:
        first = read_key(endpoint.path)
        assert endpoint.path.stat().st_mode & 0o777 == 0o600
        assert endpoint.path.parent.stat().st_mode & 0o777 == 0o700
        with pytest.raises(AlreadyRunning):
            PipeServer(endpoint.path, WORLD, pipes=endpoint.pipes).bind()
        assert endpoint.ask("ping")
    with serving(tmp_path) as endpoint:
        assert read_key(endpoint.path) != first


@pytest.mark.parametrize("text", [b"", b"half", b"x" * 65, b"\xff" * 64])
def test_what_a_crash_left_is_replaced(tmp_path: Path, text: bytes) -> None:
    """What is no key means that nobody is there, and the next daemon begins."""
    path = tmp_path / "run" / WORLD
    path.parent.mkdir()
    path.write_bytes(text)
    assert read_key(path) is None
    with pytest.raises(NoDaemon):
        ask_pipe(path, LINE, pipes=f"{tmp_path}/")
    with serving(tmp_path) as endpoint:
        assert endpoint.ask("ping")


def test_no_place_for_the_key_or_the_pipe(tmp_path: Path) -> None:
    """What can't be made is named; commands then do the work themselves."""
    (tmp_path / WORLD).mkdir()
    with pytest.raises(TrayError, match=str(tmp_path)):
        PipeServer(tmp_path / WORLD, WORLD, pipes=f"{tmp_path}/").bind()
    server = PipeServer(tmp_path / "key", WORLD, pipes=f"{tmp_path}/none/")
    with pytest.raises(TrayError, match=r"none"):
        server.bind()
    server.start()
    server.stop()

    assert [one.name for one in tmp_path.iterdir()] == [WORLD]
