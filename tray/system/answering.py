"""The child's side of the pipe: takes requests, answers them, ends when it is idle.

It also ends when the daemon does (the pipe closes), but never in the middle of a
request: a renewed token must reach the cache. While one can't be written it stays.
"""

from __future__ import annotations

import logging
import os
import queue
import signal
import threading
import time
import traceback
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from tray.core.errors import TrayError
from tray.core.wording import child as wording
from tray.system.frames import BadFrame, encode, frames

log = logging.getLogger(__name__)

IDLE = timedelta(seconds=30)
"""How long it waits for the next request."""

AGAIN = timedelta(seconds=2)
"""How often what is unfinished is tried again."""

LINGER = 300
"""So many tries without the daemon are enough: ten minutes."""

AT_ONCE = 4
"""Requests that are served at the same time; sessions are few."""

Frame = Mapping[str, object]
_ANSWERED: Frame = {}
"""Wakes the loop when a request is over: it may have left something unfinished."""

Operations = Mapping[str, Callable[[Frame], Frame]]


class Answering:
    """Serves requests from one descriptor and answers on another."""

    def __init__(self, reads: int, writes: int, operations: Operations) -> None:
        self._reads = reads
        self._writes = writes
        self._operations = operations
        self._requests: queue.SimpleQueue[Frame | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._busy = 0

    def run(
        self, idle: timedelta = IDLE, unfinished: Callable[[], bool] = lambda: False
    ) -> None:
        """Serve until the pipe closes or nothing was asked for so long.

        `unfinished` tries to finish what could not be finished before, and tells
        whether anything is left; then the end waits.
        """
        # A thread that blocks in os.read holds no lock of Python's; it may stay behind.
        threading.Thread(target=self._read, daemon=True).start()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            while True:
                wait = min(AGAIN, idle) if unfinished() else idle
                try:
                    request = self._requests.get(timeout=wait.total_seconds())
                except queue.Empty:
                    if self._busy or unfinished():
                        continue
                    # Tells the other side: what you have sent since was not begun.
                    self._write({"bye": True})
                    return
                if request is None:
                    break
                if request is _ANSWERED:
                    continue
                with self._lock:
                    self._busy += 1
                pool.submit(self._serve, request)
        for _ in range(LINGER):
            if not unfinished():
                return
            time.sleep(AGAIN.total_seconds())

    def _read(self) -> None:
        try:
            for frame in frames(lambda size: os.read(self._reads, size)):
                self._requests.put(frame)
        except (BadFrame, OSError) as error:
            log.warning("the daemon's pipe broke: %s", type(error).__name__)
        self._requests.put(None)

    def _serve(self, request: Frame) -> None:
        try:
            self._write({"id": request.get("id"), **self._answer(request)})
        finally:
            with self._lock:
                self._busy -= 1
            self._requests.put(_ANSWERED)

    def _answer(self, request: Frame) -> Frame:
        name = str(request.get("operation"))
        arguments = request.get("arguments")
        operation = self._operations.get(name)
        if operation is None or not isinstance(arguments, Mapping):
            return _failed(TrayError(*wording.unknown(name)))
        try:
            return {"result": operation(arguments)}
        except TrayError as error:
            return _failed(error)
        except Exception as error:  # noqa: BLE001 - the top of a thread
            # The text may repeat what was sent; the places in the code do not.
            places = "".join(traceback.format_tb(error.__traceback__))
            log.error("%s in %s:\n%s", type(error).__name__, name, places)  # noqa: TRY400
            return _failed(TrayError(*wording.fault(type(error).__name__)))

    def _write(self, frame: Frame) -> None:
        data = memoryview(encode(frame))
        with self._lock:
            try:
                while data:
                    data = data[os.write(self._writes, data) :]
            except OSError:
                log.warning("the daemon has gone before its answer")


def _failed(error: TrayError) -> Frame:
    return {"error": {"kind": error.kind, "title": error.title, "remedy": error.remedy}}


def ignore_signals() -> None:
    """Leave Ctrl-C and a polite end to the daemon: the pipe's end is our signal."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None:
            signal.signal(number, signal.SIG_IGN)
