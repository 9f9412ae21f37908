"""Identity Center asked with care: one of us at a time, and no lost race for an end.

Who holds a session's lock may be gone while the child that it asked is still at it; so
the child, and whoever asks without one, takes a second lock for the request itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from tray.aws.renewals import Renewals
from tray.core.errors import SessionOver
from tray.core.model import (
    CachedToken,
    CacheEntry,
    ClientRegistration,
    DeviceAuthorization,
    Grant,
    PkceRequest,
    Secret,
    SsoSession,
)
from tray.core.ports import IdentityCenter, Locks

ASKING_WAIT = timedelta(seconds=20)
"""With the request itself (another 20) it is shorter than our caller's patience."""

RACE_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8, 1.0)
"""Seconds between looks for the token of whoever was faster: it may still be on its
way to the file when the service refuses ours."""


class CarefulCenter:
    """`IdentityCenter` over another one that writes through `Renewals`."""

    def __init__(
        self,
        center: IdentityCenter,
        renewals: Renewals,
        locks: Locks,
        pause: Callable[[float], None],
    ) -> None:
        self._center = center
        self._renewals = renewals
        self._locks = locks
        self._pause = pause

    def registration(self, session: SsoSession, grant: Grant) -> ClientRegistration:
        """Give a registration for one log-in grant, from the cache or made anew."""
        return self._center.registration(session, grant)

    def authorize_url(
        self, session: SsoSession, registration: ClientRegistration, pkce: PkceRequest
    ) -> str:
        """Give the address to open in the browser for an authorization code."""
        return self._center.authorize_url(session, registration, pkce)

    def start_device_authorization(
        self, session: SsoSession, registration: ClientRegistration
    ) -> DeviceAuthorization:
        """Ask for a device code and a user code."""
        return self._center.start_device_authorization(session, registration)

    def redeem_device_code(
        self, session: SsoSession, registration: ClientRegistration, code: Secret
    ) -> datetime:
        """Exchange an approved device code; the token is in the cache on return."""
        with self._alone(session), self._renewals.room(session):
            self._renewals.forget(session)
            return self._center.redeem_device_code(session, registration, code)

    def redeem_authorization_code(
        self,
        session: SsoSession,
        registration: ClientRegistration,
        code: Secret,
        pkce: PkceRequest,
    ) -> datetime:
        """Exchange an authorization code; the token is in the cache on return."""
        with self._alone(session), self._renewals.room(session):
            self._renewals.forget(session)
            return self._center.redeem_authorization_code(
                session, registration, code, pkce
            )

    def refresh(self, session: SsoSession) -> datetime:
        """Renew the cached token silently; the new one is in the cache on return.

        Nothing is asked when it could not be kept, or when one of us has just done it.
        """
        key = session.cache_key
        seen = self._renewals.read(key)
        with self._alone(session):
            saved = self._renewals.save(session)
            if saved is not None:
                return saved
            now_there = self._renewals.read(key)
            if isinstance(now_there, CachedToken) and _differs(now_there, seen):
                return now_there.token.expires_at
            with self._renewals.room(session):
                try:
                    return self._center.refresh(session)
                except SessionOver:
                    self._wait_for_the_winner(key, seen)
                    raise

    def _wait_for_the_winner(self, key: str, seen: CacheEntry | None) -> None:
        """Let whoever was faster write; our caller then looks and finds it."""
        for seconds in RACE_PAUSES:
            now_there = self._renewals.read(key)
            if isinstance(now_there, CachedToken) and _differs(now_there, seen):
                return
            self._pause(seconds)

    @contextmanager
    def _alone(self, session: SsoSession) -> Iterator[None]:
        with self._locks.hold(f"{session.cache_key}.asking", ASKING_WAIT):
            yield


def _differs(entry: CachedToken, seen: CacheEntry | None) -> bool:
    """Tell whether this is another token than the one seen, and lives longer."""
    if not isinstance(seen, CachedToken):
        return False
    other = entry.fingerprint != seen.fingerprint
    return other and entry.token.expires_at > seen.token.expires_at
