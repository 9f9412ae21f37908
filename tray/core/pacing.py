"""How fast to ask: a bucket of tokens that learns from the service's "too many".

AWS tells its limits to nobody; 20 requests a second with as many at once is what people
have found for Identity Center. Slower by a hair than that nothing is refused, and
asking faster gains nothing: a refused request has to be asked again. Times are seconds
of a clock that only runs on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

RATE = 19.6
"""Requests a second at which we begin: 2 % below the limit that people have found."""

BURST = 18.0
"""Requests that may go at once at the start; two are left for other programs."""

SLOWEST = 0.5
"""Requests a second that we always dare."""

SLOWER = 0.8
"""What each refusal leaves of the rate."""

FASTER = 0.01
"""What each second without a refusal adds to the rate, as a part of it."""

REST = 1.0
"""Seconds without a request after a refusal that names no time itself."""

LONGEST_REST = 30.0
"""Seconds: a service that asks for more is not waited for at once, but again."""


@dataclass(frozen=True, slots=True)
class Pace:
    """A bucket of tokens at one moment; each request takes one."""

    at: float
    """When it was looked at last, in seconds."""

    tokens: float = BURST
    """Requests that may go at once; below zero, so many are promised already."""

    rate: float = RATE
    """Tokens that come in a second."""

    refused_at: float | None = None
    """When a request was refused last."""


def take(pace: Pace, now: float, tokens: float = 1.0) -> tuple[Pace, float]:
    """Take a token; give the bucket after, and the seconds to wait for it."""
    filled = _filled(pace, now)
    left = filled.tokens - tokens
    return replace(filled, tokens=left), max(0.0, -left / filled.rate)


def refused(pace: Pace, now: float, after: float = 0.0) -> Pace:
    """Give the bucket after a refusal; `after` is the time that the service named.

    Several requests that were under way together are refused once.
    """
    filled = _filled(pace, now)
    rest = min(after or REST, LONGEST_REST)
    if pace.refused_at is not None and now - pace.refused_at < REST:
        return replace(filled, tokens=min(filled.tokens, -rest * filled.rate))
    rate = max(SLOWEST, filled.rate * SLOWER)
    return replace(filled, tokens=-rest * rate, rate=rate, refused_at=now)


def _filled(pace: Pace, now: float) -> Pace:
    seconds = max(0.0, now - pace.at)
    tokens = min(BURST, pace.tokens + seconds * pace.rate)
    rate = min(RATE, pace.rate * (1 + FASTER * seconds))
    return replace(pace, at=now, tokens=tokens, rate=max(rate, pace.rate))
