"""The end of the portal session, which nobody tells: an estimate that names its source.

Best source first: a token that can't be renewed; a renewal that came back short; the
user's own setting; what the session's past teaches (`learning`); and else we do not
know, and promise nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from tray.core.history import REFUTED
from tray.core.learning import learn
from tray.core.memory import LIVES_KEPT, SessionRecord
from tray.core.model import CachedToken
from tray.core.sightings import is_login, settled, with_end, with_token

CLEARLY_SHORTER = 0.9
"""A token that lives less than this part of the usual life was cut by the session's
end; the service's own jitter is seconds in an hour."""

LEAST_GAIN = timedelta(minutes=1)
"""A renewal that gains less than this is not repeated: the session ends with it."""

GAIN_SHARE = 4
"""For tokens that live for less than minutes, less than this part of a life."""

LONGEST_TOKEN_LIFE = timedelta(hours=12)
"""No access token lives longer; a file's date that says so was changed by a copy."""


class Source(StrEnum):
    """Where an estimate comes from, as `status --json` names it."""

    TOKEN = "token"  # noqa: S105 - a source's name
    RENEWAL = "renewal"
    SETTING = "setting"
    LEARNED = "learned"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Horizon:
    """When the portal session is thought to end."""

    ends_at: datetime | None = None
    """The estimated end; None when nothing is known."""

    source: Source = Source.UNKNOWN
    """What the estimate rests on."""

    logged_in_at: datetime | None = None
    """When the portal session began, where that was seen."""

    confidence: float | None = None
    """How likely a learned end is right to some minutes, from 0 to 1; else None."""

    observations: int = 0
    """How many ends of earlier sign-ins a learned one rests on."""


def gained_little(before: CachedToken, expires_at: datetime, now: datetime) -> bool:
    """Tell whether a renewal brought so little that the session ends with it.

    One that was forced early gains little too, but its token has a whole life ahead.
    """
    least = LEAST_GAIN
    if before.life > timedelta():
        least = min(least, before.life / GAIN_SHARE)
        if expires_at - now >= before.life * CLEARLY_SHORTER:
            return False
    return expires_at - before.token.expires_at < least


def observe(
    record: SessionRecord, cached: CachedToken, now: datetime, *, lapsed: bool
) -> SessionRecord:
    """Give the record after seeing what lies in the cache.

    `lapsed` says that before this token the session needed a log-in, so that a new
    live token can only come from one.
    """
    record = settled(record)
    if cached.fingerprint != record.token:
        record = _with_token(record, cached, now, lapsed=lapsed)
    cut = record.final == cached.fingerprint or _came_back_short(cached, record)
    return with_end(record, cached, now, cut=cut)


def _with_token(
    record: SessionRecord, cached: CachedToken, now: datetime, *, lapsed: bool
) -> SessionRecord:
    life = cached.life
    plausible = timedelta() < life <= LONGEST_TOKEN_LIFE
    counts = plausible and cached.token.refresh_token is not None  # the others live 8 h
    login = is_login(record, cached, now, lapsed=lapsed)
    if login:
        began = min(cached.written_at, now)
        record = settled(replace(record, logged_in_at=began))
    return replace(
        record,
        token=cached.fingerprint,
        token_life=life if plausible else None,
        lives=(*record.lives, life)[-LIVES_KEPT:] if counts else record.lives,
        history=with_token(record.history, cached, first=login or record.token is None),
    )


def estimate(
    cached: CachedToken,
    record: SessionRecord,
    duration: timedelta | None,
    now: datetime,
) -> Horizon:
    """Estimate when the portal session behind a cached token ends.

    `duration` is the length that people set for it, if they did.
    """
    began = record.logged_in_at
    expires_at = cached.token.expires_at
    if record.refused == cached.fingerprint or not cached.token.renewable_at(now):
        return Horizon(expires_at, Source.TOKEN, began)
    if record.final == cached.fingerprint or _came_back_short(cached, record):
        return Horizon(expires_at, Source.RENEWAL, began)
    if duration is not None and began is not None:
        ends_at = _not_refuted(began + duration, cached, record, now)
        if ends_at is not None:
            return Horizon(ends_at, Source.SETTING, began)
    return _learned(cached, record, now)


def _learned(cached: CachedToken, record: SessionRecord, now: datetime) -> Horizon:
    unknown = Horizon(logged_in_at=record.logged_in_at)
    current = record.history.current
    if current is None or record.logged_in_at is None:
        return unknown
    learned = learn(record.history.past, current)
    if learned is None:
        return unknown
    start = current.within if learned.joins and current.within else current.began
    due = start + learned.length
    ends_at = _not_refuted(due, cached, record, now)
    if ends_at is None or _outlived(due, cached, record):
        return unknown
    return Horizon(
        ends_at,
        Source.LEARNED,
        record.logged_in_at,
        learned.confidence,
        learned.observations,
    )


def _not_refuted(
    ends_at: datetime, cached: CachedToken, record: SessionRecord, now: datetime
) -> datetime | None:
    """Give an estimated end as far as nothing speaks against it; None: refuted.

    When it has come without a sign of it, the token in use stands in for it.
    """
    token, current = cached.token, record.history.current
    if current is not None and current.over_by is not None:
        if current.over_by <= now:  # it is over, so its end is nothing to foretell
            return None
        ends_at = min(ends_at, current.over_by)
    if token.registration_expires_at is not None:
        ends_at = min(ends_at, token.registration_expires_at)
    if ends_at > now:
        return ends_at
    if cached.written_at <= ends_at:  # due, and not yet refuted by a renewal
        return max(token.expires_at, ends_at)
    return None


def _outlived(ends_at: datetime, cached: CachedToken, record: SessionRecord) -> bool:
    """Tell whether a token lives past an end by which the service would cut it."""
    cuts = any(one.cut for one in record.history.past)
    return cuts and cached.token.expires_at > ends_at + REFUTED


def _came_back_short(cached: CachedToken, record: SessionRecord) -> bool:
    if record.token != cached.fingerprint or record.token_life is None:
        return False
    usual = record.usual_life
    return usual is not None and record.token_life < usual * CLEARLY_SHORTER
