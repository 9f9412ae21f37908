"""What is in flight, shared by the threads that do it and the tick that shows it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Container, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from tray.core.accesses import Access
from tray.core.board import Retry, Wanted
from tray.core.guarding import Pass
from tray.core.rules import hurried
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
        self._change(
            lambda a: replace(
                a, logging_in=a.logging_in - {key}, codes=_without(a.codes, key)
            )
        )

    def show_code(self, key: str, code: str) -> None:
        """Note the device code that the page of a log-in must show."""
        self._change(lambda a: replace(a, codes=_with(a.codes, key, code)))

    def failed(self, key: str, retry: Retry) -> None:
        """Note that a renewal failed for a reason that may pass."""
        self._change(lambda a: replace(a, retries={**a.retries, key: retry}))

    def recovered(self, key: str) -> None:
        """Forget the failures of a session."""
        self._change(lambda a: replace(a, retries=_without(a.retries, key)))

    def hurry(self, now: datetime, keys: Container[str] | None = None) -> None:
        """Let failed renewals wait no longer: what stood in their way may be gone.

        Without keys it is for all sessions, as when the network has come back.
        """
        self._change(
            lambda a: replace(
                a,
                retries={
                    key: hurried(retry, now) if keys is None or key in keys else retry
                    for key, retry in a.retries.items()
                },
            )
        )

    def begin_wanted(self, key: str, wanted: Wanted) -> None:
        """Note that a program waits for a session; the first one names it."""
        self._change(lambda a: replace(a, wanted={key: wanted, **a.wanted}))

    def end_wanted(self, key: str) -> None:
        """Note that no program waits for it any more."""
        self._change(lambda a: replace(a, wanted=_without(a.wanted, key)))

    def ask_for(self, profile: str, wanted: Wanted | None) -> None:
        """Note which program asks for a protected profile first; None: no more."""

        def change(activity: Activity) -> Activity:
            before = activity.asked.get(profile)
            known = before and wanted and before.by == wanted.by
            first = before if known else wanted
            return replace(activity, asked=_with(activity.asked, profile, first))

        self._change(change)

    def unlock(self, profile: str, given: Pass | None) -> None:
        """Note that people unlocked a protected profile; None: locked it again."""
        self._change(lambda a: replace(a, unlocked=_with(a.unlocked, profile, given)))

    def saw_clock(self, key: str, ahead: timedelta | None) -> None:
        """Note how far our clock is ahead of the service's; None: not known."""
        self._change(lambda a: replace(a, ahead=_with(a.ahead, key, ahead)))

    def forget_clocks(self) -> None:
        """Forget all of that, as after our clock was set."""
        self._change(lambda a: replace(a, ahead={}))

    def has_gained(self, session: str, found: tuple[Access, ...]) -> None:
        """Note what can be reached since people last looked; nothing: nothing new."""
        self._change(
            lambda a: replace(a, gained=_with(a.gained, session, found or None))
        )

    def _change(self, change: Callable[[Activity], Activity]) -> None:
        with self._lock:
            changed = change(self._current)
            if changed != self._current:
                self._current = changed


Value = TypeVar("Value")


def _without(values: Mapping[str, Value], key: str) -> dict[str, Value]:
    return {other: value for other, value in values.items() if other != key}


def _with(
    values: Mapping[str, Value], key: str, value: Value | None
) -> dict[str, Value]:
    others = _without(values, key)
    return others if value is None else {**others, key: value}
