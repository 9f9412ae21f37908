"""What is remembered between starts: `state.json` as frozen values; no secret.

Status is never stored. These are facts that no file of AWS's tells: when somebody
logged in, which token was refused, what people were told already.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType

from tray.core.history import History
from tray.core.ledger import StartedLogin, noted

LIVES_KEPT = 8
"""How many token lives are kept; the usual one is the longest of them."""

PINS_KEPT = 20
"""More pinned profiles than this are a list, not a selection."""

RECENT_KEPT = 5
"""How many profiles count as used last."""

NAMES_KEPT = 5000
"""How many account names are kept; as many profiles are a large config."""

ROLES_KEPT = 500
"""How many profiles' role credentials are kept in the keyring at once."""

EPISODES_KEPT = 8
"""How many announced episodes are kept per session; older ones can't come back."""


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """What is remembered of one session, under its cache key."""

    logged_in_at: datetime | None = None
    """When the portal session began, where that was seen."""

    token: str | None = None
    """The fingerprint of the access token that was seen last."""

    token_life: timedelta | None = None
    """How long that token was given for."""

    lives: tuple[timedelta, ...] = ()
    """How long the last tokens were given for, newest last."""

    refused: str | None = None
    """The fingerprint of the token whose renewal was refused for good."""

    revoked: str | None = None
    """The fingerprint of the token that the portal itself turned away."""

    final: str | None = None
    """The fingerprint of a renewed token that brought less than a minute."""

    announced: tuple[str, ...] = ()
    """The episodes people were told of, newest last."""

    snoozed_until: datetime | None = None
    """No notice for this session before this moment."""

    muted_at: datetime | None = None
    """When people asked for no notice until the session has ended."""

    remind_at: datetime | None = None
    """When people asked to be told to log in."""

    renewing: str | None = None
    """The fingerprint of the token that we asked to renew last."""

    history: History = field(default_factory=History)
    """What was seen of this session's sign-ins."""

    unreached: int = 0
    """How many accounts that profiles name could not be reached after the log-in."""

    stranger_at: datetime | None = None
    """When it was seen that none of them can be, as if somebody else had logged in."""

    kept: tuple[str, ...] = ()
    """The names under which the keyring has role credentials of this sign-in."""

    @property
    def wrong_user(self) -> bool:
        """Whether somebody else seems to have logged in; the next log-in ends it."""
        begun, seen = self.logged_in_at, self.stranger_at
        return begun is not None and seen is not None and begun <= seen

    @property
    def usual_life(self) -> timedelta | None:
        """How long this session's tokens usually live."""
        return max(self.lives, default=None)


EMPTY_RECORD = SessionRecord()
"""The record of a session that nothing is remembered of."""


@dataclass(frozen=True, slots=True)
class Memory:
    """All that is remembered."""

    sessions: Mapping[str, SessionRecord] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """One record per session, by cache key."""

    paused: bool = False
    """Whether people asked for no silent renewal."""

    pinned: tuple[str, ...] = ()
    """The profiles that people want at hand, in the order in which they said so."""

    recent: tuple[str, ...] = ()
    """The profiles that were used last from the menu, newest first."""

    account_names: Mapping[str, str] = field(
        default_factory=lambda: MappingProxyType({})
    )
    """What accounts are called, by account ID, as the portal wrote it."""

    logins: tuple[StartedLogin, ...] = ()
    """The log-ins that we started, newest last."""

    def of(self, cache_key: str) -> SessionRecord:
        """Give the record of one session, empty if there is none."""
        return self.sessions.get(cache_key, EMPTY_RECORD)

    def with_record(self, cache_key: str, record: SessionRecord) -> Memory:
        """Give a memory in which one session's record is this one."""
        if self.of(cache_key) == record:
            return self
        return replace(
            self, sessions=MappingProxyType({**self.sessions, cache_key: record})
        )


def pin(memory: Memory, profile: str, *, pinned: bool) -> Memory:
    """Give a memory in which a profile is at hand, or no longer."""
    others = tuple(name for name in memory.pinned if name != profile)
    kept = (*others, profile)[-PINS_KEPT:] if pinned else others
    return replace(memory, pinned=kept)


def used(memory: Memory, profile: str) -> Memory:
    """Give a memory in which a profile is the one that was used last."""
    others = tuple(name for name in memory.recent if name != profile)
    return replace(memory, recent=(profile, *others)[:RECENT_KEPT])


def started(memory: Memory, login: StartedLogin) -> Memory:
    """Give a memory that knows of one more log-in that we started."""
    return replace(memory, logins=noted(memory.logins, login))


def signed_in(record: SessionRecord, now: datetime) -> SessionRecord:
    """Give the record of a session that somebody has just logged in to through us."""
    return SessionRecord(
        logged_in_at=now,
        lives=record.lives,
        announced=record.announced,
        history=record.history,
        kept=record.kept,
    )


def announce(record: SessionRecord, episode: str) -> SessionRecord:
    """Give the record of a session whose people were told of an episode."""
    if episode in record.announced:
        return record
    return replace(record, announced=(*record.announced, episode)[-EPISODES_KEPT:])


def let_go(record: SessionRecord, name: str) -> SessionRecord:
    """Give the record of a session without role credentials under this name."""
    return replace(record, kept=tuple(one for one in record.kept if one != name))


def keep(record: SessionRecord, name: str) -> SessionRecord:
    """Give the record of a session with role credentials under this name."""
    if name in record.kept:
        return record
    return replace(record, kept=(*record.kept, name)[-ROLES_KEPT:])
