"""Programs that wait for people, bounded, and are released together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from tray.core.board import Wanted
from tray.core.ports import Clock, Workers

MOST_WAITING = 2000
"""More than this do not wait at once."""

SLICE = timedelta(seconds=1)
"""So exact are the ends of waits; clocks may be set meanwhile."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True, eq=False)
class Waiter(Generic[Answer]):
    """One who waits."""

    key: str
    """For what."""

    wanted: Wanted
    """Who it is, and since when."""

    until: datetime
    """How long at most."""

    released: Future[Answer] = field(default_factory=Future)
    """What becomes of it."""


@dataclass(frozen=True, slots=True)
class Watching(Generic[Answer]):
    """What those who let programs wait want to know of it."""

    name: str
    """What they are called among the workers."""

    late: Answer
    """What a wait ends with that nobody answered."""

    first: Callable[[str, Wanted | None], None]
    """Told for what, and who waits first now, if anybody; must not ask back."""

    on_late: Callable[[], None]
    """Told after waits have ended by the time alone."""


class Waiters(Generic[Answer]):
    """All who wait; one thread ends waits, while there are any."""

    def __init__(
        self, clock: Clock, workers: Workers, watching: Watching[Answer]
    ) -> None:
        self._clock = clock
        self._workers = workers
        self._told = watching
        self._changed = threading.Condition()
        self.waiting: list[Waiter[Answer]] = []
        self.watched = False
        """Whether the thread runs."""

    def wait(
        self, key: str, wanted: Wanted, patience: timedelta
    ) -> Future[Answer] | None:
        """Let one more wait; None where too many do already."""
        waiter: Waiter[Answer] = Waiter(key, wanted, wanted.since + patience)
        with self._changed:
            if len(self.waiting) >= MOST_WAITING:
                return None
            self.waiting.append(waiter)
            self._tell({key})
            begins, self.watched = not self.watched, True
        if begins:
            self._workers.submit(self._told.name, self._watch)
        return waiter.released

    def release(
        self,
        key: str,
        answer: Answer,
        meant: Callable[[Wanted], bool] = lambda _: True,
    ) -> None:
        """Answer those who wait for something, or those of them that are meant."""
        with self._changed:
            waiting = [waiter for waiter in self.waiting if waiter.key == key]
            gone = [waiter for waiter in waiting if meant(waiter.wanted)]
            self._drop(gone)
        for waiter in gone:
            waiter.released.set_result(answer)

    def _drop(self, gone: list[Waiter[Answer]]) -> None:
        if gone:
            self.waiting = [one for one in self.waiting if one not in gone]
            self._tell({waiter.key for waiter in gone})
            self._changed.notify_all()

    def _tell(self, keys: set[str]) -> None:
        for key in keys:
            first = (one.wanted for one in self.waiting if one.key == key)
            self._told.first(key, next(first, None))

    def _watch(self) -> None:
        """End waits whose time is over; one thread, while anybody waits."""
        done = False
        while not done:
            with self._changed:
                now = self._clock.now()
                late = [
                    waiter
                    for waiter in self.waiting
                    if not waiter.wanted.since <= now < waiter.until
                ]
                self._drop(late)
                done = not self.waiting
                self.watched = not done
                if not late and not done:
                    self._changed.wait(SLICE.total_seconds())
            for waiter in late:
                waiter.released.set_result(self._told.late)
            if late:
                self._told.on_late()
