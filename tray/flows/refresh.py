"""Silent renewal: one request per due renewal, however many of us ask."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import Enum, auto

from tray.core.errors import (
    CannotTell,
    LoginRequired,
    RegistrationOver,
    SessionOver,
    TrayError,
)
from tray.core.horizon import LEAST_GAIN, gained_little
from tray.core.model import CachedToken, SsoSession
from tray.core.ports import Clock, Locks, TokenCache
from tray.core.ports.aws import Renewer
from tray.core.rules import later
from tray.core.status import renewal_time
from tray.core.wording import signin as wording
from tray.flows.activities import Activities
from tray.flows.records import Records

log = logging.getLogger(__name__)

LOCK_WAIT = timedelta(seconds=60)
"""Longer than the slowest renewal that another process may be at."""


class Outcome(Enum):
    """How a renewal without an error went."""

    RENEWED = auto()
    NOT_DUE = auto()
    DONE_BY_OTHERS = auto()


@dataclass(frozen=True, slots=True)
class Refresher:
    """Renews a session's token in the cache, under the lock our processes share."""

    clock: Clock
    """The wall clock."""

    tokens: TokenCache
    """The token cache."""

    center: Renewer
    """The service that renews."""

    locks: Locks
    """The locks our processes share."""

    records: Records
    """What is remembered."""

    activities: Activities
    """What is in flight."""

    chance: Callable[[], float]
    """Gives random numbers from 0 to 1, for the jitter."""

    ahead: Callable[[SsoSession], timedelta | None] = lambda _: None
    """Tells how far our clock is ahead of the service's, by its last answer."""

    def renew(self, session: SsoSession, *, force: bool = False) -> Outcome:
        """Renew if it is due, or at once with `force`; never opens a browser.

        Raises `LoginRequired` and its leaves when only people can help, `CannotTell`
        when nothing is known, `TrayError` for the rest; a live token stays in use.
        """
        key = session.cache_key
        with self.locks.hold(key, LOCK_WAIT):
            cached = self._cached(session)
            record = self.records.current().of(key)
            now = self.clock.now()
            if record.refused == cached.fingerprint:
                raise SessionOver(*wording.session_over(session))
            if not cached.token.renewable_at(now):
                raise LoginRequired(*wording.not_renewable(session))
            if not force and now < renewal_time(cached, record):
                return Outcome.NOT_DUE
            return self._ask(session, cached)

    def _cached(self, session: SsoSession) -> CachedToken:
        entry = self.tokens.read_all([session.cache_key]).get(session.cache_key)
        if entry is None:
            raise LoginRequired(*wording.logged_out(session))
        if not isinstance(entry, CachedToken):
            raise CannotTell(entry.problem.title, entry.problem.remedy)
        return entry

    def _ask(self, session: SsoSession, before: CachedToken) -> Outcome:
        key, mark = session.cache_key, before.fingerprint
        self.records.change(key, lambda record: replace(record, renewing=mark))
        try:
            expires_at = self.center.refresh(session)
        except TrayError as error:
            if self._others_were_faster(session, before):
                self.activities.recovered(key)
                return Outcome.DONE_BY_OTHERS
            self.records.change(key, lambda record: replace(record, renewing=None))
            self._remember_failure(key, before, error)
            raise
        self.activities.recovered(key)
        self.activities.saw_clock(key, self._ahead(session))
        if gained_little(before, expires_at, self.clock.now()):
            self._remember_final(session)
        log.info("renewed %s until %s", session.name, expires_at)
        return Outcome.RENEWED

    def _ahead(self, session: SsoSession) -> timedelta | None:
        """Look at the clocks; a look that fails is no failure of a renewal."""
        try:
            return self.ahead(session)
        except TrayError as error:
            log.info("clock of %s: %s", session.name, error.title)
            return None

    def _others_were_faster(self, session: SsoSession, before: CachedToken) -> bool:
        """Tell whether another token lies there now; near the end it gains nothing."""
        entry = self.tokens.read_all([session.cache_key]).get(session.cache_key)
        return (
            isinstance(entry, CachedToken)
            and entry.fingerprint != before.fingerprint
            and entry.token.expires_at > before.token.expires_at - LEAST_GAIN
        )

    def _remember_failure(
        self, key: str, before: CachedToken, error: TrayError
    ) -> None:
        if isinstance(error, SessionOver | RegistrationOver):
            mark = before.fingerprint
            self.activities.recovered(key)
            self.records.change(key, lambda record: replace(record, refused=mark))
            return
        last = self.activities.current().retries.get(key)
        self.activities.failed(key, later(last, error, self.clock.now(), self.chance()))

    def _remember_final(self, session: SsoSession) -> None:
        mark = self._cached(session).fingerprint
        self.records.change(
            session.cache_key, lambda record: replace(record, final=mark)
        )
