"""Silent renewal: one request when it is due, and nothing lost when it fails."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import NOON, a_session, a_token, hours, minutes
from tests.flows.house import House
from tray.core.board import Phase
from tray.core.errors import (
    CannotTell,
    LoginRequired,
    RegistrationOver,
    SessionOver,
    TrayError,
)
from tray.core.model import Problem, Unreadable
from tray.core.wording.board import clock_wrong
from tray.flows.refresh import Outcome

KEY = a_session().cache_key


def test_a_due_token_is_renewed_under_the_lock() -> None:
    """A token near its end is renewed once, and the session's lock was held."""
    house = House()
    house.put(a_token(minutes(19)))

    outcome = house.refresher.renew(a_session())

    assert outcome is Outcome.RENEWED
    assert house.center.asked == ["refresh"]
    assert house.locks.held == [KEY]


def test_a_token_that_is_not_due_is_left_alone_unless_forced() -> None:
    """Who comes second finds the fresh token and asks for nothing; force asks."""
    house = House()
    house.put(a_token(minutes(42)))

    assert house.refresher.renew(a_session()) is Outcome.NOT_DUE
    assert house.center.asked == []
    assert house.refresher.renew(a_session(), force=True) is Outcome.RENEWED


def test_what_can_not_be_renewed_asks_for_people() -> None:
    """Nobody logged in, or no refresh token: a log-in is needed, no request is made."""
    house = House()
    with pytest.raises(LoginRequired):
        house.refresher.renew(a_session())
    house.put(a_token(minutes(5), refreshable=False))
    with pytest.raises(LoginRequired):
        house.refresher.renew(a_session())

    assert house.center.asked == []


def test_a_torn_file_is_not_an_end() -> None:
    """A file that can't be read now means that nothing is known."""
    house = House()
    house.put(Unreadable(Problem("Half a file.", "Wait.")))

    with pytest.raises(CannotTell, match="Half a file"):
        house.refresher.renew(a_session())


@pytest.mark.parametrize(
    "refusal", [SessionOver("Over.", "Log in."), RegistrationOver("Gone.", "Log in.")]
)
def test_a_refusal_is_remembered_for_that_token(refusal: TrayError) -> None:
    """A refused refresh token is never sent again; a new log-in starts afresh."""
    house = House()
    house.put(a_token(minutes(5)))
    house.center.answers = [refusal]

    with pytest.raises(type(refusal)):
        house.refresher.renew(a_session())
    with pytest.raises(SessionOver):
        house.refresher.renew(a_session())
    house.put(a_token(minutes(5), text="access-of-a-new-login"))

    assert house.refresher.renew(a_session()) is Outcome.RENEWED
    assert house.center.asked == ["refresh", "refresh"]


def test_a_lost_race_is_no_error() -> None:
    """When another program renewed meanwhile, its token is used and nobody told."""
    house = House()
    house.put(a_token(minutes(5)))
    house.center.answers = [SessionOver("Over.", "")]
    house.center.before_answer = lambda: house.put(a_token(hours(1), text="theirs"))

    assert house.refresher.renew(a_session()) is Outcome.DONE_BY_OTHERS
    assert house.records.current().of(KEY).refused is None


def test_a_lost_race_near_the_end_is_no_error() -> None:
    """There all tokens end together, so that the winner's lives no longer than ours."""
    house = House()
    house.put(a_token(minutes(5)))
    house.center.answers = [SessionOver("Over.", "")]
    house.center.before_answer = lambda: house.put(a_token(minutes(5), text="theirs"))

    assert house.refresher.renew(a_session()) is Outcome.DONE_BY_OTHERS
    assert house.records.current().of(KEY).refused is None


def test_failures_that_pass_back_off_and_recover() -> None:
    """Offline: 1, then 2 minutes of pause, the reason is kept, success forgets it."""
    house = House()
    house.put(a_token(minutes(5)))
    house.center.answers = [CannotTell("Offline.", "Wait."), CannotTell("Offline.", "")]

    for pause in (1, 2):
        with pytest.raises(CannotTell):
            house.refresher.renew(a_session())
        retry = house.activities.current().retries[KEY]
        assert retry.not_before == NOON + minutes(pause)
        assert retry.problem.title == "Offline."
    house.refresher.renew(a_session())

    assert house.activities.current().retries == {}


@pytest.mark.parametrize("ahead", [minutes(12), -hours(3)])
def test_a_wrong_clock_is_told(ahead: timedelta) -> None:
    """AWS's own clock tells that ours is wrong; the sign-in goes on as it was."""
    house = House()
    house.put(a_token(minutes(5)))
    house.center.clock_ahead = ahead

    house.settle()

    (status,) = house.monitor.board.sessions
    assert status.phase is Phase.VALID
    assert status.problem == clock_wrong(ahead)


@pytest.mark.parametrize(
    "ahead", [None, minutes(2), -minutes(2), CannotTell("Broke.", "")]
)
def test_no_clock_is_doubted_without_reason(
    ahead: timedelta | TrayError | None,
) -> None:
    """A clock that is right to minutes, or not known, is no problem."""
    house = House()
    house.put(a_token(minutes(5)))
    house.center.clock_ahead = ahead

    house.settle()

    assert house.monitor.board.sessions[0].problem is None


def test_a_clock_that_was_set_right() -> None:
    """What was seen of a clock holds no longer when it was set."""
    house = House()
    house.put(a_token(minutes(5)))
    house.center.clock_ahead = hours(1)
    house.settle()

    house.activities.forget_clocks()
    house.settle()

    assert house.monitor.board.sessions[0].problem is None


def test_a_renewal_that_gains_nothing_is_the_last() -> None:
    """Less than a minute gained: the portal session ends with this token."""
    house = House()
    house.put(a_token(minutes(5)))
    house.center.answers = [minutes(5.5)]

    house.refresher.renew(a_session())

    entry = house.cache.entries[KEY]
    assert house.records.current().of(KEY).final == getattr(entry, "fingerprint", "")
