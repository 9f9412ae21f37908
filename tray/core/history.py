"""What is remembered of a session's past sign-ins: facts to learn lengths from.

Bounded and frozen, and without a secret: moments, counts, and fingerprints that only
tell one token from another.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

NARROW_KEPT, WIDE_KEPT, UNSEEN_KEPT = 8, 3, 3
"""How many past sign-ins are kept whose end is known well, hardly, and not at all:
nights, weekends and those who log in before each end must not make us forget it."""

SIGN_INS_KEPT = NARROW_KEPT + WIDE_KEPT + UNSEEN_KEPT
"""How many past sign-ins are kept at all."""

NARROW = timedelta(hours=2)
"""An end that is known to so much time is known well."""

SAME_SIGN_IN = timedelta(minutes=1)
"""Two reports of a log-in that lie this close together are about the same one."""

REFUTED = timedelta(minutes=2)
"""A token that lives so much longer than an end that was told refutes that end."""


@dataclass(frozen=True, slots=True)
class SignIn:
    """One portal session, from the log-in on."""

    began: datetime
    """When the log-in was seen."""

    worked_until: datetime
    """The last moment at which the service proved that it went on: a new token."""

    over_by: datetime | None = None
    """When it was over for certain, or will be; None: its end was not seen."""

    cut: bool = False
    """Whether the service itself told the end, by a token that was cut by it."""

    revoked: bool = False
    """Whether somebody ended it early, so that it is no length."""

    within: datetime | None = None
    """When the sign-in began that still worked when this one was made, if any did."""

    renewals: int = 0
    """How many renewals were seen."""

    @property
    def ended(self) -> bool:
        """Whether it came to its own end, and that was seen."""
        return self.over_by is not None and not self.revoked

    @property
    def narrow(self) -> bool:
        """Whether it is known well when it ended."""
        if self.over_by is None or self.revoked:
            return False
        return self.cut or self.over_by - self.worked_until <= NARROW


@dataclass(frozen=True, slots=True)
class Trace:
    """What tells a log-in from a renewal: marks of the token that was seen last."""

    expires_at: datetime | None = None
    """When that token ends."""

    refresh: str | None = None
    """The fingerprint of its refresh token."""

    client: str | None = None
    """The fingerprint of the client registration that it was made with."""


@dataclass(frozen=True, slots=True)
class History:
    """A session's sign-ins as far as they were seen."""

    past: tuple[SignIn, ...] = ()
    """Those that are over or were replaced, newest last."""

    current: SignIn | None = None
    """The one that goes on, if its log-in was seen."""

    trace: Trace = field(default_factory=Trace)
    """The marks of the token that was seen last."""

    keeps: bool = False
    """Whether this service was seen to renew without a new refresh token."""


def begin(history: History, at: datetime, *, lived: bool) -> History:
    """Give the history after a log-in; the sign-in before it is past.

    `lived` says that the token before it had not come to its end.
    """
    before = history.current
    if before is None:
        return replace(history, current=SignIn(at, at))
    if abs(before.began - at) <= SAME_SIGN_IN:
        return history
    ended = before.revoked or (before.over_by is not None and before.over_by <= at)
    within = (before.within or before.began) if lived and not ended else None
    return replace(history, past=_kept(history), current=SignIn(at, at, within=within))


def forget_current(history: History) -> History:
    """Give the history after a log-out: it worked until then, and that is no end."""
    if history.current is None:
        return history
    return replace(history, past=_kept(history), current=None)


def _kept(history: History) -> tuple[SignIn, ...]:
    """Give the past with the current sign-in in it, within bounds."""
    past = (*history.past, history.current) if history.current else history.past
    narrow = [one for one in past if one.narrow][-NARROW_KEPT:]
    wide = [one for one in past if one.ended and not one.narrow][-WIDE_KEPT:]
    unseen = [one for one in past if not one.ended][-UNSEEN_KEPT:]
    kept = {id(one) for one in (*narrow, *wide, *unseen)}
    return tuple(one for one in past if id(one) in kept)


def renewed(history: History, at: datetime, expires_at: datetime) -> History:
    """Give the history after a renewal, which proves that the sign-in goes on."""
    current = history.current
    if current is None:
        return history
    current = replace(
        current,
        worked_until=max(current.worked_until, at),
        renewals=current.renewals + 1,
    )
    if current.over_by is not None and expires_at > current.over_by + REFUTED:
        current = replace(current, over_by=None, cut=False)
    return replace(history, current=current)


def told(history: History, ends_at: datetime) -> History:
    """Give the history after the service told the end by a token that it cut."""
    current = history.current
    if current is None or current.cut:
        return history
    return replace(history, current=replace(current, over_by=ends_at, cut=True))


def refused(history: History, at: datetime) -> History:
    """Give the history after the first refusal: it ended between then and now."""
    current = history.current
    if current is None or current.over_by is not None:
        return history
    return replace(history, current=replace(current, over_by=at))


def revoked(history: History) -> History:
    """Give the history after somebody ended the sign-in early."""
    current = history.current
    if current is None or current.revoked or current.cut:
        return history
    return replace(history, current=replace(current, revoked=True))
