"""What is in flight, shared by the threads that do it and the tick that shows it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import replace

from tray.core.board import Retry
from tray.core.status import Activity


class Activities:
    """Holds the one frozen `Activity` and replaces it whole."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._current = Activity()

    def current(self) -> Activity:
        """Give what is in flight now."""
        return self._current

    def begin_refresh(self, key: str) -> bool:
        """Note that a renewal starts; False if one is in flight already."""
        with self._lock:
            if key in self._current.refreshing:
                return False
            running = self._current.refreshing | {key}
            self._current = replace(self._current, refreshing=running)
            return True

    def end_refresh(self, key: str) -> None:
        """Note that a renewal has come to its end, good or bad."""
        self._change(lambda a: replace(a, refreshing=a.refreshing - {key}))

    def begin_login(self, key: str) -> None:
        """Note that people are logging in."""
        self._change(lambda a: replace(a, logging_in=a.logging_in | {key}))

    def end_login(self, key: str) -> None:
        """Note that a log-in has come to its end, good or bad."""
        self._change(lambda a: replace(a, logging_in=a.logging_in - {key}))

    def failed(self, key: str, retry: Retry) -> None:
        """Note that a renewal failed for a reason that may pass."""
        self._change(lambda a: replace(a, retries={**a.retries, key: retry}))

    def recovered(self, key: str) -> None:
        """Forget the failures of a session."""
        self._change(lambda a: replace(a, retries=_without(a.retries, key)))

    def _change(self, change: Callable[[Activity], Activity]) -> None:
        with self._lock:
            changed = change(self._current)
            if changed != self._current:
                self._current = changed


def _without(retries: Mapping[str, Retry], key: str) -> dict[str, Retry]:
    return {other: retry for other, retry in retries.items() if other != key}
