"""Programs that wait for people: one prompt for all of them, and one end for all.

A program that needs a session which is over waits here, bounded. People are asked once,
by the same rules as ever; whoever logs in, by whatever tool, releases all who wait.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tray.core.board import Board, Phase, SessionStatus, Wanted, lasts_until
from tray.core.model import SsoSession
from tray.core.ports import Clock, Workers
from tray.flows.activities import Activities

MOST_WAITING = 2000
"""More than this do not wait at once: they are told to log in first."""

SLICE = timedelta(seconds=1)
"""So exact are the ends of waits; clocks may be set meanwhile."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiter:
    session: SsoSession
    until: datetime
    asked_at: datetime
    needs: datetime | None = None
    released: Future[bool] = field(default_factory=Future)

    def served_by(self, status: SessionStatus) -> bool:
        """Tell whether the session is as it is wanted."""
        last = lasts_until(status)
        enough = self.needs is None or last is None or last >= self.needs
        return status.usable and enough


class Broker:
    """Who waits for which session; a `View`, since boards tell when that is over."""

    def __init__(
        self,
        clock: Clock,
        activities: Activities,
        workers: Workers,
        on_change: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._activities = activities
        self._workers = workers
        self._on_change = on_change
        self.asks = True
        """Whether people can be asked here; without a desktop they can't."""
        self._changed = threading.Condition()
        self._waiting: list[_Waiter] = []
        self._watching = False
        self._logging_in: set[str] = set()

    def wait(
        self,
        session: SsoSession,
        by: str,
        profile: str,
        patience: timedelta,
        needs: datetime | None = None,
    ) -> Future[bool]:
        """Give a future that is true as soon as the session can be used again.

        With `needs`, as soon as it can be used until then, as far as is known.
        It is false when nobody logs in within `patience`, when the log-in that was
        begun comes to nothing, and where nobody is asked at all.
        """
        now, key = self._clock.now(), session.cache_key
        waiter = _Waiter(session, now + patience, now, needs)
        with self._changed:
            if not self.asks or len(self._waiting) >= MOST_WAITING:
                waiter.released.set_result(False)
                return waiter.released
            self._waiting.append(waiter)
            begins, self._watching = not self._watching, True
        self._activities.begin_wanted(key, Wanted(by, profile, now, needs))
        if begins:
            self._workers.submit("broker", self._watch)
        self._on_change()
        return waiter.released

    def show(self, board: Board, now: datetime) -> None:
        """Release those whose session is there again, and those who wait in vain."""
        del now
        for status in board.sessions:
            key = status.session.cache_key
            begun = key in self._logging_in
            if status.phase is Phase.LOGGING_IN:
                self._logging_in.add(key)
                continue
            self._logging_in.discard(key)
            self._release(key, status)
            if _in_vain(status, begun=begun):
                self._release(key, None)

    def _release(self, key: str, status: SessionStatus | None) -> None:
        """Release those whom this status serves; None: all, in vain."""
        with self._changed:
            waiting = [one for one in self._waiting if one.session.cache_key == key]
            gone = [one for one in waiting if not status or one.served_by(status)]
            self._drop(gone)
        for waiter in gone:
            waiter.released.set_result(status is not None)

    def _drop(self, gone: list[_Waiter]) -> None:
        """Let go of these; with the last one of a session, nobody wants it."""
        if not gone:
            return
        self._waiting = [one for one in self._waiting if one not in gone]
        wanted = {one.session.cache_key for one in self._waiting}
        for key in {one.session.cache_key for one in gone} - wanted:
            self._activities.end_wanted(key)
        self._changed.notify_all()

    def _watch(self) -> None:
        """End waits whose time is over; one thread, while anybody waits."""
        done = False
        while not done:
            with self._changed:
                now = self._clock.now()
                late = [w for w in self._waiting if not w.asked_at <= now < w.until]
                self._drop(late)
                done = not self._waiting
                self._watching = not done
                if not late and not done:
                    self._changed.wait(SLICE.total_seconds())
            for waiter in late:
                waiter.released.set_result(False)
            if late:
                self._on_change()


def _in_vain(status: SessionStatus, *, begun: bool) -> bool:
    """Tell whether nobody will log in: a log-in came to nothing, or nobody is asked."""
    if status.wanted is None:
        return False
    return begun or status.notice is None
