"""How long a session's sign-ins last, learned from those that were seen.

An end is mostly seen from outside only: it lies between the last renewal and the first
refusal, and a machine that slept saw less. So every sign-in says in which interval its
length lies, or only that it was longer; a filter over the lengths that are possible
weighs them, newest last. It knows that sign-ins are ended early now and then, that a
log-in may be missed, and that administrators change the length.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache

from tray.core.history import NARROW, SignIn

MINUTE = timedelta(minutes=1)
HOUR, DAY = 60, 24 * 60

TYPICAL: Mapping[int, float] = {
    15: 1,
    30: 1,
    HOUR: 3,
    2 * HOUR: 2,
    4 * HOUR: 3,
    8 * HOUR: 12,
    10 * HOUR: 2,
    12 * HOUR: 6,
    DAY: 4,
    7 * DAY: 3,
    30 * DAY: 2,
    90 * DAY: 3,
}
"""What administrators set, in minutes, and about how often against each other."""

LESS_TYPICAL = ((DAY, 0.3), (HOUR, 0.4), (30, 0.1), (15, 0.05))
"""The weight of other lengths by the round number that they are a multiple of."""

ODD = 0.02
"""The weight of a length that is no multiple of a quarter of an hour."""

ALL_WEIGHTS = 90.0
"""About the sum of all weights; what no sign-in speaks for has the rest of it."""

CHANGED = 0.02
"""How likely it is that the administrator changed the length between two sign-ins."""

ENDED_EARLY = 0.05
"""How likely it is that a sign-in was ended early: signed out, revoked."""

LOG_IN_MISSED = 0.01
"""How likely it is that a sign-in only seems longer because a log-in was missed."""

TWICE = 0.1
"""The part of these that end at about one place: at the end of the second sign-in."""

JOINING = 0.15
"""How likely a service is, before anything is seen, to let a log-in end with the
sign-in that still went on in the browser."""

ELSEWHERE, ELSEWHERE_CUT = 0.02, 0.0002
"""How well lengths that nothing speaks for would have explained one seen end, and one
that was told exactly."""

SLACK = 2.0
"""Minutes by which a log-in and an end may be seen too early or too late."""

LONGEST = 120 * DAY
"""No portal session lasts longer; clocks that were wrong may say so."""

WIDEST = 3 * DAY
"""An end that is known less well than to so many minutes teaches no length."""

EARLY, LATE = 25.0, 10.0
"""Minutes by which an estimate may lie before and after the true end so that one of
the two usual notices comes 5 to 30 minutes before it."""

NEARLY = 0.75
"""A likelier length is said where it is so nearly as good for notices in time."""

SURE = 0.6
"""Below this nothing is promised."""

ENOUGH = 2
"""So many ends must agree that were not told exactly: a single one may be one that
somebody made early, and those who log in in time would never learn better."""


@dataclass(frozen=True, slots=True)
class Learned:
    """A length that past sign-ins teach."""

    length: timedelta
    """How long a sign-in lasts."""

    confidence: float
    """How likely it is right, to some minutes; from 0 to 1."""

    observations: int
    """How many of the sign-ins seen to their end agree with it."""

    joins: bool = False
    """Whether a log-in within a sign-in that still works ends with that one."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one sign-in says of the length, in minutes."""

    least: float
    most: float | None = None
    cut: bool = False

    @property
    def narrow(self) -> bool:
        return self.most is not None and self.most - self.least <= NARROW / MINUTE

    def allows(self, length: float) -> bool:
        over = self.most is not None and length > self.most + SLACK
        return not over and length >= self.least - SLACK

    def likelihood(self, length: float) -> float:
        """Tell how well this length explains what was seen."""
        if self.allows(length):
            return 1.0
        if self.most is None:
            return LOG_IN_MISSED
        if length < self.least:
            return LOG_IN_MISSED * TWICE
        width = max(self.most - self.least, 2 * SLACK)
        chance = LOG_IN_MISSED if self.cut else ENDED_EARLY
        return chance * min(1.0, width / length)


