"""The loop that serves the local endpoint, in one thread.

Most requests are answered in the moment they are read and never meet the selector. One
that waits for people waits without a time limit, as long as its caller is there; a
caller that is slow to ask or slow to listen is not waited for.
"""

from __future__ import annotations

import logging
import os
import selectors
import socket
import sys
import threading
import time
from collections import deque

from tray.core.errors import TrayError
from tray.core.wording import system as wording
from tray.local.answering import (
    Gone,
    Handler,
    admit,
    encode_safely,
    hand_over,
    tell_gone,
)
from tray.local.caller import Caller, Deadlines
from tray.local.peers import peer_of
from tray.local.protocol import LARGEST_REQUEST, Answer, encode_answer

log = logging.getLogger(__name__)

MOST_CALLERS = 3000
"""So many are served at once; the rest waits in the system's queue."""

ACCEPTS = 128
"""So many callers are let in before those inside are looked after again."""

CHUNK = 1 << 16
FULL_PAUSE = 0.2
"""Seconds without letting anybody in when the system gives no more files."""


class Loop:
    """Serves one listening socket; all but `reply`, `wake` and `stop` in `run`."""

    def __init__(
        self, listener: socket.socket, world: str, on_gone: Gone | None, patience: float
    ) -> None:
        self._listener = listener
        self._world = world
        self._on_gone = on_gone
        self._handler: Handler | None = None
        self._held: list[Caller] = []
        self._callers: set[Caller] = set()
        self._deadlines = Deadlines(patience)
        self._outbox: deque[tuple[Caller, bytes]] = deque()
        self._reopen_at: float | None = None
        self._selector = selectors.DefaultSelector()
        self._wakers = socket.socketpair()
        self._thread: threading.Thread | None = None
        self._stopping = False

    def set_handler(self, handler: Handler) -> None:
        """Begin to answer, also those who have been waiting."""
        self._handler = handler
        self._wake()

    def stop(self) -> None:
        """Let the loop end."""
        self._stopping = True
        self._wake()

    def _wake(self) -> None:
        try:
            self._wakers[1].send(b".")
        except OSError:
            return  # it has been woken enough, or it has ended

    def run(self) -> None:
        """Serve until `stop`; the body of a thread."""
        self._thread = threading.current_thread()
        for end in (*self._wakers, self._listener):
            end.settimeout(0)
        self._selector.register(self._wakers[0], selectors.EVENT_READ)
        self._selector.register(self._listener, selectors.EVENT_READ)
        try:
            while not self._stopping:
                self._turn()
            self._send_out()
        except Exception:  # the top of the thread
            log.exception(wording.ANSWER_FAULT[0])
        finally:
            for caller in tuple(self._callers):
                self._close(caller)
            self._selector.close()
            for end in self._wakers:
                end.close()

    def _turn(self) -> None:
        for key, _ in self._selector.select(self._until_next()):
            if key.fileobj is self._listener:
                self._let_in()
            elif isinstance(key.data, Caller):
                self._serve(key.data)
            else:
                self._drain()
        self._send_out()
        if self._handler is not None and self._held:
            held, self._held = self._held, []
            for caller in held:
                self._hand_over(caller)
        self._expire()

    def _send_out(self) -> None:
        while self._outbox:
            caller, answer = self._outbox.popleft()
            self._send(caller, answer)

    def _drain(self) -> None:
        try:
            self._wakers[0].recv(CHUNK)
        except BlockingIOError:
            return

    def _until_next(self) -> float | None:
        moments = [m for m in (self._deadlines.next(), self._reopen_at) if m]
        return max(0.0, min(moments) - time.monotonic()) if moments else None

    def _expire(self) -> None:
        for caller in self._deadlines.late():
            self._close(caller)
        if self._reopen_at is not None and self._reopen_at <= time.monotonic():
            self._reopen_at = None
            self._selector.register(self._listener, selectors.EVENT_READ)

    def _shut_door(self) -> None:
        self._selector.unregister(self._listener)
        self._reopen_at = time.monotonic() + FULL_PAUSE

    def _let_in(self) -> None:
        for _ in range(ACCEPTS):
            if len(self._callers) >= MOST_CALLERS:
                self._shut_door()
                return
            try:
                sock, _address = self._listener.accept()
            except (BlockingIOError, ConnectionAbortedError, InterruptedError):
                return
            except OSError:
                self._shut_door()
                return
            self._greet(sock)

    def _greet(self, sock: socket.socket) -> None:
        peer = peer_of(sock)
        if sys.platform != "win32" and (peer is None or peer.uid != os.geteuid()):
            sock.close()
            return
        sock.settimeout(0)
        caller = Caller(sock, peer.pid if peer else None)
        self._callers.add(caller)
        self._read(caller)

    def _serve(self, caller: Caller) -> None:
        if caller.answer is not None:
            self._write(caller)
        elif not caller.closed:
            self._read(caller)

    def _read(self, caller: Caller) -> None:
        try:
            piece = caller.sock.recv(CHUNK)
        except (BlockingIOError, InterruptedError):
            self._wait_for(caller, selectors.EVENT_READ)
            return
        except OSError:
            piece = b""
        if not piece:
            self._lost(caller)
        elif caller.request is None:
            self._take_in(caller, piece)

    def _take_in(self, caller: Caller, piece: bytes) -> None:
        caller.received += piece
        line, newline, _ = caller.received.partition(b"\n")
        if len(line) >= LARGEST_REQUEST:
            self._send(caller, encode_answer(TrayError(*wording.REQUEST_BIG)))
        elif not newline:
            self._wait_for(caller, selectors.EVENT_READ)
        else:
            caller.received.clear()
            caller.deadline = None
            self._begin(caller, bytes(line))

    def _begin(self, caller: Caller, line: bytes) -> None:
        try:
            request = admit(line, caller.pid, self._world)
        except TrayError as error:
            self._send(caller, encode_answer(error))
            return
        caller.request = request
        if self._handler is None:
            self._held.append(caller)
            self._watch(caller, selectors.EVENT_READ)
        else:
            self._hand_over(caller)

    def _hand_over(self, caller: Caller) -> None:
        if caller.closed or caller.request is None or self._handler is None:
            return

        def reply(answer: Answer) -> None:
            line = encode_safely(answer)
            if threading.current_thread() is self._thread:
                self._send(caller, line)
            else:
                self._outbox.append((caller, line))
                self._wake()

        hand_over(self._handler, caller.request, reply)
        if caller.answer is None:
            self._watch(caller, selectors.EVENT_READ)

    def _send(self, caller: Caller, answer: bytes) -> None:
        if not caller.closed and caller.answer is None:
            caller.answer = memoryview(answer)
            caller.deadline = None
            self._write(caller)

    def _write(self, caller: Caller) -> None:
        if caller.answer is None or caller.closed:
            return
        try:
            sent = caller.sock.send(caller.answer)
        except (BlockingIOError, InterruptedError):
            sent = 0
        except OSError:
            self._close(caller)
            return
        caller.answer = caller.answer[sent:]
        if not caller.answer:
            self._close(caller)
            return
        if sent:
            caller.deadline = None  # it listens: its patience begins anew
        self._wait_for(caller, selectors.EVENT_WRITE)

    def _wait_for(self, caller: Caller, events: int) -> None:
        self._watch(caller, events)
        if caller.request is None or caller.answer is not None:
            self._deadlines.add(caller)

    def _watch(self, caller: Caller, events: int) -> None:
        if caller.watching == 0:
            self._selector.register(caller.sock, events, caller)
        elif caller.watching != events:
            self._selector.modify(caller.sock, events, caller)
        caller.watching = events

    def _lost(self, caller: Caller) -> None:
        request = caller.request
        self._close(caller)
        tell_gone(self._on_gone, request)

    def _close(self, caller: Caller) -> None:
        if caller.closed:
            return
        caller.closed = True
        self._callers.discard(caller)
        if caller.watching:
            self._selector.unregister(caller.sock)
        caller.sock.close()
