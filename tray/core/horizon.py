"""The end of the portal session, which nobody tells: an estimate that names its source.

Best source first: a token that can't be renewed; a renewal that came back short; the
user's own setting; what the session's past teaches (its place is kept in `estimate`);
and else we do not know, and promise nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from tray.core.memory import LIVES_KEPT, SessionRecord
from tray.core.model import CachedToken

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
    if cached.fingerprint == record.token:
        return record
    life = cached.life
    plausible = timedelta() < life <= LONGEST_TOKEN_LIFE
    fresh_login = lapsed and cached.token.expires_at > now
    return replace(
        record,
        token=cached.fingerprint,
        token_life=life if plausible else None,
        lives=(*record.lives, life)[-LIVES_KEPT:] if plausible else record.lives,
        logged_in_at=min(cached.written_at, now)
        if fresh_login
        else record.logged_in_at,
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
    ends_at, source = _estimate(cached, record, duration, now)
    return Horizon(ends_at, source, record.logged_in_at)


def _estimate(
    cached: CachedToken,
    record: SessionRecord,
    duration: timedelta | None,
    now: datetime,
) -> tuple[datetime | None, Source]:
    expires_at = cached.token.expires_at
    if record.refused == cached.fingerprint or not cached.token.renewable_at(now):
        return expires_at, Source.TOKEN
    if record.final == cached.fingerprint or _came_back_short(cached, record):
        return expires_at, Source.RENEWAL
    if duration is not None and record.logged_in_at is not None:
        ends_at = record.logged_in_at + duration
        if ends_at > now:
            return ends_at, Source.SETTING
        if cached.written_at <= ends_at:  # due, and not yet refuted by a renewal
            return max(expires_at, ends_at), Source.SETTING
    return None, Source.UNKNOWN


def _came_back_short(cached: CachedToken, record: SessionRecord) -> bool:
    if record.token != cached.fingerprint or record.token_life is None:
        return False
    usual = record.usual_life
    return usual is not None and record.token_life < usual * CLEARLY_SHORTER
