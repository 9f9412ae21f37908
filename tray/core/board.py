"""The board: the one frozen value that says what is known now.

It is replaced whole and never edited, and every view receives it whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from tray.core.holdings import NOTHING_HELD, Holdings
from tray.core.horizon import Horizon
from tray.core.ledger import StartedLogin
from tray.core.model import ConfigProblem, Problem, Profile, SsoSession

if TYPE_CHECKING:
    from tray.core.accesses import Access


class Phase(StrEnum):
    """How a session stands."""

    VALID = "valid"
    EXPIRING = "expiring"
    REFRESHING = "refreshing"
    LOGGING_IN = "logging_in"
    EXPIRED = "expired"
    LOGGED_OUT = "logged_out"
    UNKNOWN = "unknown"
    MISCONFIGURED = "misconfigured"


class Needs(StrEnum):
    """What a session needs from people."""

    LOGIN = "login"
    CONFIG = "config"


@dataclass(frozen=True, slots=True)
class Retry:
    """A renewal that failed for a reason that may pass."""

    failures: int
    """How often in a row it failed."""

    not_before: datetime
    """When it is tried again."""

    problem: Problem
    """What was the matter."""

    failed_at: datetime
    """When it failed last; in the future only if the clock was set back since."""

    needs: Needs | None = None
    """What it needs from people, if they can help."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A session that a program waits for right now."""

    by: str
    """What the program calls itself; anybody can call himself anything."""

    profile: str
    """The profile that it asked for."""

    since: datetime
    """When the first of those who wait asked."""

    until: datetime | None = None
    """Until when it needs the session; None: it is enough that it works now."""


class NoticeKind(StrEnum):
    """What a notice is about."""

    ENDING = "ending"
    ENDED = "ended"
    DUE = "due"
    PLAN = "plan"
    WANTED = "wanted"
    UNLOCK = "unlock"


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that people should be told now, once."""

    key: str
    """Where it belongs: a newer notice with this key takes its place."""

    session: str
    """The session's name."""

    kind: NoticeKind
    """What it is about."""

    episode: str
    """Tells this occasion from any other; people are told once per episode."""

    title: str = field(compare=False)
    """The line in bold."""

    body: str = field(compare=False)
    """The sentence below."""

    remind_at: datetime | None = field(default=None, compare=False)
    """When to log in instead, where that is what it proposes."""

    opens: bool = field(default=False, compare=False)
    """Whether the browser is to open with it, by the session's mode."""

    announced: bool = field(default=False, compare=False)
    """Whether people have been told already."""

    held: bool = field(default=False, compare=False)
    """Whether it waits for a better moment."""

    profile: str = ""
    """The profile's name, where it is about one."""


@dataclass(frozen=True, slots=True)
class SessionStatus:
    """One session and its clocks."""

    session: SsoSession
    """The session itself."""

    phase: Phase
    """How it stands."""

    needs: Needs | None = None
    """What it needs from people, if anything."""

    problem: Problem | None = None
    """What is the matter, if anything."""

    expires_at: datetime | None = None
    """When the access token in the cache ends."""

    renewable: bool = False
    """Whether that token can be renewed without people."""

    renews_at: datetime | None = None
    """When it will be renewed."""

    refresh_due: bool = False
    """Whether it is to be renewed now."""

    horizon: Horizon = field(default_factory=Horizon)
    """The end of the portal session, as far as it is known."""

    notice: Notice | None = None
    """What people should know now."""

    snoozed_until: datetime | None = None
    """No notice before this moment."""

    muted: bool = False
    """Whether people want to hear no more until it has ended."""

    remind_at: datetime | None = None
    """When people want to be told to log in."""

    wanted: Wanted | None = None
    """The program that waits for it, if one does."""

    user_code: str | None = None
    """The device code that a log-in's page must show; no secret."""

    @property
    def ends_at(self) -> datetime | None:
        """When it stops working unless people log in; None when that is not known."""
        return self.horizon.ends_at

    @property
    def usable(self) -> bool:
        """Whether programs can work with it, as far as is known."""
        return self.phase in {Phase.VALID, Phase.EXPIRING, Phase.REFRESHING}


@dataclass(frozen=True, slots=True)
class Guarded:
    """A protected profile."""

    profile: Profile
    """The profile itself."""

    unlocked_until: datetime | None = None
    """Until when it is unlocked; None: it is locked."""

    notice: Notice | None = None
    """The question that a program's wish has led to, while it waits."""


NO_NAMES: Mapping[str, str] = MappingProxyType({})
"""No account's name is known."""


@dataclass(frozen=True, slots=True)
class Board:
    """All that the program knows at a moment; replaced whole, never edited."""

    sessions: tuple[SessionStatus, ...] = ()
    """Every session, in the config's order."""

    profiles: tuple[Profile, ...] = ()
    """Every profile that uses one, in the config's order."""

    problems: tuple[ConfigProblem, ...] = ()
    """What is wrong in the config."""

    paused: bool = False
    """Whether renewals are paused."""

    pinned: tuple[str, ...] = ()
    """The names of the profiles that people want at hand."""

    recent: tuple[str, ...] = ()
    """The names of the profiles that were used last, newest first."""

    logins: tuple[StartedLogin, ...] = ()
    """The log-ins that we started, the newest last."""

    account_names: Mapping[str, str] = field(default_factory=lambda: NO_NAMES)
    """The names of accounts by number, where they are known; the same while they are
    the same."""

    holdings: Holdings = NOTHING_HELD
    """What is held and delivered for profiles."""

    starts_at_login: bool | None = None
    """Whether the program starts with the desktop's session; None: can't be set."""

    guarded: tuple[Guarded, ...] = ()
    """The protected profiles, in the config's order."""

    gained: Mapping[str, tuple[Access, ...]] = field(default_factory=dict)
    """What can be reached and has no profile yet, by the names of sessions."""

    def session(self, name: str) -> SessionStatus | None:
        """Give the status of the session with this name, if there is one."""
        return next((s for s in self.sessions if s.session.name == name), None)


def lasts_until(status: SessionStatus) -> datetime | None:
    """Tell until when it works without people; None: it renews itself, who knows."""
    if status.ends_at is None and not status.renewable:
        return status.expires_at
    return status.ends_at


def safe_until(status: SessionStatus | None) -> datetime | None:
    """Tell until when programs can rely on a session: the honest combination.

    The end of the portal session where it is known, else the end of the access token.
    """
    if status is None or not status.usable:
        return None
    return status.ends_at or status.expires_at
