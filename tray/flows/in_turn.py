"""Several log-ins, one after the other, so that nobody meets ten pages at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from datetime import datetime

from tray.core.errors import TrayError
from tray.flows.login_ticket import Login

BUSY = ""
"""The name of no session: the queue is about to begin one."""


class InTurn:
    """A queue of log-ins; the next one begins when the one before has succeeded.

    One that fails or is taken back ends the queue: people have gone, or don't want to.
    """

    def __init__(
        self, begin: Callable[[str], Login], tell: Callable[[TrayError], None]
    ) -> None:
        self._begin = begin
        self._tell = tell
        self._lock = threading.Lock()
        self._waiting: list[str] = []
        self._current: str | None = None

    def add(self, sessions: Iterable[str]) -> None:
        """Log in to these too; those that wait already keep their place."""
        with self._lock:
            known = {*self._waiting, self._current}
            self._waiting += [one for one in sessions if one not in known]
            if self._current is not None:
                return
            self._current = BUSY
        self._next()

    def _next(self) -> None:
        while (name := self._take()) is not None:
            try:
                login = self._begin(name)
            except TrayError as error:  # this one can't be; the others may
                self._tell(error)
            else:
                login.result.add_done_callback(self._ended)
                return

    def _take(self) -> str | None:
        with self._lock:
            self._current = self._waiting.pop(0) if self._waiting else None
            return self._current

    def _ended(self, result: Future[datetime]) -> None:
        if result.exception() is not None:
            with self._lock:
                self._waiting.clear()
        self._next()
