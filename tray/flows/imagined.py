"""A world in memory for `simulate`: it holds what was read once, and acts nowhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tray.core.errors import SessionOver
from tray.core.memory import Memory
from tray.core.model import (
    AwsConfig,
    CachedToken,
    CacheEntry,
    Secret,
    SsoSession,
)
from tray.core.presence import PRESENT, Presence
from tray.core.settings import Settings
from tray.core.status import ASSUMED_LIFE
from tray.core.wording import signin

SHORTEST_LIFE = timedelta(seconds=10)
"""A token that was given for less says nothing of the next one."""


@dataclass(slots=True)
class MovedClock:
    """Time that goes on when told."""

    at: datetime
    """What time it is."""

    def now(self) -> datetime:
        """Give the time."""
        return self.at


@dataclass(frozen=True, slots=True)
class KnownConfig:
    """The config as it was read."""

    config: AwsConfig
    """What it said."""

    def read(self) -> AwsConfig:
        """Give it."""
        return self.config


@dataclass(frozen=True, slots=True)
class KnownSettings:
    """The settings as they were read."""

    settings: Settings
    """What they said."""

    def read(self) -> Settings:
        """Give them."""
        return self.settings


@dataclass(frozen=True, slots=True)
class KnownMemory:
    """What was remembered; nothing is added for good."""

    memory: Memory
    """What was read."""

    def load(self) -> Memory:
        """Give it."""
        return self.memory

    def save(self, memory: Memory) -> None:
        """Let it go."""


@dataclass(frozen=True, slots=True)
class ImaginedTokens:
    """The token cache, copied."""

    entries: dict[str, CacheEntry]
    """What lies in it, by cache key."""

    def read_all(self, keys: Iterable[str]) -> Mapping[str, CacheEntry]:
        """Give what lies under the keys."""
        return {key: self.entries[key] for key in keys if key in self.entries}

    def remove(self, key: str) -> None:
        """Forget one entry."""
        self.entries.pop(key, None)


@dataclass(frozen=True, slots=True)
class ImaginedCenter:
    """Renews until the estimated end of the sign-in, and refuses from then on.

    Tokens live as long as those before, but no longer than the sign-in.
    """

    clock: MovedClock
    """The time."""

    tokens: ImaginedTokens
    """Where tokens lie."""

    lives: Callable[[str], timedelta | None]
    """Tells how long tokens live, by cache key."""

    tell: Callable[[SsoSession, datetime | None], None]
    """Is told of each renewal, and when its token ends; None: it was refused."""

    ends: dict[str, datetime] = field(default_factory=dict)
    """When sign-ins end, by cache key; those that are missing go on."""

    def refresh(self, session: SsoSession) -> datetime:
        """Renew, or raise `SessionOver`."""
        key, now = session.cache_key, self.clock.now()
        ends, entry = self.ends.get(key), self.tokens.entries[key]
        if ends is not None and ends <= now:
            self.tell(session, None)
            raise SessionOver(*signin.session_over(session))
        life = self.lives(key)
        if life is None or life < SHORTEST_LIFE:
            life = ASSUMED_LIFE
        expires_at = now + life if ends is None else min(now + life, ends)
        if isinstance(entry, CachedToken):  # else nobody asks
            value = Secret(f"imagined {now.isoformat()}")
            token = replace(entry.token, value=value, expires_at=expires_at)
            self.tokens.entries[key] = CachedToken(token, now)
        self.tell(session, expires_at)
        return expires_at


@dataclass(slots=True)
class Agenda:
    """Schedule and workers in one: what is to come, and what is to be done."""

    moment: datetime | None = None
    """When the next tick comes."""

    wanted: bool = False
    """Whether one is wanted at once."""

    jobs: list[Callable[[], None]] = field(default_factory=list)
    """What waits to be done."""

    def at(self, moment: datetime | None) -> None:
        """Note the moment."""
        self.moment = moment

    def soon(self) -> None:
        """Note the wish."""
        self.wanted = True

    def submit(self, name: str, job: Callable[[], None]) -> None:
        """Keep a job until the tick is over; nobody asks for its name."""
        del name
        self.jobs.append(job)


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person who is there all the time."""

    def look(self) -> Presence:
        """Say so."""
        return PRESENT


@dataclass(frozen=True, slots=True)
class OpenDoors:
    """Locks that nobody else holds."""

    @contextmanager
    def hold(self, name: str, timeout: timedelta) -> Iterator[None]:
        """Hold one; neither its name nor a wait matters."""
        del name, timeout
        yield
