"""A simulated year of one laptop: nothing is lost, nobody is told an untruth.

The same as `tests/bench/year.py`, which lives more of them.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest

from tests.bench.authority import Network, Rotation
from tests.bench.months import End
from tests.bench.year_found import Found, storms
from tests.bench.year_world import Year
from tests.builders import NOON, minutes
from tests.fakes.basics import DictStore
from tray.core.errors import SessionOver
from tray.core.memory import Memory
from tray.core.model import SsoSession

KINDS = [
    (End.CUT, Rotation.AT_ONCE, 365),
    (End.OUTLIVED, Rotation.NONE, 120),
]
"""What the service does, and for how many days we look on."""


def figures_of(end: End, rotation: Rotation, found: Found) -> str:
    """Say what came of a year."""
    return f"a year of one laptop, tokens {end}, {rotation}: {found}"


@pytest.mark.parametrize(("end", "rotation", "days"), KINDS)
def test_a_year_of_one_laptop(
    end: End,
    rotation: Rotation,
    days: int,
    zone: Callable[[str], None],
    figure: Callable[[str], None],
) -> None:
    """No false end, no lost token, one request a renewal, one notice an episode.

    And people are told in time of 95 ends in 100, and in vain 2 times at most.
    """
    found = Year(end, rotation, days=days, move=zone).live()
    figure(figures_of(end, rotation, found))

    assert found.faults == []
    assert found.ends > days / 4
    assert found.told_in_time >= 0.95
    assert found.without_need <= 0.02
    assert {
        "captive portals",
        "log-ins elsewhere",
        "log-ins through us",
        "outages",
        "races",
        "renewals elsewhere",
        "wrong clocks",
    } <= set(found.happened)


class Careless(Network):
    """A way to the authority on which new tokens are lost."""

    def refresh(self, session: SsoSession) -> datetime:
        """Renew, and leave the old token in the cache."""
        before = self.entries[session.cache_key]
        ends_at = super().refresh(session)
        self.entries[session.cache_key] = before
        return ends_at


class Gloomy(Network):
    """A way to the authority on which each answer seems to be a refusal."""

    def refresh(self, session: SsoSession) -> datetime:
        """Refuse."""
        raise SessionOver(f"{session.name} is over.", "Log in.")


class Restless(Year):
    """A year in which the program is started again and again."""

    def _use_cli(self) -> None:
        self.laptop.boot()
        super()._use_cli()


class Forgetful(DictStore):
    """A store that keeps nothing."""

    def save(self, memory: Memory) -> None:
        """Let it go."""


def test_lost_tokens_and_false_ends_would_be_seen() -> None:
    """What loses tokens or believes in ends that are none does not pass."""
    careless, gloomy = (Year(End.CUT, Rotation.AT_ONCE, days=10) for _ in range(2))
    careless.laptop.network = Careless(careless.authority, careless.network.entries)
    gloomy.laptop.network = Gloomy(gloomy.authority, gloomy.network.entries)

    assert careless.live().lost
    assert gloomy.live().falsely_out


def test_repeated_notices_would_be_seen() -> None:
    """What forgets at each start whom it told does not pass."""
    year = Restless(End.OUTLIVED, Rotation.NONE, days=20)
    year.laptop.store = Forgetful()

    assert year.live().repeated


def test_storms_are_seen() -> None:
    """Nine failures within half an hour are too many; nine in an hour are not."""
    slow = [NOON + minutes(7 * number) for number in range(9)]
    fast = [NOON + minutes(3 * number) for number in range(9)]

    assert storms(slow) == []
    assert storms(fast) == ["2026-03-02 12:24:00"]
