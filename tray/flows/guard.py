"""Protected profiles: programs that want one wait until people say yes or no."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import timedelta

from tray.core.board import Wanted
from tray.core.guarding import ONCE_FOR, UNLOCKED_FOR, Pass, Verdict
from tray.core.ports import Clock, SettingsReader, Workers
from tray.flows.activities import Activities
from tray.flows.waiters import Waiters, Watching


@dataclass(frozen=True, slots=True)
class Patience:
    """That a program would rather wait for people than fail."""

    by: str
    """What it calls itself."""

    time: timedelta
    """How long it waits at most."""


class Guard:
    """Stands before protected profiles."""

    def __init__(
        self,
        clock: Clock,
        settings: SettingsReader,
        activities: Activities,
        workers: Workers,
        on_change: Callable[[], None],
    ) -> None:
        self._clock = clock
        self._settings = settings
        self._activities = activities
        self._on_change = on_change
        self.asks = True
        """Whether people can be asked here; without a desktop they can't."""
        watching = Watching("guard", Verdict.LATE, self._note, on_change)
        self.waiters = Waiters(clock, workers, watching)
        self._once: dict[tuple[str, str], Pass] = {}

    def protects(self, profile: str) -> bool:
        """Tell whether people want to be asked before this profile is given."""
        return self._settings.read().of_profile(profile).protected

    def is_open(self, profile: str, by: str = "") -> bool:
        """Tell whether a program may be given it now, with nobody asked."""
        if not self.protects(profile):
            return True
        now, given = self._clock.now(), self._activities.current().unlocked
        passes = (given.get(profile), self._once.get((profile, by)))
        return any(one is not None and one.holds(now) for one in passes)

    def ask(self, profile: str, patience: Patience | None) -> Future[Verdict]:
        """Give a future that ends when people have answered, or nobody does."""
        by = patience.by if patience else ""
        if self.is_open(profile, by):
            return _settled(Verdict.OPEN)
        waits = None
        if patience is not None and self.asks:
            waits = self.waiters.wait(profile, self._wish(by, profile), patience.time)
        if waits is None:
            return _settled(Verdict.UNASKED)
        self._on_change()
        return waits

    def unlock(self, profile: str, *, once: bool = False) -> None:
        """Let programs have it for a while, or once: the one that people were asked of.

        Once is for a moment, in which that program may ask again.
        """
        now, asked = self._clock.now(), self._activities.current().asked.get(profile)
        if not once:
            self._activities.unlock(profile, Pass(now, now + UNLOCKED_FOR))
            self.waiters.release(profile, Verdict.OPEN)
        elif asked is not None:
            self._once[profile, asked.by] = Pass(now, now + ONCE_FOR)
            self.waiters.release(
                profile, Verdict.OPEN, lambda wanted: wanted.by == asked.by
            )
        self._on_change()

    def lock(self, profile: str) -> None:
        """Keep it from programs from now on; those who wait are refused."""
        for key in [key for key in tuple(self._once) if key[0] == profile]:
            self._once.pop(key, None)
        self._activities.unlock(profile, None)
        self.waiters.release(profile, Verdict.REFUSED)
        self._on_change()

    def _wish(self, by: str, profile: str) -> Wanted:
        return Wanted(by, profile, self._clock.now())

    def _note(self, profile: str, first: Wanted | None) -> None:
        self._activities.ask_for(profile, first)


def _settled(verdict: Verdict) -> Future[Verdict]:
    future: Future[Verdict] = Future()
    future.set_result(verdict)
    return future
