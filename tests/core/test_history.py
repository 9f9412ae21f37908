"""What is remembered of past sign-ins, and how much of it."""

from __future__ import annotations

from datetime import timedelta

from tests.builders import NOON, hours, minutes
from tray.core import history
from tray.core.history import (
    NARROW_KEPT,
    SIGN_INS_KEPT,
    UNSEEN_KEPT,
    WIDE_KEPT,
    History,
    SignIn,
)

NONE = History()
BEGUN = history.begin(NONE, NOON, lived=False)


def current(of: History) -> SignIn:
    """Give the sign-in that goes on."""
    assert of.current is not None
    return of.current


def test_a_log_in_begins_a_sign_in_once() -> None:
    """Two reports of one log-in, seconds apart, are one sign-in."""
    again = history.begin(BEGUN, NOON + minutes(0.5), lived=True)

    assert again is BEGUN
    assert current(BEGUN) == SignIn(NOON, NOON)
    assert BEGUN.past == ()


def test_a_log_in_within_a_living_sign_in_is_marked() -> None:
    """It may end with the old one, however many log-ins lie between."""
    second = history.begin(BEGUN, NOON + hours(2), lived=True)
    third = history.begin(second, NOON + hours(3), lived=True)

    assert current(second).within == NOON
    assert current(third).within == NOON
    assert [one.began for one in third.past] == [NOON, NOON + hours(2)]


def test_a_log_in_after_an_end_is_not_within() -> None:
    """After a refusal, a revocation or a dead token it stands for itself."""
    for before, lived in (
        (history.refused(BEGUN, NOON + hours(1)), True),
        (history.revoked(BEGUN), True),
        (BEGUN, False),
    ):
        later = history.begin(before, NOON + hours(2), lived=lived)
        assert current(later).within is None


def test_a_renewal_proves_that_it_goes_on() -> None:
    """It moves the last moment of life, never back, and takes back an end."""
    cut = history.told(BEGUN, NOON + hours(1))
    renewed = history.renewed(cut, NOON + minutes(50), NOON + minutes(61))
    longer = history.renewed(cut, NOON + minutes(50), NOON + hours(2))

    assert current(renewed).worked_until == NOON + minutes(50)
    assert current(renewed).renewals == 1
    assert current(renewed).cut
    assert current(longer).over_by is None
    assert not current(longer).cut
    early = history.renewed(renewed, NOON, NOON + hours(1))
    assert current(early).worked_until == NOON + minutes(50)


def test_the_first_end_counts() -> None:
    """A refusal is kept from its first moment, and a told end above a refusal."""
    refused = history.refused(BEGUN, NOON + hours(1))
    told = history.told(BEGUN, NOON + hours(2))

    assert history.refused(refused, NOON + hours(2)) is refused
    assert history.refused(told, NOON + hours(1)) is told
    assert history.told(told, NOON + hours(3)) is told
    assert history.revoked(told) is told
    assert current(refused).narrow
    assert current(told).narrow
    assert not current(history.refused(BEGUN, NOON + hours(9))).narrow


def test_a_revoked_sign_in_is_no_length() -> None:
    """Its end is nobody's length, also if a refusal follows."""
    revoked = history.revoked(BEGUN)
    both = history.refused(revoked, NOON + hours(1))

    assert history.revoked(revoked) is revoked
    assert not current(both).ended
    assert not current(both).narrow


def test_a_log_out_leaves_what_worked() -> None:
    """After it nothing goes on, and without a log-in nothing happens at all."""
    gone = history.forget_current(BEGUN)

    assert gone.current is None
    assert gone.past == (SignIn(NOON, NOON),)
    for nothing in (
        history.forget_current(NONE),
        history.renewed(NONE, NOON, NOON),
        history.told(NONE, NOON),
        history.refused(NONE, NOON),
        history.revoked(NONE),
    ):
        assert nothing is NONE


def test_the_past_is_bounded_and_keeps_the_known_ends() -> None:
    """Ends that are known well outlast nights and those that nobody saw."""
    grown, at = NONE, NOON
    for number in range(60):
        at += timedelta(days=1)
        grown = history.begin(grown, at, lived=False)
        if number < 20:
            grown = history.refused(grown, at + hours(1))
        elif number < 40:
            grown = history.refused(grown, at + hours(12))
    grown = history.begin(grown, at + timedelta(days=1), lived=False)

    assert len(grown.past) == SIGN_INS_KEPT
    assert sum(one.narrow for one in grown.past) == NARROW_KEPT
    assert sum(one.ended and not one.narrow for one in grown.past) == WIDE_KEPT
    assert sum(not one.ended for one in grown.past) == UNSEEN_KEPT
    assert list(grown.past) == sorted(grown.past, key=lambda one: one.began)
