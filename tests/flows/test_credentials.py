"""Role credentials: one request for all who ask, and never too old."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import datetime, timedelta

import pytest

from tests.builders import NOON, a_profile, a_session, hours, minutes
from tests.fakes.basics import FakeClock, QueuedWorkers
from tests.fakes.center import ScriptedPortal
from tray.core.credentials import RoleCredentials
from tray.core.errors import CannotTell, Refused, SessionOver, TrayError
from tray.core.holdings import Held
from tray.core.model import Secret
from tray.core.rolekeys import RoleKey
from tray.flows.credentials import Credentials

CORP, DEV = a_session(), a_profile()
OFFLINE = CannotTell("Offline.", "Wait.")


def keys(name: str, ends: datetime) -> RoleCredentials:
    """Give credentials that end then."""
    return RoleCredentials(name, Secret(f"key {name}"), Secret(f"token {name}"), ends)


class House:
    """Credentials over fakes."""

    def __init__(self, *answers: RoleCredentials | TrayError) -> None:
        self.clock, self.workers = FakeClock(), QueuedWorkers()
        self.portal = ScriptedPortal(credentials=list(answers))
        self.credentials = Credentials(self.clock, self.portal, self.workers)

    def ask(self) -> Future[RoleCredentials]:
        """Ask for the profile `dev`."""
        return self.credentials.ask(CORP, DEV)

    def get(self) -> str:
        """Ask, let the workers work, and give the name of what came."""
        future = self.ask()
        while self.workers.jobs:
            self.workers.work()
        return future.result(0).access_key_id


def test_one_request_for_all() -> None:
    """However many ask at once, AWS is asked once, and all get the same."""
    house = House(keys("A", NOON + hours(1)))

    futures = [house.ask() for _ in range(500)]
    house.workers.work()

    assert {future.result(0).access_key_id for future in futures} == {"A"}
    assert house.portal.fetched == ["dev"]
    assert house.workers.jobs == []


def test_what_is_held_is_given_without_asking() -> None:
    """While they are good for long, nobody is asked."""
    house = House(keys("A", NOON + hours(1)))
    assert house.credentials.at_hand(CORP, DEV) is None
    house.get()
    house.clock.advance(minutes(39))

    assert house.ask().result(0).access_key_id == "A"
    assert house.credentials.at_hand(CORP, DEV) == keys("A", NOON + hours(1))
    assert house.portal.fetched == ["dev"]
    held = Held(NOON + hours(1), NOON + minutes(40))
    assert house.credentials.holdings() == {RoleKey.of(CORP, DEV): held}
    assert house.credentials.held(CORP, DEV) == held


def test_new_ones_come_while_the_old_are_given() -> None:
    """Below 20 minutes the next are fetched; nobody waits for them yet."""
    house = House(keys("A", NOON + hours(1)), keys("B", NOON + hours(2)))
    house.get()
    house.clock.advance(minutes(42))

    assert house.credentials.at_hand(CORP, DEV) is None
    assert house.ask().result(0).access_key_id == "A"
    assert house.get() == "A"
    assert house.get() == "B"
    assert house.portal.fetched == ["dev", "dev"]


def test_below_fifteen_minutes_people_wait_for_the_next() -> None:
    """What an SDK would ask for again at once is never given."""
    house = House(keys("A", NOON + hours(1)), keys("B", NOON + hours(2)))
    house.get()
    house.clock.advance(minutes(45))

    future = house.ask()
    assert not future.done()
    house.workers.work()

    assert future.result(0).access_key_id == "B"


def test_short_lived_ones_are_not_fetched_at_each_use() -> None:
    """Where AWS grants only ten minutes, a third of them is the lead."""
    house = House(keys("A", NOON + minutes(10)), keys("B", NOON + minutes(20)))
    house.get()
    house.clock.advance(minutes(6))

    assert house.get() == "A"
    assert house.portal.fetched == ["dev"]
    house.clock.advance(minutes(2))
    assert house.get() == "B"


def test_weather_while_the_old_still_work() -> None:
    """When new ones can't be had now, what still works is better than an error."""
    house = House(keys("A", NOON + hours(1)), OFFLINE)
    house.get()
    house.clock.advance(minutes(50))

    assert house.get() == "A"
    assert house.get() == "A"
    assert house.portal.fetched == ["dev", "dev"]
    house.clock.advance(minutes(11))
    with pytest.raises(CannotTell, match="Offline"):
        house.get()


@pytest.mark.parametrize("error", [Refused("No access.", ""), SessionOver("Over.", "")])
def test_a_refusal_ends_what_was_held(error: TrayError) -> None:
    """A role that was taken away is not given from memory."""
    house = House(keys("A", NOON + hours(1)), error)
    house.get()
    house.clock.advance(minutes(46))

    with pytest.raises(type(error)):
        house.get()
    assert house.credentials.holdings() == {}


def test_a_failure_is_not_asked_for_again_at_once() -> None:
    """A program that tries in a loop makes one request in five seconds."""
    house = House(OFFLINE)
    for _ in range(100):
        with pytest.raises(CannotTell):
            house.get()

    assert house.portal.fetched == ["dev"]
    house.clock.advance(timedelta(seconds=6))
    with pytest.raises(CannotTell):
        house.get()
    assert house.portal.fetched == ["dev", "dev"]


def test_the_clock_goes_back_after_a_failure() -> None:
    """The pause after a failure never becomes hours."""
    house = House(OFFLINE, keys("A", NOON + hours(1)))
    with pytest.raises(CannotTell):
        house.get()
    house.clock.advance(-hours(3))

    assert house.get() == "A"


def test_a_fault_of_our_own() -> None:
    """Whatever breaks, nobody waits for ever."""
    house = House()
    future = house.ask()

    with pytest.raises(IndexError):
        house.workers.work()

    with pytest.raises(TrayError, match="broke off"):
        future.result(0)


def test_a_log_out_drops_them() -> None:
    """After a log-out, or a log-in of somebody else, nothing old is given."""
    house = House(keys("A", NOON + hours(1)), keys("B", NOON + hours(1)))
    other = a_session("other")
    house.get()

    house.credentials.drop(other.cache_key)
    assert house.get() == "A"
    house.credentials.drop(CORP.cache_key)

    assert house.credentials.holdings() == {}
    assert house.get() == "B"


def test_a_log_out_in_the_middle() -> None:
    """What was asked for before a log-out is not kept after it."""
    house = House(keys("A", NOON + hours(1)), keys("B", NOON + hours(1)))
    before = house.ask()
    house.credentials.drop(CORP.cache_key)
    after = house.ask()
    house.workers.work()
    house.workers.work()

    assert before.result(0).access_key_id == "A"
    assert after.result(0).access_key_id == "B"
    assert house.get() == "B"


def test_a_failure_from_before_a_log_out() -> None:
    """A failure that comes after a log-out tells those who waited, and no others."""
    house = House(OFFLINE, keys("B", NOON + hours(1)))
    before = house.ask()
    house.credentials.drop(CORP.cache_key)
    house.workers.work()

    with pytest.raises(CannotTell):
        before.result(0)
    assert house.get() == "B"


def test_a_failure_is_forgotten_with_a_log_out() -> None:
    """Who has just logged in anew does not hear of what failed before."""
    house = House(OFFLINE, keys("A", NOON + hours(1)))
    with pytest.raises(CannotTell):
        house.get()
    house.credentials.drop(CORP.cache_key)

    assert house.get() == "A"
