"""Logging out of one session: the server is told, then its own file goes."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

from tray.core.errors import LoginRequired
from tray.core.model import SsoSession
from tray.core.ports import Locks, Portal, TokenCache
from tray.flows.activities import Activities
from tray.flows.records import Records
from tray.flows.refresh import LOCK_WAIT

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Logouts:
    """Ends sessions, one at a time, and only what belongs to them."""

    tokens: TokenCache
    """The token cache."""

    portal: Portal
    """The portal whose sign-in ends."""

    locks: Locks
    """The locks our processes share."""

    records: Records
    """What is remembered."""

    activities: Activities
    """What is in flight."""

    on_change: Callable[[], None]
    """Called when the session has ended."""

    note: Callable[[SsoSession], str] = lambda _: ""
    """Says what other programs have kept of it; empty when nothing."""

    def end(self, session: SsoSession) -> bool:
        """End a session; False when nobody was logged in.

        Raises `CannotTell` when the server can't be asked; then nothing has changed.
        """
        key = session.cache_key
        with self.locks.hold(key, LOCK_WAIT):
            if key not in self.tokens.read_all([key]):
                return False
            with suppress(LoginRequired):  # over already; the file still has to go
                self.portal.logout(session)
            self.tokens.remove(key)
        self.activities.recovered(key)
        self.records.change(
            key, lambda record: replace(record, logged_in_at=None, snoozed_until=None)
        )
        self.on_change()
        log.info("logged out of %s. %s", session.name, self.note(session))
        return True
