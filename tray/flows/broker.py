"""Programs that wait for people: one prompt for all of them, and one end for all.

A program that needs a session which is over waits here, bounded. People are asked once,
by the same rules as ever; whoever logs in, by whatever tool, releases all who wait.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime, timedelta

from tray.core.board import Board, Phase, SessionStatus, Wanted, lasts_until
from tray.core.model import SsoSession
from tray.core.ports import Clock, Workers
from tray.flows.activities import Activities
from tray.flows.waiters import Waiters, Watching


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
        self._on_change = on_change
        self.asks = True
        """Whether people can be asked here; without a desktop they can't."""
        watching = Watching("broker", late=False, first=self._note, on_late=on_change)
        self.waiters = Waiters(clock, workers, watching)
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
        wanted, waits = Wanted(by, profile, self._clock.now(), needs), None
        if self.asks:
            waits = self.waiters.wait(session.cache_key, wanted, patience)
        if waits is None:
            in_vain: Future[bool] = Future()
            in_vain.set_result(False)
            return in_vain
        self._on_change()
        return waits

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
            self._release_served(key, status)
            if _in_vain(status, begun=begun):
                self.waiters.release(key, answer=False)

    def _release_served(self, key: str, status: SessionStatus) -> None:
        if status.usable:
            last = lasts_until(status)

            def enough(wanted: Wanted) -> bool:
                return wanted.until is None or last is None or last >= wanted.until

            self.waiters.release(key, answer=True, meant=enough)

    def _note(self, key: str, wanted: Wanted | None) -> None:
        if wanted is None:
            self._activities.end_wanted(key)
        else:
            self._activities.begin_wanted(key, wanted)


def _in_vain(status: SessionStatus, *, begun: bool) -> bool:
    """Tell whether nobody will log in: a log-in came to nothing, or nobody is asked."""
    if status.wanted is None:
        return False
    return begun or status.notice is None
