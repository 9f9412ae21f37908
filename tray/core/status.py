"""The three clocks: `assess` turns facts and the time into the one `Board`.

A status is computed and never stored, so sleep, wake, another program's write and a
crash need no special case.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from tray.core.accesses import Access, still_missing
from tray.core.board import Board, Needs, Phase, Retry, SessionStatus, Wanted
from tray.core.guarding import Pass, guarded
from tray.core.holdings import NOTHING_HELD, Holdings
from tray.core.horizon import Horizon, Source, estimate
from tray.core.memory import Memory, SessionRecord
from tray.core.model import (
    AwsConfig,
    CachedToken,
    CacheEntry,
    Problem,
    SsoSession,
    Subject,
    Unreadable,
)
from tray.core.prompts import leads, standing_notice
from tray.core.settings import Mode, Settings
from tray.core.wording import board as wording
from tray.core.wording.reach import WRONG_PERSON

RENEWAL_LEAD = timedelta(minutes=20)
"""Renew this long before the end: botocore and the AWS CLI start at 15 minutes, and
with a lead over them we are normally the only one that renews."""

LEAD_SHARE = 3
"""But never earlier than when a third of the token's life is left."""

ASSUMED_LIFE = timedelta(hours=1)
"""The life of a token whose file's date says nothing of use."""

WRONG_CLOCK = timedelta(minutes=3)
"""A clock that is off by more is told: AWS refuses signatures that are 5 minutes off
(AWS General Reference, "Elements of an AWS API request signature")."""


@dataclass(frozen=True, slots=True)
class Activity:
    """What is in flight in this process; never stored."""

    refreshing: frozenset[str] = frozenset()
    """The cache keys of the sessions that are being renewed."""

    logging_in: frozenset[str] = frozenset()
    """The cache keys of the sessions that people are logging in to."""

    codes: Mapping[str, str] = field(default_factory=dict)
    """The device codes that their pages must show, by cache key."""

    retries: Mapping[str, Retry] = field(default_factory=dict)
    """The failed renewals by cache key."""

    wanted: Mapping[str, Wanted] = field(default_factory=dict)
    """The sessions that programs wait for, by cache key."""

    unlocked: Mapping[str, Pass] = field(default_factory=dict)
    """The protected profiles that people unlocked, by name."""

    asked: Mapping[str, Wanted] = field(default_factory=dict)
    """The protected profiles that programs ask for, by name."""

    ahead: Mapping[str, timedelta] = field(default_factory=dict)
    """How far our clock is ahead of the service's, by cache key, where it was seen."""

    gained: Mapping[str, tuple[Access, ...]] = field(default_factory=dict)
    """What can be reached since people last looked, by the names of sessions."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that an assessment rests on."""

    config: AwsConfig
    """What AWS's config says."""

    tokens: Mapping[str, CacheEntry]
    """What lies in the token cache, by cache key."""

    memory: Memory = field(default_factory=Memory)
    """What is remembered from before."""

    activity: Activity = field(default_factory=Activity)
    """What is in flight."""

    starts_at_login: bool | None = None
    """Whether the program starts with the desktop's session; None: not known."""

    holdings: Holdings = NOTHING_HELD
    """What is held and delivered for profiles."""


def renewal_time(cached: CachedToken, record: SessionRecord) -> datetime:
    """Tell when a token is to be renewed: 20 minutes or a third of its life early."""
    life = record.token_life if record.token == cached.fingerprint else cached.life
    if life is None or life <= timedelta():
        life = ASSUMED_LIFE
    return cached.token.expires_at - min(RENEWAL_LEAD, life / LEAD_SHARE)


def assess(facts: Facts, now: datetime, settings: Settings) -> Board:
    """Give the board that the facts make at this moment."""
    wrong = {
        problem.name: problem.problem
        for problem in facts.config.problems
        if problem.subject is Subject.SESSION
    }
    statuses = []
    for session in facts.config.sessions:
        status = _assess_session(session, wrong.get(session.name), facts, now, settings)
        record = facts.memory.of(session.cache_key)
        wanted = facts.activity.wanted.get(session.cache_key)
        status = replace(status, user_code=facts.activity.codes.get(session.cache_key))
        statuses.append(standing_notice(status, record, now, settings, wanted))
    return Board(
        sessions=tuple(statuses),
        profiles=facts.config.profiles,
        problems=facts.config.problems,
        paused=facts.memory.paused,
        pinned=facts.memory.pinned,
        recent=facts.memory.recent,
        logins=facts.memory.logins,
        account_names=facts.memory.account_names,
        starts_at_login=facts.starts_at_login,
        guarded=tuple(
            guarded(
                facts.config.profiles,
                settings,
                facts.activity.unlocked,
                facts.activity.asked,
                now,
            )
        ),
        holdings=facts.holdings,
        gained=still_missing(facts.activity.gained, facts.config),
    )


