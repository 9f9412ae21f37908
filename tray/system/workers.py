"""Threads for what waits for the network or for people; none is kept when idle."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable
from datetime import timedelta

from tray.core.wording import system as wording

log = logging.getLogger(__name__)

MOST_THREADS = 32
"""A log-in waits up to ten minutes for a person and keeps its thread; renewals must
still find one beside a log-in to every session that people have."""

Job = Callable[[], None]


class Pool:
    """Runs each job on a thread that ends with it; daemon threads, so nobody hangs."""

    def __init__(self, most: int = MOST_THREADS) -> None:
        self._most = most
        self._changed = threading.Condition()
        self._waiting: deque[tuple[str, Job]] = deque()
        self._running = 0
        self._stopping = False

    def submit(self, name: str, job: Job) -> None:
        """Run a job soon on another thread; what it raises is logged."""
        with self._changed:
            if self._stopping:
                return
            if self._running >= self._most:
                self._waiting.append((name, job))
                return
            self._running += 1
        thread = threading.Thread(
            target=self._work, args=(name, job), name=name, daemon=True
        )
        try:
            thread.start()
        except RuntimeError:  # the system gives no more threads
            with self._changed:
                self._running -= 1
                if self._running:
                    self._waiting.append((name, job))
                    return
            log.exception(wording.JOB_FAULT, name)

    def stop(self, grace: timedelta) -> bool:
        """Begin nothing new; wait so long for what runs; True if all came to an end."""
        ends = time.monotonic() + grace.total_seconds()
        with self._changed:
            self._stopping = True
            self._waiting.clear()
            while self._running:
                left = ends - time.monotonic()
                if left <= 0:
                    return False
                self._changed.wait(left)
            return True

    def _work(self, name: str, job: Job) -> None:
        while True:
            try:
                job()
            except Exception:  # the top of the thread
                log.exception(wording.JOB_FAULT, name)
            with self._changed:
                if not self._waiting:
                    self._running -= 1
                    self._changed.notify_all()
                    return
                name, job = self._waiting.popleft()
