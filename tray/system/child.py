"""The daemon's side of the child that does what needs boto3: spawned when asked for.

The child is given time beyond botocore's own limits before it is killed, since a token
that it is renewing right now may be the only one that still works.
"""

from __future__ import annotations

import contextlib
import itertools
import logging
import os
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from datetime import timedelta
from typing import IO, Protocol

from tray.core.errors import CannotTell, TrayError, from_wire
from tray.core.wording import child as wording
from tray.system.childlog import pass_on
from tray.system.frames import BadFrame, encode, frames
from tray.system.processes import open_pipes

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=45)
"""Beyond botocore's limits (5 s to connect, 15 s to read), with start and writing."""

TRIES = 3
"""How often a request is sent that no child has begun."""

KEYSTORE = "keystore"
"""The word that makes a child that serves the keyring, and never asks AWS."""

Frame = Mapping[str, object]


def worker_command(*words: str) -> tuple[str, ...]:
    """Give the command that runs our child with this very Python.

    `-P`: what lies in the working folder is never imported.
    """
    return (sys.executable, "-P", "-m", "tray.worker", *words)


class Process(Protocol):
    """What is needed of a process with pipes."""

    pid: int
    stdin: IO[bytes] | None
    stdout: IO[bytes] | None
    stderr: IO[bytes] | None

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end and reap it; give its status."""
        ...

    def poll(self) -> int | None:
        """Give its status when it has ended."""
        ...

    def kill(self) -> None:
        """End it at once."""
        ...


class _NotBegun(Exception):
    """The child ended before it took up the request."""


class Child:
    """`Channel` to a process that is there only while it is needed."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        patience: timedelta = PATIENCE,
    ) -> None:
        self._command = command
        self._environ = environ
        self._patience = patience
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._closed = False

    def call(self, operation: str, arguments: Frame) -> Frame:
        """Give the answer to one request, from a child that is started if needed."""
        request = {"operation": operation, "arguments": arguments}
        for _ in range(TRIES):
            with contextlib.suppress(_NotBegun):
                return self._current().ask(request, self._patience)
        raise CannotTell(*wording.BROKE)

    def close(self) -> None:
        """Let the child go; what it is doing it still finishes by itself."""
        with self._lock:
            self._closed = True
            if self._running is not None:
                self._running.dismiss()

    def _current(self) -> _Running:
        with self._lock:
            if self._closed:
                raise CannotTell(*wording.BROKE)
            if self._running is None or not self._running.usable:
                self._running = _Running(self._spawn())
                self._running.start()
            return self._running

    def _spawn(self) -> Process:
        try:
            return open_pipes(self._command, self._environ)
        except TrayError as error:
            raise CannotTell(error.title, error.remedy) from None


class _Running:
    """One process and the requests that it has not answered yet."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._pending: dict[int, Future[Frame]] = {}
        self._leaving = False
        self._retired = False
        self._stuck = False

    @property
    def usable(self) -> bool:
        """Whether it takes further requests."""
        return not (self._leaving or self._retired or self._stuck)

    def start(self) -> None:
        """Read what it says, and reap it at its end."""
        name = f"child-{self._process.pid}"
        threading.Thread(target=self._listen, name=name, daemon=True).start()
        threading.Thread(
            target=pass_on, args=(self._process.stderr,), name=name, daemon=True
        ).start()

    def ask(self, request: Frame, patience: timedelta) -> Frame:
        """Send a request and wait for its answer.

        Raises `_NotBegun`, the child's own `TrayError`, and `CannotTell`.
        """
        future: Future[Frame] = Future()
        with self._lock:
            if not self.usable:
                raise _NotBegun
            number = next(self._numbers)
            self._pending[number] = future
            self._send(encode({"id": number, **request}), number)
        try:
            return future.result(patience.total_seconds())
        except TimeoutError:
            self._give_up(number)
            raise CannotTell(*wording.STUCK) from None

    def dismiss(self) -> None:
        """Close its pipe: it ends when it has done what it is doing."""
        with self._lock:
            self._retired = True
            self._close_stdin()

    def _send(self, data: bytes, number: int) -> None:
        pipe = self._process.stdin
        try:
            while pipe and data:
                data = data[pipe.write(data) or 0 :]
        except OSError:
            # It has ended. A frame that was not taken whole is never begun.
            del self._pending[number]
            self._leaving = True
            raise _NotBegun from None

    def _give_up(self, number: int) -> None:
        log.warning("the child did not answer in time")
        with self._lock:
            self._pending.pop(number, None)
            self._stuck = True
            self._kill_when_done()

    def _kill_when_done(self) -> None:
        """Kill a stuck child, but not under somebody else's running request."""
        if self._stuck and not self._pending:
            self._process.kill()

    def _listen(self) -> None:
        stdout = self._process.stdout
        try:
            if stdout is not None:
                for frame in frames(lambda size: os.read(stdout.fileno(), size)):
                    self._take(frame)
        except (BadFrame, OSError) as error:
            log.warning("the child's pipe broke: %s", type(error).__name__)
            self._process.kill()
        finally:
            self._end()

    def _take(self, frame: Frame) -> None:
        number = frame.get("id")
        with self._lock:
            if frame.get("bye"):
                self._leaving = True
                return
            future = (
                self._pending.pop(number, None) if isinstance(number, int) else None
            )
        if future is not None:
            _settle(future, frame)
        with self._lock:
            self._kill_when_done()

    def _end(self) -> None:
        with self._lock:
            begun = not self._leaving
            self._leaving = True
            self._close_stdin()
            pending, self._pending = self._pending, {}
        if self._process.stdout is not None:
            self._process.stdout.close()
        status = self._process.wait()
        if begun and pending:
            log.warning("the child ended with status %s", status)
        for future in pending.values():
            error = CannotTell(*wording.BROKE) if begun else _NotBegun()
            future.set_exception(error)

    def _close_stdin(self) -> None:
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()


def _settle(future: Future[Frame], frame: Frame) -> None:
    result, error = frame.get("result"), frame.get("error")
    if isinstance(result, Mapping):
        future.set_result(result)
    elif isinstance(error, Mapping):
        words = (str(error.get(name, "")) for name in ("kind", "title", "remedy"))
        future.set_exception(from_wire(*words))
    else:
        future.set_exception(CannotTell(*wording.BROKE))
