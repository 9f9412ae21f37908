"""Role credentials in the system's keyring, so that a restart costs no request.

The keyring decorates: slow, locked or missing, it costs nothing but persistence. What
it has is used only for the sign-in that it came from, and goes with that sign-in.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from tray.core.credentials import Fetched, RoleCredentials, kept_form, read_kept
from tray.core.errors import CannotTell
from tray.core.horizon import observe
from tray.core.memory import SessionRecord, keep, let_go
from tray.core.model import CachedToken, Profile, SsoSession
from tray.core.ports import Clock, CredentialSource, Keystore, TokenCache, Workers
from tray.core.rolekeys import RoleKey
from tray.flows.records import Records

log = logging.getLogger(__name__)

PAUSE = timedelta(minutes=10)
"""A keyring that could not be used is left alone for so long."""


@dataclass(frozen=True, slots=True)
class KeepingEdges:
    """What keeping asks of the world."""

    clock: Clock
    """The wall clock."""

    tokens: TokenCache
    """The token cache, which tells one sign-in from another."""

    keystore: Keystore
    """The system's keyring."""

    workers: Workers
    """Threads that may wait for it."""


@dataclass(slots=True)
class Keeping:
    """`CredentialSource` that looks into the keyring first, and keeps what it gets."""

    source: CredentialSource
    """Where they come from otherwise."""

    edges: KeepingEdges
    """The world."""

    records: Records
    """Which entries there are."""

    _failed_at: datetime | None = field(default=None)

    def role_credentials(
        self, session: SsoSession, profile: Profile
    ) -> RoleCredentials:
        """Give the credentials of a profile's account and role."""
        key, record = RoleKey.of(session, profile), self._look(session)
        if key.name in record.kept:
            kept = self._read(key.name, record.logged_in_at)
            if kept is not None and kept.fresh(self.edges.clock.now()):
                return kept.credentials
        credentials = self.source.role_credentials(session, profile)
        fetched = Fetched(credentials, self.edges.clock.now())
        self.edges.workers.submit(
            "keep", lambda: self._write(key, fetched, record.logged_in_at)
        )
        return credentials

    def drop(self, cache_key: str) -> None:
        """Forget what the keyring has of a session."""
        names = self.records.current().of(cache_key).kept
        if names:
            self.edges.workers.submit("forget", lambda: self._remove(cache_key, names))

    def _look(self, session: SsoSession) -> SessionRecord:
        """See whose sign-in it is; without a daemon nobody else has looked."""
        key, now = session.cache_key, self.edges.clock.now()
        entry = self.edges.tokens.read_all([key]).get(key)
        if isinstance(entry, CachedToken):
            self.records.change(key, lambda r: observe(r, entry, now, lapsed=False))
        return self.records.current().of(key)

    def _read(self, name: str, signed_in: datetime | None) -> Fetched | None:
        if not self._usable():
            return None
        try:
            found = self.edges.keystore.read(name)
        except CannotTell as error:
            self._fail(error)
            return None
        return read_kept(found, signed_in) if found else None

    def _write(
        self, key: RoleKey, fetched: Fetched, signed_in: datetime | None
    ) -> None:
        record = self.records.current().of(key.cache_key)
        if not self._usable() or record.logged_in_at != signed_in:
            return
        # Noted first: what is kept must be found when it is to be forgotten.
        self.records.change(key.cache_key, lambda r: keep(r, key.name))
        try:
            self.edges.keystore.write(key.name, kept_form(fetched, signed_in))
        except CannotTell as error:
            self._fail(error)

    def _remove(self, cache_key: str, names: tuple[str, ...]) -> None:
        for name in names if self._usable() else ():
            try:
                self.edges.keystore.remove(name)
            except CannotTell as error:  # it stays noted, and is tried again later
                self._fail(error)
                return
            self.records.change(cache_key, partial(let_go, name=name))

    def _usable(self) -> bool:
        failed, now = self._failed_at, self.edges.clock.now()
        return failed is None or not failed <= now < failed + PAUSE

    def _fail(self, error: CannotTell) -> None:
        log.info("%s", error)
        self._failed_at = self.edges.clock.now()
