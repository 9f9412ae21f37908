"""The past sign-ins in `state-<world>.json`: a member of each session's record.

It has a version of its own and is only ever dropped, never fatal: what it teaches can
be learned again.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime

from tray.core.history import SIGN_INS_KEPT, History, SignIn, Trace
from tray.core.wording import system as wording

log = logging.getLogger(__name__)

VERSION = 1
"""The layout of the member."""

MOST_RENEWALS = 1 << 20
"""More renewals than ninety days can hold; a larger number is nonsense."""

LAST_YEAR = 9000
"""A later log-in is nonsense, and no length could be added to it."""

LONGEST_MARK = 64
"""Our fingerprints have 16 digits; longer texts are not ours."""


def encode_history(history: History) -> dict[str, object]:
    """Give the JSON form; empty where nothing is remembered."""
    if history == History():
        return {}
    trace = history.trace
    data = {
        "past": [_encode(one) for one in history.past[-SIGN_INS_KEPT:]],
        "current": history.current and _encode(history.current),
        "expires_at": trace.expires_at and trace.expires_at.isoformat(),
        "refresh": trace.refresh,
        "client": trace.client,
        "keeps": history.keeps or None,
    }
    kept = {name: value for name, value in data.items() if value not in (None, [])}
    return {"version": VERSION, **kept}


def decode_history(data: object) -> History:
    """Give the history of a JSON form; never raises, what is damaged is left out."""
    if data is None:
        return History()
    if not isinstance(data, Mapping):
        log.warning(wording.HISTORY_DROPPED)
        return History()
    version = data.get("version")
    if version != VERSION:
        newer = isinstance(version, int) and version > VERSION
        log.warning(wording.HISTORY_NEWER if newer else wording.HISTORY_DROPPED)
        return History()
    entries = data.get("past", [])
    found = [_decode(one) for one in entries] if isinstance(entries, list) else [None]
    current = data.get("current")
    now = None if current is None else _decode(current)
    expires_at = _moment(data.get("expires_at"))
    if None in found or (now is None) != (current is None):
        log.warning(wording.HISTORY_DROPPED)
    return History(
        past=tuple(one for one in found if one is not None)[-SIGN_INS_KEPT:],
        current=now,
        trace=Trace(expires_at, _mark(data.get("refresh")), _mark(data.get("client"))),
        keeps=data.get("keeps") is True,
    )


def _encode(one: SignIn) -> dict[str, object]:
    data: dict[str, object] = {
        "began": one.began.isoformat(),
        "worked_until": one.worked_until.isoformat(),
        "over_by": one.over_by and one.over_by.isoformat(),
        "within": one.within and one.within.isoformat(),
        "cut": one.cut,
        "revoked": one.revoked,
        "renewals": one.renewals,
    }
    return {name: value for name, value in data.items() if value}


def _decode(data: object) -> SignIn | None:
    if not isinstance(data, Mapping):
        return None
    began, worked = _moment(data.get("began")), _moment(data.get("worked_until"))
    over_by, within = _moment(data.get("over_by")), _moment(data.get("within"))
    renewals = data.get("renewals", 0)
    if (
        began is None
        or worked is None
        or (over_by is None) != (data.get("over_by") is None)
        or (within is None) != (data.get("within") is None)
        or not isinstance(renewals, int)
        or began.year > LAST_YEAR
    ):
        return None
    return SignIn(
        began=began,
        worked_until=worked,
        over_by=over_by,
        cut=data.get("cut") is True,
        revoked=data.get("revoked") is True,
        within=within,
        renewals=min(max(int(renewals), 0), MOST_RENEWALS),
    )


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
        aware = moment is not None and moment.tzinfo is not None
        return moment.astimezone(UTC) if moment is not None and aware else None
    except (ValueError, OverflowError):
        return None


def _mark(value: object) -> str | None:
    return value if isinstance(value, str) and len(value) <= LONGEST_MARK else None
