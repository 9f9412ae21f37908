"""Synthetic months: the aims of the horizon, on a few hundred sign-ins.

The same as `tests/bench/horizon.py`, which has the long lives and the picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.bench.horizon import SOONEST, Score, score, told_before
from tests.bench.months import HOUR, End, Life, Month

ANY = Life(HOUR, 1)
FEW_DAYS = {1 * HOUR: 5, 4 * HOUR: 14, 8 * HOUR: 28, 24 * HOUR: 40}


def lived(plain: Life) -> Score:
    """Give what came of some short lives like this one."""
    found = Score()
    for seed, machine in enumerate(("office", "evenings", "always")):
        for length, days in FEW_DAYS.items():
            life = replace(plain, length=length, days=days, machine=machine)
            found.add(score(replace(life, rotates=seed == 1, seed=seed)))
    return found


def figures_of(end: End, found: Score) -> str:
    """Say how well ends of this kind were foretold."""
    return (
        f"the end of a sign-in, tokens {end}: {found.in_time:.1%} of {found.ends} told "
        f"in time, {found.without_need:.1%} of notices needless"
    )


@pytest.mark.parametrize("end", [End.CUT, End.OUTLIVED])
def test_people_are_told_in_time(end: End, figure: Callable[[str], None]) -> None:
    """Of 100 ends 95 are told 5 to 30 minutes before, and 2 notices are needless."""
    found = lived(replace(ANY, end=end))
    figure(figures_of(end, found))

    assert found.ends > 100
    assert found.in_time >= 0.95
    assert found.without_need <= 0.02


def test_people_are_told_where_only_learning_helps(
    figure: Callable[[str], None],
) -> None:
    """Where tokens are turned away at the end, too, from an hour on."""
    found = lived(replace(ANY, end=End.TURNED_AWAY))
    figure(figures_of(End.TURNED_AWAY, found))

    assert found.ends > 100
    assert found.in_time >= 0.95
    assert found.without_need <= 0.02


def test_ends_that_somebody_makes_early_do_not_mislead() -> None:
    """Revoked sign-ins and log-ins by others cost no notice its truth."""
    found = lived(replace(ANY, end=End.OUTLIVED, revoked=0.1, foreign=0.9))

    assert found.in_time >= 0.95
    assert found.without_need <= 0.02


def test_log_ins_that_end_with_the_old_sign_in_do_not_mislead() -> None:
    """A log-in in the browser's old sign-in is taken for what it is."""
    found = lived(replace(ANY, joins=True))

    assert found.in_time >= 0.95
    assert found.without_need <= 0.02


@pytest.mark.parametrize(("before", "after"), [(8, 4), (4, 6), (8, 12), (12, 8)])
def test_an_administrator_changes_the_length(before: float, after: float) -> None:
    """After two sign-ins of the new length, people are told in time again."""
    life = Life(before * HOUR, 40, End.TURNED_AWAY, "always", heeds=0)
    month = Month(replace(life, changes=(after * HOUR,), early=0, revoked=0))
    month.live()

    changed = [one for one in month.sign_ins if one.length == after * HOUR]
    missed = [one for one in changed[:-1] if told_before(one, life.end) is None]
    needless = [
        one
        for one in changed
        if any(one.ends - warned.at > SOONEST for warned in one.warnings)
    ]
    assert len(changed) > 15
    assert set(map(id, missed)) <= set(map(id, changed[:2]))
    assert set(map(id, needless)) <= set(map(id, changed[:2]))


def test_a_life_is_the_same_each_time() -> None:
    """Chance begins with the life, so that a failure can be looked at again."""
    life = Life(8 * HOUR, 20, End.CUT)

    assert score(life) == score(life)
