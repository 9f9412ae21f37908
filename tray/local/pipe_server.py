"""The daemon's end of a named pipe; what `server` is on Windows.

A pipe can't be waited for together with others as sockets can, so each caller has a
thread of its own while it is served.
"""

from __future__ import annotations

import logging
import queue
import threading
from contextlib import suppress
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client, Listener
from pathlib import Path

from tray.core.errors import AlreadyRunning, TrayError
from tray.core.model import Secret
from tray.core.wording import system as wording
from tray.local.answering import (
    Gone,
    Handler,
    admit,
    encode_safely,
    hand_over,
    tell_gone,
)
from tray.local.pipe import (
    PIPES,
    Ends,
    Patient,
    address_of,
    drop_key,
    let_in,
    make_key,
    read_key,
)
from tray.local.protocol import LARGEST_REQUEST, Request

log = logging.getLogger(__name__)

PATIENCE = 10.0
"""Seconds for each step of a caller's."""

MOST_CALLERS = 500
"""So many are served at once; the rest waits at the door."""

LOOK = 1.0
"""Seconds from look to look whether who waits for an answer is still there."""

ROOM = 8192
"""Bytes that a pipe takes before anybody reads; a longer answer can have to wait."""

DOOR_PAUSE = 0.2
"""Seconds until the next try when the system lets nobody in."""


Answers = queue.SimpleQueue[bytes]
"""Where a caller's answer comes; only the first one counts."""

NOTHING = b""
"""What comes in its place when all is over."""


class PipeServer:
    """As `server.Server`: listens from `bind` on, answers from `start` on."""

    def __init__(
        self,
        path: Path,
        world: str,
        on_gone: Gone | None = None,
        patience: float = PATIENCE,
        pipes: str = PIPES,
    ) -> None:
        self._path, self._pipes = path, pipes
        self._world, self._on_gone = world, on_gone
        self._patience = patience
        self._key: Secret | None = None
        self._listener: Listener | None = None
        self._door: threading.Thread | None = None
        self._room = threading.BoundedSemaphore(MOST_CALLERS)
        self._waiting: set[Answers] = set()
        self._handler: Handler | None = None
        self._known, self._stopping = threading.Event(), threading.Event()
        self._turn, self._closing = threading.Lock(), threading.Lock()

    def bind(self) -> None:
        """Take the place: from now on callers can knock. Raises `TrayError`."""
        known = read_key(self._path)
        if known is not None and _answers(address_of(known, self._pipes)):
            raise AlreadyRunning(*wording.already_running(None))
        key = make_key(self._path)
        address = address_of(key, self._pipes)
        try:
            self._listener = Listener(address, backlog=MOST_CALLERS)
        except OSError as error:
            drop_key(self._path, key)
            reason = error.strerror or type(error).__name__
            raise TrayError(*wording.socket_unusable(address, reason)) from None
        self._key = key

    def start(self) -> None:
        """Begin to serve what was bound, on threads of its own."""
        if self._listener is None or self._key is None:
            return
        self._door = threading.Thread(
            target=self._let_in, args=(self._listener, self._key), name="local-endpoint"
        )
        self._door.daemon = True
        self._door.start()

    def set_handler(self, handler: Handler) -> None:
        """Begin to answer, also those who have been waiting since `bind`."""
        self._handler = handler
        self._known.set()

    def stop(self) -> None:
        """Let go of all callers and leave the place clean."""
        self._stopping.set()
        self._known.set()
        if self._door is not None and self._key is not None:
            while self._door.is_alive():  # it waits for a caller: here is one
                _answers(address_of(self._key, self._pipes))
                self._door.join(DOOR_PAUSE)
            self._door = None
        if self._listener is not None and self._key is not None:
            drop_key(self._path, self._key)
            self._listener.close()
            self._listener = None
        for answers in tuple(self._waiting):
            answers.put(NOTHING)

    def _let_in(self, listener: Listener, key: Secret) -> None:
        while not self._stopping.is_set():
            self._room.acquire()
            try:
                end = listener.accept()
            except OSError:
                self._room.release()
                self._stopping.wait(DOOR_PAUSE)
                continue
            threading.Thread(
                target=self._serve, args=(end, key), name="local-caller", daemon=True
            ).start()

    def _serve(self, end: Ends, key: Secret) -> None:
        """Serve one caller; the body of a thread."""
        try:
            let_in(end, key, self._patience)
            line = Patient(end, self._patience).recv_bytes(LARGEST_REQUEST)
            answer = self._answer_to(end, line)
            if answer is not None:
                self._send(end, answer)
        except (OSError, EOFError, AuthenticationError):
            return  # it has left, or it has no business here
        except Exception:  # the top of the thread
            log.exception(wording.ANSWER_FAULT[0])
        finally:
            self._close(end)
            self._room.release()

    def _answer_to(self, end: Ends, line: bytes) -> bytes | None:
        """Give the line that answers, when it is known; None when nobody waits."""
        try:
            request = admit(line, None, self._world)
        except TrayError as error:
            return encode_safely(error)
        self._known.wait()
        if self._handler is None or self._stopping.is_set() or _left(end):
            return None
        answers = Answers()
        with self._turn:  # a handler has one caller at a time, as with sockets
            hand_over(
                self._handler, request, lambda one: answers.put(encode_safely(one))
            )
        self._waiting.add(answers)
        try:
            return self._wait_for(answers, end, request)
        finally:
            self._waiting.discard(answers)

    def _wait_for(self, answers: Answers, end: Ends, request: Request) -> bytes | None:
        while not self._stopping.is_set() or not answers.empty():
            with suppress(queue.Empty):
                return answers.get(timeout=LOOK) or None
            if _left(end):
                with self._turn:
                    tell_gone(self._on_gone, request)
                return None
        return None

    def _send(self, end: Ends, answer: bytes) -> None:
        if len(answer) <= ROOM:
            end.send_bytes(answer)
            return
        patience = threading.Timer(self._patience, self._close, (end,))
        patience.daemon = True
        patience.start()
        try:
            end.send_bytes(answer)
        finally:
            patience.cancel()

    def _close(self, end: Ends) -> None:
        # One at a time: the second close of the same end does nothing.
        with self._closing, suppress(OSError):
            end.close()


def _answers(address: str) -> bool:
    """Tell whether somebody listens at a pipe's name."""
    try:
        Client(address).close()
    except OSError:
        return False
    return True


def _left(end: Ends) -> bool:
    """Tell whether a caller has gone; what else it says is not heard."""
    try:
        if end.poll(0):
            end.recv_bytes(LARGEST_REQUEST)
    except (OSError, EOFError):
        return True
    return False
