"""Synthetic months of one session on one machine, seen by the real core.

The world here knows what the program can't: how long the portal session really lasts.
Machines sleep, people log in late, early and with other programs, sign-ins are ended
from elsewhere, and administrators change their mind. What the program sees goes
through `observe`, `assess` and the notices exactly as in the monitor.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from tests.bench.days import Days
from tests.builders import a_session
from tray.core.board import NoticeKind, Phase, SessionStatus
from tray.core.history import SignIn
from tray.core.horizon import Source, gained_little, observe
from tray.core.memory import Memory, SessionRecord, announce, signed_in
from tray.core.model import AccessToken, AwsConfig, CachedToken, Secret
from tray.core.prompts import moments
from tray.core.settings import Settings
from tray.core.status import Facts, assess

START = datetime(2026, 1, 5, tzinfo=UTC)
SESSION = a_session()
CONFIG = AwsConfig((SESSION,))
KEY = SESSION.cache_key
SETTINGS = Settings()
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LAPSED = frozenset({Phase.EXPIRED, Phase.LOGGED_OUT})
SECOND = timedelta(seconds=1)


class End(StrEnum):
    """What a service may do as the portal session ends."""

    CUT = "cut"
    """Tokens never live longer than the portal session."""

    OUTLIVED = "outlived"
    """Tokens live their hour, whatever happens; only renewals are refused."""

    TURNED_AWAY = "turned away"
    """Tokens say an hour, and are turned away from the end on."""


@dataclass(frozen=True, slots=True)
class Life:
    """A machine, its people and their administrator."""

    length: timedelta
    """How long portal sessions last."""

    days: int
    """For how long we look on."""

    end: End = End.CUT
    """What the service does at the end."""

    machine: str = "office"
    """When it is awake: `office`, `evenings`, `always`."""

    rotates: bool = False
    """Whether each renewal gives a new refresh token."""

    joins: bool = False
    """Whether a log-in while one sign-in works ends with that one."""

    heeds: float = 0.5
    """How often people log in when they are told."""

    foreign: float = 0.4
    """How many of the log-ins and of the renewals after a wake others make."""

    early: float = 0.03
    """How many sign-ins people replace while they work, each day, for no reason."""

    revoked: float = 0.03
    """How many sign-ins are ended early from elsewhere."""

    changes: tuple[timedelta, ...] = ()
    """The lengths that the administrator sets later, at equal distances."""

    seed: int = 0
    """What chance begins with."""


@dataclass(slots=True)
class Warned:
    """A notice of an end to come."""

    at: datetime
    ends_at: datetime
    source: Source


@dataclass(slots=True)
class SignedIn:
    """One portal session as it really was, and what was known of those before."""

    number: int
    began: datetime
    ends: datetime
    length: timedelta
    stops: datetime | None = None
    replaced: datetime | None = None
    revoked: bool = False
    warnings: list[Warned] = field(default_factory=list)
    past: tuple[SignIn, ...] = ()


class Month:
    """One life, from the first log-in on."""

    def __init__(self, life: Life) -> None:
        self.life = life
        self.chance = random.Random(repr(life))
        self.days = Days(life.machine, START, life.days, self.chance)
        self.record = SessionRecord()
        self.token: CachedToken | None = None
        self.status: SessionStatus | None = None
        self.sign_ins: list[SignedIn] = []
        self.count = 0
        self.refresh_number = 0
        self.client = 0
        self.log_in_at: datetime | None = None

    def live(self) -> None:
        """Live it, to the end of its days."""
        now = self.days.spans[0][0]
        self._log_in(now)
        last = self.days.spans[-1][1]
        while now < last:
            self._tick(now)
            now = self._next(now)

    # --- the program

    def _tick(self, now: datetime) -> None:
        """Do what the monitor does, again while there is something to do."""
        for _ in range(4):
            self._look(now)
            if self.status is None or not self.status.refresh_due:
                return
            self._renew(now)

    def _look(self, now: datetime) -> None:
        lapsed = self.status is not None and self.status.phase in LAPSED
        tokens = {}
        if self.token is not None:
            tokens = {KEY: self.token}
            self.record = observe(self.record, self.token, now, lapsed=lapsed)
            self.sign_ins[-1].past = self.record.history.past
        facts = Facts(CONFIG, tokens, Memory({KEY: self.record}))
        self.status = assess(facts, now, SETTINGS).sessions[0]
        notice = self.status.notice
        if notice is not None and not notice.announced:
            self.record = announce(self.record, notice.episode)
            if notice.kind is NoticeKind.ENDING:
                self._warned(now)

    def _warned(self, now: datetime) -> None:
        assert self.status is not None
        assert self.status.ends_at is not None
        current, horizon = self.sign_ins[-1], self.status.horizon
        current.warnings.append(Warned(now, self.status.ends_at, horizon.source))
        if self.log_in_at is None and self.chance.random() < self.life.heeds:
            self._plan_log_in(now + self.chance.uniform(0.5, 4) * MINUTE)

    def _renew(self, now: datetime) -> None:
        before = self.token
        assert before is not None
        self.record = replace(self.record, renewing=before.fingerprint)
        if now >= self.sign_ins[-1].ends:
            self.record = replace(self.record, refused=before.fingerprint)
            return
        self.token = self._give(now, login=False)
        if gained_little(before, self.token.token.expires_at, now):
            self.record = replace(self.record, final=self.token.fingerprint)

    def _deadline(self, now: datetime) -> Iterator[datetime]:
        status = self.status
        if status is not None:
            found = [status.renews_at, status.expires_at]
            found += moments(status, now, SETTINGS)
            yield from (one for one in found if one is not None)

    # --- the world

    def _next(self, now: datetime) -> datetime:
        """Go to the next moment at which something happens; asleep, nothing does."""
        self._expect_failure(now)
        found = [*self._deadline(now)]
        if self.log_in_at is not None:
            found.append(self.log_in_at)
        then = min((one for one in found if one > now), default=now + DAY)
        then = min(then, now + self.life.length)
        woken = self.days.awake(then)
        if woken > then or self.days.slept(now, woken):
            self._wake(woken)
            then = woken
        self._by_chance(now, then)
        if self.log_in_at is not None and self.log_in_at <= then:
            then = max(now, self.log_in_at)
            self._log_in(then)
        return max(then, now + SECOND)

    def _expect_failure(self, now: datetime) -> None:
        """Let people find out, by and by, that nothing works any more."""
        current = self.sign_ins[-1]
        if current.stops is None and now >= current.ends:
            assert self.token is not None
            late = self.life.end is End.OUTLIVED
            expires = self.token.token.expires_at
            current.stops = max(expires, current.ends) if late else current.ends
        if current.stops is not None and self.log_in_at is None:
            at = self.days.somebody(max(now, current.stops))
            self._plan_log_in(at + self.chance.uniform(1, 25) * MINUTE)

    def _plan_log_in(self, at: datetime) -> None:
        there = self.days.somebody(at)
        late = self.chance.uniform(1, 20) * MINUTE if there > at else timedelta()
        self.log_in_at = there + late

    def _wake(self, now: datetime) -> None:
        """Let other programs be quicker now and then; lose the board as at a start."""
        token = self.token
        if self.chance.random() < 0.05:
            self.status = None
        due = token is not None and token.token.expires_at - now < 15 * MINUTE
        alive = now < self.sign_ins[-1].ends
        if due and alive and self.chance.random() < self.life.foreign:
            self.token = self._give(now, login=False)

    def _by_chance(self, now: datetime, then: datetime) -> None:
        current, part = self.sign_ins[-1], (then - now) / DAY
        if self.chance.random() < self.life.early * part and self.log_in_at is None:
            self._plan_log_in(now + self.chance.random() * (then - now))
        whole = self.life.revoked * (then - now) / self.life.length
        if self.chance.random() < whole and current.ends > then:
            current.ends = current.stops = then
            current.revoked = True

    def _log_in(self, now: datetime) -> None:
        self.log_in_at = None
        before = self.sign_ins[-1] if self.sign_ins else None
        alive = before is not None and before.ends > now
        if before is None or not (alive and self.life.joins):
            if before is not None and alive:
                before.replaced = now
            length = self._length(now)
            ends = now - self.chance.uniform(10, 60) * SECOND + length
            number = len(self.sign_ins) + 1
            self.sign_ins.append(SignedIn(number, now, ends, length))
        foreign = self.chance.random() < self.life.foreign
        if foreign and self.chance.random() < 0.3:
            self.client += 1
        self.token = self._give(now, login=True)
        if not foreign:
            self.record = signed_in(self.record, now)

    def _length(self, now: datetime) -> timedelta:
        """Give the length that the administrator has set by now."""
        lengths = (self.life.length, *self.life.changes)
        part = int((now - START) / (self.life.days * DAY) * len(lengths))
        return lengths[min(part, len(lengths) - 1)]

    def _give(self, now: datetime, *, login: bool) -> CachedToken:
        """Give an access token as the service would, written at once."""
        self.count += 1
        if login or self.life.rotates:
            self.refresh_number += 1
        expires_at = now + HOUR - self.chance.uniform(0, 4) * SECOND
        if self.life.end is End.CUT:
            expires_at = min(expires_at, self.sign_ins[-1].ends)
        expires_at = expires_at.replace(microsecond=0)
        token = AccessToken(
            Secret(f"access {self.count}"),
            expires_at,
            Secret(f"refresh {self.refresh_number}"),
            f"client {self.client}",
            Secret("made up"),
        )
        return CachedToken(token, now)
