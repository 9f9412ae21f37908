"""Lengths that past sign-ins teach, and what they do not teach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, hours, minutes
from tray.core.history import SignIn
from tray.core.learning import Learned, learn

DAY = timedelta(days=1)


def refused(least: float, most: float, *, day: int = 0) -> SignIn:
    """Give a sign-in that worked for so many hours and was refused after as many."""
    began = NOON + day * DAY
    return SignIn(began, began + hours(least), began + hours(most))


def cut(length: float) -> SignIn:
    """Give a sign-in whose end the service told."""
    return SignIn(NOON, NOON + hours(length - 0.5), NOON + hours(length), cut=True)


def unseen(worked: float) -> SignIn:
    """Give a sign-in whose end nobody saw."""
    return SignIn(NOON, NOON + hours(worked))


def length(past: Sequence[SignIn], current: SignIn | None = None) -> float | None:
    """Give the learned length in hours."""
    learned = learn(tuple(past), current)
    return None if learned is None else learned.length / hours(1)


EIGHT = refused(7.35, 8.02)
NIGHT = refused(1, 16)

CASES: list[tuple[str, list[SignIn], float | None]] = [
    ("nothing", [], None),
    ("no end was seen", [unseen(7)] * 5, None),
    ("one exact end", [cut(8)], 8),
    ("one end that was only seen from outside", [refused(7.3, 8.01)], None),
    ("one end that is not: may be somebody's early one", [refused(5.4, 6.1)], None),
    ("two that agree", [refused(5.4, 6.1)] * 2, 6),
    ("nights alone", [NIGHT] * 3, None),
    ("two ends and nights", [EIGHT, NIGHT, NIGHT, EIGHT, NIGHT], 8),
    ("an odd length that is told exactly", [cut(9.617)] * 2, 9.6167),
    ("two overlaps make it narrow", [refused(9.3, 9.9), refused(9.55, 10.3)], 9.75),
    ("one early end among many", [EIGHT, EIGHT, EIGHT, refused(2, 2.6)], 8),
    ("a log-in was missed once", [cut(8), cut(8), cut(8), cut(16)], 8),
    ("shortened twice", [EIGHT, EIGHT, EIGHT, *[refused(3.4, 4.1)] * 2], 4),
    ("lengthened twice", [EIGHT, EIGHT, EIGHT, *[refused(11.4, 12.1)] * 2], 12),
    ("shortened, told exactly", [cut(8), cut(8), cut(4), cut(4)], 4),
    ("all different", [refused(n, n + 0.6) for n in (1, 3, 5, 7, 2, 9)], None),
    ("many unseen after two ends", [EIGHT, EIGHT, *[unseen(7.3)] * 3], 8),
    ("a minute of slack", [refused(8.01, 8.6), refused(7.4, 7.99)], 8),
    ("refusals of a service that cuts", [cut(8), cut(8), *[refused(2, 2.6)] * 2], 8),
    ("known too badly", [refused(1, 100)] * 4, None),
    ("a refusal from before the log-in", [refused(1, -1)] * 3, None),
    ("a clock that was wrong", [cut(-1), cut(60_000), refused(-2, -1)] * 3, None),
    ("days", [refused(167, 168.5)] * 2, 168),
]


@pytest.mark.parametrize(
    ("past", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_what_is_learned(past: list[SignIn], expected: float | None) -> None:
    """Ends that agree teach a length; single ones, nights and chaos do not."""
    assert length(past) == (expected and pytest.approx(expected, abs=0.01))


def test_a_refuted_length_is_not_said_again() -> None:
    """A sign-in that works for longer than ever has no known end."""
    past = [EIGHT] * 4

    assert length(past, unseen(7)) == 8
    assert length(past, unseen(8.1)) is None


def test_it_says_what_it_rests_on() -> None:
    """People can be told from how many sign-ins, and how likely it is."""
    learned = learn((EIGHT, EIGHT, unseen(3), refused(2, 2.6), NIGHT))

    assert isinstance(learned, Learned)
    assert learned.observations == 3
    assert 0.8 < learned.confidence <= 1
    assert not learned.joins


def joined(began: float, within: float, ended: float) -> SignIn:
    """Give a sign-in made within another one, ended at so many hours; cut."""
    start, end = NOON + hours(began), NOON + hours(ended)
    return SignIn(start, end, end, cut=True, within=NOON + hours(within))


def test_log_ins_that_end_with_the_sign_in_before_are_recognised() -> None:
    """Where the browser's old sign-in goes on, its log-in counts, not the last."""
    joins = learn((cut(8), joined(6, 0, 8), joined(3, 0, 8), cut(8)))
    fresh = learn((cut(8), joined(6, 0, 14), joined(3, 0, 11), cut(8)))

    assert joins is not None
    assert fresh is not None
    assert (joins.length, joins.joins) == (hours(8), True)
    assert (fresh.length, fresh.joins) == (hours(8), False)


def test_typical_lengths_decide_only_where_nothing_else_does() -> None:
    """Without them the middle of what is possible stands."""
    past = (EIGHT, EIGHT)
    typical, plain = learn(past), learn(past, typical=False)

    assert typical is not None
    assert plain is not None
    assert typical.length == hours(8)
    assert hours(7.3) < plain.length < hours(8.1)


SPANS = st.floats(-9, 100), st.floats(0.01, 20)
ENDED = st.builds(lambda least, more: refused(least, least + more), *SPANS)
SIGN_INS = ENDED | st.builds(cut, SPANS[0]) | st.builds(unseen, SPANS[0])


@given(st.lists(SIGN_INS, max_size=14), st.none() | st.builds(unseen, SPANS[0]))
def test_it_is_bounded_by_what_was_seen(
    past: list[SignIn], current: SignIn | None
) -> None:
    """A length lies within a seen end, beyond what works now, and is hedged."""
    learned = learn(tuple(past), current)
    if learned is None:
        return

    slack = minutes(3)
    assert any(
        one.over_by is not None
        and (one.cut or one.worked_until - one.began <= learned.length + slack)
        and learned.length <= one.over_by - one.began + slack
        for one in past
    )
    assert 0 < learned.confidence <= 1
    assert 1 <= learned.observations <= len(past)
    if current is not None:
        assert current.worked_until - current.began < learned.length + slack
