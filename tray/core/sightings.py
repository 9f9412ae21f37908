"""What a new token file says: a log-in or a renewal, and what follows for the past.

Any program may have written it. Best sign first: the client registration (a renewal
keeps it), the refresh token (a log-in brings a new one), and whether a renewal was due
at all: nobody renews a token that has most of its life ahead.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tray.core import history as past
from tray.core.history import REFUTED, History, Trace
from tray.core.learning import learn
from tray.core.memory import SessionRecord
from tray.core.model import CachedToken, Secret

EARLIEST_RENEWAL = timedelta(minutes=15, seconds=30)
"""No other program renews a token by itself that lives for longer than this: botocore
and the AWS CLI begin at 15 minutes."""

LONG_OVER = timedelta(minutes=30)
"""A sign-in that should have ended so long before was not renewed after it."""


def trace_of(cached: CachedToken) -> Trace:
    """Give the marks of a token."""
    token = cached.token
    return Trace(
        token.expires_at,
        token.refresh_token.fingerprint() if token.refresh_token else None,
        Secret(token.client_id).fingerprint() if token.client_id else None,
    )


def is_login(
    record: SessionRecord, cached: CachedToken, now: datetime, *, lapsed: bool
) -> bool:
    """Tell whether a token that was not seen before comes from a log-in.

    `lapsed` says that before it the session needed one.
    """
    if cached.token.expires_at <= now:
        return False
    if lapsed or (record.token is not None and record.token == record.refused):
        return True
    if record.token is None or record.token == record.renewing:
        return False
    return _by_marks(record, cached)


def _by_marks(record: SessionRecord, cached: CachedToken) -> bool:
    before, after = record.history.trace, trace_of(cached)
    if before.expires_at is None:  # remembered by an older version
        return False
    if before.client is not None and after.client not in {None, before.client}:
        return True
    if before.refresh is None:
        return True
    if after.refresh in {None, before.refresh}:
        return False
    return _out_of_turn(record, cached, before.expires_at)


def _out_of_turn(
    record: SessionRecord, cached: CachedToken, expires_at: datetime
) -> bool:
    """Tell whether a token with a new refresh token is no renewal by its time."""
    early = expires_at - cached.written_at > EARLIEST_RENEWAL
    if record.history.keeps or early:
        return True
    current, told = record.history.current, None
    if record.token == record.final:
        told = expires_at
    elif current is not None and current.cut:
        told = current.over_by
    if told is not None:  # a renewal ends there too, however often it is tried
        return cached.token.expires_at > told + REFUTED
    if current is None:
        return False
    learned = learn(record.history.past)
    if learned is None:
        return False
    return cached.written_at > current.began + learned.length + LONG_OVER


def settled(record: SessionRecord) -> SessionRecord:
    """Give the record whose history agrees with when people logged in.

    A log-in of ours and a log-out are written there by others than `observe`.
    """
    history, began = record.history, record.logged_in_at
    if began is None:
        history = past.forget_current(history)
    else:
        last = history.trace.expires_at
        history = past.begin(history, began, lived=last is not None and last > began)
    return record if history is record.history else replace(record, history=history)


def with_token(history: History, cached: CachedToken, *, first: bool) -> History:
    """Give the history after a new token, which proves that the sign-in works.

    `first` says that it is the log-in's own, and no renewal.
    """
    before, after = history.trace, trace_of(cached)
    if not first:
        written, expires = cached.written_at, cached.token.expires_at
        history = past.renewed(history, min(written, expires), expires)
    same = before.refresh is not None and before.refresh == after.refresh
    return replace(history, trace=after, keeps=history.keeps or same)


def with_end(
    record: SessionRecord, cached: CachedToken, now: datetime, *, cut: bool
) -> SessionRecord:
    """Give the record after looking whether the sign-in's end is known.

    `cut` says that this token ends with it.
    """
    history = record.history
    if cut:
        history = past.told(history, cached.token.expires_at)
    elif record.revoked == cached.fingerprint:
        history = past.revoked(history)
    elif record.refused == cached.fingerprint and cached.token.renewable_at(now):
        history = past.refused(history, now)
    return record if history is record.history else replace(record, history=history)
