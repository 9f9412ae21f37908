"""What the table of refusals says is what becomes of a session."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import NOON, a_session, a_token, hours, minutes
from tests.flows.house import House
from tray.core.errors import TrayError
from tray.core.model import CachedToken
from tray.core.refusals import Again, Cause, Told, refusal, verdict

CORP = a_session()
KEY = CORP.cache_key
RENEWALS = sorted(set(Cause) - {Cause.PENDING, Cause.CODE_EXPIRED, Cause.CODE_REFUSED})


def refused(cause: Cause) -> tuple[House, TrayError]:
    """Give a house in which a due renewal was refused for this cause, and why."""
    error = refusal(cause, Told(CORP, "oidc.eu-west-1.amazonaws.com", "HTTP 418"))
    house = House()
    house.put(a_token(minutes(10), life=hours(1)))
    house.center.answers = [error] * 50
    house.settle()
    return house, error


@pytest.mark.parametrize("cause", RENEWALS)
def test_the_reason_shows_in_one_tick(cause: Cause) -> None:
    """What AWS or the network said can be read at the very next look."""
    house, error = refused(cause)
    (status,) = house.monitor.board.sessions

    assert status.usable
    if verdict(error).again is Again.NEVER:
        assert status.ends_at == NOON + minutes(10)
    else:
        assert status.problem is not None
        assert (status.problem.title, status.problem.remedy) == error.args


@pytest.mark.parametrize("cause", RENEWALS)
def test_it_stands_as_the_table_says(cause: Cause) -> None:
    """Once the token has ended, phase and need are those of the table."""
    house, error = refused(cause)

    house.clock.at = NOON + minutes(11)
    house.monitor.tick()
    (status,) = house.monitor.board.sessions

    assert status.phase is verdict(error).phase
    assert status.needs is verdict(error).needs


@pytest.mark.parametrize("cause", RENEWALS)
def test_it_is_asked_again_as_the_table_says(cause: Cause) -> None:
    """Never, seldom, or with growing pauses: counted over an hour."""
    house, error = refused(cause)

    for minute in range(60):
        house.clock.at = NOON + minutes(minute)
        house.settle()

    tries = {Again.NEVER: (1, 1), Again.SELDOM: (4, 5), Again.BACK_OFF: (6, 8)}
    least, most = tries[verdict(error).again]
    assert least <= len(house.center.asked) <= most


def test_the_network_comes_back() -> None:
    """What waits out a failure is tried at once; should it fail, pauses begin anew."""
    house, _ = refused(Cause.OFFLINE)
    house.clock.advance(minutes(0.5))

    house.activities.hurry(house.clock.now())
    house.settle()

    assert house.center.asked == ["refresh"] * 2
    retry = house.activities.current().retries[KEY]
    assert retry.not_before == house.clock.now() + minutes(1)


@pytest.mark.parametrize("touch", ["config", "settings", "token"])
def test_a_file_changes(touch: str) -> None:
    """An edited config, setting or token is a reason to try again at once."""
    house, _ = refused(Cause.WRONG_REGION)
    house.clock.advance(minutes(2))
    if touch == "config":
        house.config.config = replace(house.config.config)
    elif touch == "settings":
        house.settings.settings = replace(house.settings.settings)
    else:
        house.put(a_token(minutes(9), life=hours(1), text="theirs"))

    house.settle()

    assert house.center.asked == ["refresh"] * 2


def test_somebody_else_has_renewed() -> None:
    """A token that is not due any more has no failure: none shows, none waits."""
    house, _ = refused(Cause.OFFLINE)
    house.clock.advance(minutes(2))
    house.put(a_token(minutes(60), life=hours(1), now=house.clock.now(), text="b"))

    house.settle()

    assert house.center.asked == ["refresh"]
    assert house.monitor.board.sessions[0].problem is None


def test_the_token_vanishes_while_a_retry_waits() -> None:
    """A log-out elsewhere is no failure of ours."""
    house, _ = refused(Cause.OFFLINE)
    del house.cache.entries[KEY]

    house.settle()

    assert house.center.asked == ["refresh"]
    assert house.monitor.board.sessions[0].problem is None


def test_the_same_token_written_again_is_no_reason() -> None:
    """A program that rewrites the same file each second makes no requests."""
    house, _ = refused(Cause.OFFLINE)
    for second in range(30):
        house.clock.advance(minutes(1) / 60)
        entry = house.cache.entries[KEY]
        assert isinstance(entry, CachedToken)
        house.put(replace(entry, written_at=NOON + minutes(second / 60)))
        house.settle()

    assert house.center.asked == ["refresh"]


def test_the_clock_goes_back_while_a_retry_waits() -> None:
    """A pause that would now last for hours does not hold."""
    house, _ = refused(Cause.OFFLINE)
    house.clock.advance(-hours(5))
    house.put(a_token(minutes(10), life=hours(1), now=house.clock.now(), text="b"))

    house.settle()

    assert house.center.asked == ["refresh"] * 2
