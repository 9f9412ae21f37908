"""How fast requests go: the promises of the bucket, against a service with a limit."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.core.pacing import (
    BURST,
    LONGEST_REST,
    RATE,
    REST,
    SLOWEST,
    Pace,
    refused,
    take,
)


@dataclass
class Service:
    """A service with a limit of its own, and a clock that our waiting moves."""

    rate: float
    burst: float
    now: float = 0.0
    tokens: float = 0.0
    seen: float = 0.0

    def __post_init__(self) -> None:
        """Begin with a full bucket."""
        self.tokens = self.burst

    def ask(self) -> bool:
        """Tell whether a request is answered."""
        passed, self.seen = self.now - self.seen, self.now
        self.tokens = min(self.burst, self.tokens + passed * self.rate)
        taken = self.tokens >= 1
        self.tokens -= taken
        return taken


def run(service: Service, requests: int) -> tuple[float, int]:
    """Ask until so many are answered; give the seconds and the refusals."""
    pace, refusals = Pace(0.0), 0
    while requests:
        pace, seconds = take(pace, service.now)
        service.now += seconds
        if service.ask():
            requests -= 1
        else:
            refusals += 1
            pace = refused(pace, service.now)
    return service.now, refusals


def test_at_awss_limit_nothing_is_refused() -> None:
    """505 requests at 20 a second with 20 at once: within 5 % of what is possible."""
    seconds, refusals = run(Service(20, 20), 505)

    assert refusals == 0
    assert seconds <= 1.05 * (505 - 20) / 20


@pytest.mark.parametrize("rate", [1, 5, 10])
def test_a_lower_limit_is_learned(rate: float) -> None:
    """Where the service bears less, the rate comes down to it, and all is answered."""
    seconds, refusals = run(Service(rate, rate), 300)

    assert refusals < 45
    assert seconds <= 1.5 * 300 / rate + 30


def test_refusals_together_count_once() -> None:
    """Eight requests that were under way are refused: the rate falls by one step."""
    pace = refused(Pace(0.0), 10.0)
    again = pace
    for part in range(8):
        again = refused(again, 10.0 + part / 100)

    assert again.rate == pytest.approx(pace.rate, rel=0.01)


def test_the_time_that_the_service_names_is_kept() -> None:
    """After `Retry-After: 7` nothing goes for seven seconds, after 600 for thirty."""
    _, seconds = take(refused(Pace(0.0), 0.0, 7.0), 0.0)
    _, longest = take(refused(Pace(0.0), 0.0, 600.0), 0.0)

    assert 7.0 <= seconds < 7.2
    assert LONGEST_REST <= longest < LONGEST_REST + 0.2


def test_the_rate_comes_back() -> None:
    """Minutes without a refusal, and it is asked as fast as at the start."""
    pace = refused(refused(Pace(0.0), 0.0), 10.0)
    assert pace.rate < RATE

    for second in range(10, 200):
        pace, _ = take(pace, float(second))

    assert pace.rate == RATE


@given(st.lists(st.tuples(st.floats(0, 5), st.booleans()), max_size=200))
def test_it_never_stops_and_never_rushes(steps: list[tuple[float, bool]]) -> None:
    """Whatever comes, the rate stays in its bounds and the wait is finite."""
    pace, now = Pace(0.0), 0.0
    for passed, no in steps:
        now += passed
        if no:
            pace = refused(pace, now)
        pace, seconds = take(pace, now)
        assert SLOWEST <= pace.rate <= RATE
        assert pace.tokens <= BURST
        assert 0 <= seconds < (REST * RATE + len(steps) + 1) / SLOWEST
    assert take(pace, -100.0)[0].tokens <= BURST