def _assess_session(
    session: SsoSession,
    problem: Problem | None,
    facts: Facts,
    now: datetime,
    settings: Settings,
) -> SessionStatus:
    key = session.cache_key
    if problem is not None:
        return SessionStatus(
            session, Phase.MISCONFIGURED, needs=Needs.CONFIG, problem=problem
        )
    entry = facts.tokens.get(key)
    if isinstance(entry, CachedToken):
        return _assess_token(session, entry, facts, now, settings)
    if key in facts.activity.logging_in:
        return SessionStatus(session, Phase.LOGGING_IN)
    if isinstance(entry, Unreadable):
        return SessionStatus(session, Phase.UNKNOWN, problem=entry.problem)
    return SessionStatus(session, Phase.LOGGED_OUT, needs=Needs.LOGIN)


def _assess_token(
    session: SsoSession,
    cached: CachedToken,
    facts: Facts,
    now: datetime,
    settings: Settings,
) -> SessionStatus:
    key, token = session.cache_key, cached.token
    record, activity = facts.memory.of(key), facts.activity
    retry = activity.retries.get(key)
    horizon = estimate(cached, record, settings.duration_of(session.name), now)
    marks = {record.refused, record.final, record.revoked}
    renewable = token.renewable_at(now) and cached.fingerprint not in marks
    manual = settings.mode_of(session.name) is Mode.MANUAL
    by_itself = renewable and not manual and not facts.memory.paused
    renews_at = renewal_time(cached, record) if by_itself else None
    if renews_at and retry and retry.failed_at <= now:  # else the clock was set back
        renews_at = max(renews_at, retry.not_before)
    due = bool(renews_at and renews_at <= now)
    phase = _phase(cached, record, horizon, now, settings)
    if key in activity.logging_in:
        phase = Phase.LOGGING_IN
    elif key in activity.refreshing:
        phase = Phase.REFRESHING
    return SessionStatus(
        session=session,
        phase=phase,
        needs=_needs(phase, retry if renewable else None),
        problem=_problem(phase, retry if renewable else None, record)
        or _clock_problem(phase, activity.ahead.get(key)),
        expires_at=token.expires_at,
        renewable=renewable,
        renews_at=renews_at,
        refresh_due=due and phase not in {Phase.LOGGING_IN, Phase.REFRESHING},
        horizon=horizon,
    )


def _phase(
    cached: CachedToken,
    record: SessionRecord,
    horizon: Horizon,
    now: datetime,
    settings: Settings,
) -> Phase:
    live = now < cached.token.expires_at
    if record.revoked == cached.fingerprint:
        return Phase.EXPIRED
    if not live:
        known = horizon.source in {Source.TOKEN, Source.RENEWAL}
        return Phase.EXPIRED if known else Phase.UNKNOWN
    if horizon.ends_at is not None:
        longest = max(leads(horizon, settings), default=timedelta())
        if horizon.ends_at - now <= longest:
            return Phase.EXPIRING
    return Phase.VALID


def _needs(phase: Phase, retry: Retry | None) -> Needs | None:
    if phase in {Phase.EXPIRED, Phase.EXPIRING}:
        return Needs.LOGIN
    return retry.needs if retry else None


def _problem(
    phase: Phase, retry: Retry | None, record: SessionRecord
) -> Problem | None:
    if retry is not None:
        return retry.problem
    if phase is Phase.UNKNOWN:
        return wording.RENEWAL_UNTRIED
    return WRONG_PERSON if record.wrong_user and phase is not Phase.EXPIRED else None


def _clock_problem(phase: Phase, ahead: timedelta | None) -> Problem | None:
    if ahead is None or abs(ahead) < WRONG_CLOCK or phase is Phase.EXPIRED:
        return None
    return wording.clock_wrong(ahead)