@lru_cache(maxsize=2048)
def learn(
    past: tuple[SignIn, ...], current: SignIn | None = None, *, typical: bool = True
) -> Learned | None:
    """Give the length that past sign-ins teach; None when they don't.

    `current` only tells how long that one has worked by now. `typical` says whether
    the lengths that administrators like are preferred where nothing decides.
    """
    found = _filtered(past, current, joins=False, typical=typical)
    if any(one.within is not None for one in past):
        joined = _filtered(past, current, joins=True, typical=typical)
        odds = math.log(JOINING / (1 - JOINING))
        if joined.evidence + odds > found.evidence:
            found = joined
    return found.best()


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What is thought of the lengths after all that was seen."""

    weights: Mapping[float, float]
    seen: tuple[_Seen, ...]
    evidence: float
    joins: bool

    def best(self) -> Learned | None:
        if not self.weights:
            return None
        mass = {length: self._around(length) for length in self.weights}
        most = max(mass.values())
        good = [length for length in mass if mass[length] >= most * NEARLY]
        length = max(good, key=lambda one: (self.weights[one], -one))
        agreeing = [s for s in self.seen if s.most is not None and s.allows(length)]
        known_well = sum(one.narrow for one in agreeing)
        known_well += sum(ENOUGH for one in agreeing if one.cut)
        if known_well < ENOUGH or mass[length] < SURE:
            return None
        confidence = round(min(mass[length], 1.0), 3)
        return Learned(length * MINUTE, confidence, len(agreeing), self.joins)

    def _around(self, length: float) -> float:
        """Tell how likely an estimate of this length brings a notice in time."""
        early, late = min(EARLY, length / 2), min(LATE, length / 6)
        return sum(
            weight
            for other, weight in self.weights.items()
            if length - late <= other <= length + early
        )


def _filtered(
    past: tuple[SignIn, ...], current: SignIn | None, *, joins: bool, typical: bool
) -> _Weighed:
    cuts = any(one.cut for one in past)
    seen = tuple(_read(one, joins=joins, cuts=cuts) for one in past)
    prior = {
        length: (_weight(length) if typical else 1.0) / ALL_WEIGHTS
        for length in _candidates(seen)
    }
    rest = max(1 - sum(prior.values()), 0.1)
    weights, other, evidence = dict(prior), rest, 0.0
    for one in seen:
        weights = {
            length: ((1 - CHANGED) * weight + CHANGED * prior[length])
            * one.likelihood(length)
            for length, weight in weights.items()
        }
        other = (1 - CHANGED) * other + CHANGED * rest
        if one.most is not None:
            other *= ELSEWHERE_CUT if one.cut else ELSEWHERE
        total = sum(weights.values()) + other
        weights = {length: weight / total for length, weight in weights.items()}
        other /= total
        evidence += math.log(total)
    if current is not None:
        going_on = _read(current, joins=joins, cuts=cuts).least
        weights = {
            length: (1 - CHANGED) * weight + CHANGED * prior[length]
            for length, weight in weights.items()
            if length + SLACK > going_on
        }
    return _Weighed(weights, seen, evidence, joins)


def _read(one: SignIn, *, joins: bool, cuts: bool) -> _Seen:
    """Give what a sign-in says.

    A service that `cuts` tokens tells each end by one; a refusal without it came
    because somebody ended the sign-in, or after a sleep, and tells no length.
    """
    start = one.within if joins and one.within is not None else one.began
    least = (one.worked_until - start) / MINUTE
    if one.over_by is None or not one.ended or (cuts and not one.cut):
        return _Seen(least)
    most = (one.over_by - start) / MINUTE
    if not 0 < most <= LONGEST:
        return _Seen(least)
    if one.cut:
        return _Seen(most, most, cut=True)
    return _Seen(least, most) if 0 <= most - least <= WIDEST else _Seen(least)


def _candidates(seen: tuple[_Seen, ...]) -> set[float]:
    return {length for one in seen if one.most for length in _lengths(one)}


def _lengths(one: _Seen) -> Iterator[float]:
    least, most = one.least, one.most or 0
    quarters = 15 if most <= DAY else HOUR
    first = max(math.ceil((least - SLACK) / quarters), 1) * quarters
    yield from map(float, range(first, int(most + SLACK) + 1, quarters))
    if 0 < most - least <= HOUR or one.cut:
        yield round((least + most) / 2, 1)


def _weight(length: float) -> float:
    if length in TYPICAL:
        return TYPICAL[int(length)]
    return next((weight for step, weight in LESS_TYPICAL if length % step == 0), ODD)
