"""Role credentials: fetched once, held in memory, given to all who ask.

One request per profile however many ask at once; new ones are fetched before the old
are too old for the SDKs, and those who ask meanwhile do not wait for them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from tray.core.credentials import Fetched, RoleCredentials
from tray.core.errors import CannotTell, TrayError
from tray.core.holdings import Held
from tray.core.model import Profile, SsoSession
from tray.core.ports import Clock, CredentialSource, Workers
from tray.core.rolekeys import RoleKey
from tray.core.wording import cli_credentials as wording
from tray.flows.chains import source_of

Value = TypeVar("Value")

log = logging.getLogger(__name__)

PAUSE = timedelta(seconds=5)
"""After a failure nobody asks again so soon; all get the same answer."""


@dataclass(frozen=True, slots=True)
class _Failed:
    error: TrayError
    at: datetime


class Credentials:
    """All role credentials of this process; for any thread."""

    def __init__(
        self,
        clock: Clock,
        source: CredentialSource,
        workers: Workers,
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self._clock = clock
        self._on_change = on_change
        self._source = source
        self._workers = workers
        self._lock = threading.Lock()
        self._held: dict[RoleKey, Fetched] = {}
        self._failed: dict[RoleKey, _Failed] = {}
        self._flights: dict[RoleKey, Future[RoleCredentials]] = {}

    def at_hand(self, session: SsoSession, profile: Profile) -> RoleCredentials | None:
        """Give what is held and good for longer, without asking anybody."""
        held, now = self._held.get(RoleKey.of(session, profile)), self._clock.now()
        return held.credentials if held and held.fresh(now) else None

    def good(self, session: SsoSession, profile: Profile) -> RoleCredentials | None:
        """Give what is held and good enough for others, without asking anybody."""
        held, now = self._held.get(RoleKey.of(session, profile)), self._clock.now()
        return held.credentials if held and held.good(now) else None

    def ask(self, session: SsoSession, profile: Profile) -> Future[RoleCredentials]:
        """Give a profile's credentials, with more than 15 minutes left if AWS gives so.

        The future ends with what `CredentialSource` raises.
        """
        key, now = RoleKey.of(session, profile), self._clock.now()
        with self._lock:
            held, failed = self._held.get(key), self._failed.get(key)
            if held and held.fresh(now):
                return _done(held.credentials)
            flight = self._flights.get(key)
            begins = flight is None
            if flight is None:
                if failed is not None and failed.at <= now < failed.at + PAUSE:
                    return _settle(Future(), held, failed.error, now)
                flight = self._flights[key] = Future()
        if begins:
            self._begin(key, flight, session, profile)
        if held and held.good(now):
            return _done(held.credentials)
        return flight

    def forgive(self, session: SsoSession, profile: Profile) -> None:
        """Forget that it failed a moment ago, since people have done something."""
        with self._lock:
            self._failed.pop(RoleKey.of(session, profile), None)

    def drop(self, cache_key: str) -> None:
        """Forget a session's: somebody logged out, or somebody else in.

        Those who wait for a request that runs already get its answer; it is not kept.
        """
        with self._lock:
            _forget(self._held, cache_key)
            _forget(self._failed, cache_key)
            _forget(self._flights, cache_key)

    def holdings(self) -> Mapping[RoleKey, Held]:
        """Tell what is held, and until when it is good."""
        with self._lock:
            return {key: _told(one) for key, one in self._held.items()}

    def held(self, session: SsoSession, profile: Profile) -> Held | None:
        """Tell the same of one profile."""
        held = self._held.get(RoleKey.of(session, profile))
        return _told(held) if held else None

    def _begin(
        self,
        key: RoleKey,
        flight: Future[RoleCredentials],
        session: SsoSession,
        profile: Profile,
    ) -> None:
        def job() -> None:
            try:
                fetched = self._source.role_credentials(session, profile)
            except TrayError as error:
                self._fail(key, flight, error)
            except BaseException:
                self._fail(key, flight, TrayError(*wording.broke(profile.name)))
                raise
            else:
                self._keep(key, flight, fetched)

        def go_on(source: Future[RoleCredentials]) -> None:
            error = source.exception()
            if isinstance(error, TrayError):
                self._fail(key, flight, error)
            else:
                self._workers.submit(f"credentials-{profile.name}", job)

        if profile.roles:  # so that all who need the source's wait for one request
            self.ask(session, source_of(profile)).add_done_callback(go_on)
        else:
            self._workers.submit(f"credentials-{profile.name}", job)

    def _keep(
        self, key: RoleKey, flight: Future[RoleCredentials], fetched: RoleCredentials
    ) -> None:
        now = self._clock.now()
        with self._lock:
            if self._flights.get(key) is flight:
                del self._flights[key]
                self._failed.pop(key, None)
                self._held[key] = Fetched(fetched, now)
        flight.set_result(fetched)
        self._on_change()

    def _fail(
        self, key: RoleKey, flight: Future[RoleCredentials], error: TrayError
    ) -> None:
        now = self._clock.now()
        with self._lock:
            held = self._held.get(key)
            if self._flights.get(key) is flight:
                del self._flights[key]
                self._failed[key] = _Failed(error, now)
                if not isinstance(error, CannotTell):  # what was refused is not kept
                    held = None
                    self._held.pop(key, None)
        log.info("role credentials: %s", error.title)
        _settle(flight, held, error, now)
        self._on_change()


def _told(fetched: Fetched) -> Held:
    return Held(fetched.credentials.expiration, fetched.fresh_until)


def _done(credentials: RoleCredentials) -> Future[RoleCredentials]:
    future: Future[RoleCredentials] = Future()
    future.set_result(credentials)
    return future


def _settle(
    future: Future[RoleCredentials],
    held: Fetched | None,
    error: TrayError,
    now: datetime,
) -> Future[RoleCredentials]:
    """Give what is held as long as it works at all, else the error."""
    if held and held.work(now):
        future.set_result(held.credentials)
    else:
        future.set_exception(error)
    return future


def _forget(kept: dict[RoleKey, Value], cache_key: str) -> None:
    for key in [key for key in kept if key.cache_key == cache_key]:
        del kept[key]
