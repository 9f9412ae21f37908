"""The Identity Center of a simulated year: it knows what the program can't.

It goes by the true time, whatever the laptop's clock says.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tests.bench.months import End, SignedIn
from tray.core.errors import CannotTell, SessionOver
from tray.core.model import (
    AccessToken,
    CachedToken,
    CacheEntry,
    ClientRegistration,
    Grant,
    PkceRequest,
    Secret,
    SsoSession,
)
from tray.core.wording import signin

HOUR, MINUTE, SECOND = (
    timedelta(hours=1),
    timedelta(minutes=1),
    timedelta(seconds=1),
)
REGISTERED = timedelta(days=90)


class Rotation(StrEnum):
    """What becomes of a refresh token that was used."""

    NONE = "the same refresh token goes on"
    GRACE = "a new one, and the old one works on"
    AT_ONCE = "a new one, and the old one is void"


@dataclass
class Time:
    """The true time, and how far the laptop's clock is ahead of it."""

    true: datetime
    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        """Give what the laptop's clock says."""
        return self.true + self.ahead


@dataclass
class Authority:
    """Signs people in, renews, and says which tokens work."""

    time: Time
    chance: random.Random
    length: timedelta
    end: End = End.CUT
    rotation: Rotation = Rotation.NONE
    sign_ins: list[SignedIn] = field(default_factory=list)
    access: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    refresh: dict[str, int] = field(default_factory=dict)
    registered: dict[str, datetime] = field(default_factory=dict)
    count: int = 0

    def alive(self, number: int) -> bool:
        """Tell whether a sign-in goes on."""
        return self.time.true < self.sign_ins[number].ends

    def works(self, entry: CacheEntry | None) -> bool:
        """Tell whether programs really can work with what lies in the cache."""
        if not isinstance(entry, CachedToken):
            return False
        number, expires = self.access[entry.token.value.reveal()]
        if self.end is not End.OUTLIVED and not self.alive(number):
            return False
        unexpired = entry.token.expires_at > self.time.now()
        return unexpired and self.time.true < expires

    def renewable(self, entry: CacheEntry | None) -> bool:
        """Tell whether what lies in the cache can be renewed."""
        if not isinstance(entry, CachedToken) or entry.token.refresh_token is None:
            return False
        number = self.refresh.get(entry.token.refresh_token.reveal())
        return number is not None and self.alive(number)

    def sign_in(self, client: str) -> CachedToken:
        """Give the token of a new sign-in; the one before is replaced."""
        now = self.time.true
        if self.sign_ins and self.alive(-1):
            self.sign_ins[-1].replaced = now
        ends = now - self.chance.uniform(10, 60) * SECOND + self.length
        number = len(self.sign_ins)
        self.sign_ins.append(SignedIn(number + 1, now, ends, self.length))
        return self._give(number, client, f"refresh {self.count}")

    def renew(self, before: CachedToken, session: SsoSession) -> CachedToken:
        """Give a new token for an old one. Raises `SessionOver`."""
        refresh = before.token.refresh_token
        assert refresh is not None
        assert before.token.client_id is not None
        if not self.renewable(before):
            raise SessionOver(*signin.session_over(session))
        number, text = self.refresh[refresh.reveal()], refresh.reveal()
        if self.rotation is Rotation.AT_ONCE:
            del self.refresh[text]
        if self.rotation is not Rotation.NONE:
            text = f"refresh {self.count}"
        return self._give(number, before.token.client_id, text)

    def revoke(self) -> None:
        """End the newest sign-in, from elsewhere."""
        current = self.sign_ins[-1]
        if self.alive(-1):
            current.ends = current.stops = self.time.true
            current.revoked = True

    def registration_end(self, client: str) -> datetime:
        """Give when a client's registration ends; an old one is made anew."""
        end = self.registered.get(client)
        if end is None or end - self.time.true < HOUR / 4:
            end = self.registered[client] = self.time.true + REGISTERED
        return end

    def _give(self, number: int, client: str, refresh: str) -> CachedToken:
        self.count += 1
        now, text = self.time.true, f"access {self.count}"
        expires = now + HOUR - self.chance.uniform(0, 4) * SECOND
        if self.end is End.CUT:
            expires = min(expires, self.sign_ins[number].ends)
        self.access[text], self.refresh[refresh] = (number, expires), number
        written = (expires + self.time.ahead).replace(microsecond=0)
        token = AccessToken(
            Secret(text),
            written,  # programs reckon it by the laptop's clock
            Secret(refresh),
            client,
            Secret("made up"),
            self.registered[client] + self.time.ahead,
        )
        return CachedToken(token, self.time.now())


@dataclass
class Asked:
    """A request of ours for a renewal."""

    at: datetime
    token: str
    answered: bool


@dataclass
class Network:
    """The way to the authority, which now and then leads nowhere."""

    authority: Authority
    entries: dict[str, CacheEntry]
    trouble: str | None = None
    race: Callable[[], None] = lambda: None
    asked: list[Asked] = field(default_factory=list)

    def ahead(self, session: SsoSession) -> timedelta | None:
        """Tell how far the laptop's clock is ahead, as the last answer's date did."""
        assert session.region
        return self.authority.time.ahead

    def registration(self, session: SsoSession, grant: Grant) -> ClientRegistration:
        """Give our registration, made anew when it is old."""
        assert session.name
        self._reach()
        end = self.authority.registration_end("ours")
        return ClientRegistration("ours", Secret("made up"), end, (), grant)

    def authorize_url(
        self, session: SsoSession, registration: ClientRegistration, pkce: PkceRequest
    ) -> str:
        """Give an address."""
        return (
            f"https://oidc.example/{session.name}/{registration.client_id}/{pkce.state}"
        )

    def redeem_authorization_code(
        self,
        session: SsoSession,
        registration: ClientRegistration,
        code: Secret,
        pkce: PkceRequest,
    ) -> datetime:
        """Sign in."""
        assert code.reveal() == f"code for {pkce.state}"
        self._reach()
        entry = self.authority.sign_in(registration.client_id)
        self.entries[session.cache_key] = entry
        return entry.token.expires_at

    def refresh(self, session: SsoSession) -> datetime:
        """Renew what lies in the cache; another program may be quicker."""
        key = session.cache_key
        before = self.entries[key]
        assert isinstance(before, CachedToken)
        self.asked.append(
            Asked(self.authority.time.true, before.fingerprint, self.trouble is None)
        )
        self._reach()
        self.race()
        entry = self.authority.renew(before, session)
        self.entries[key] = entry
        return entry.token.expires_at

    def _reach(self) -> None:
        if self.trouble is not None:
            raise CannotTell(self.trouble, "It is tried again by itself.")
