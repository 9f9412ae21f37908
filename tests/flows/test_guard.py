"""Protected profiles: people are asked first, once for all who wait."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace

import pytest

from tests.builders import NOON, a_profile, a_token, hours, minutes
from tests.fakes.cli import BusyHouse
from tests.flows.house import House
from tests.waiting import until
from tray.core.board import Guarded, NoticeKind
from tray.core.credentials import RoleCredentials
from tray.core.errors import Locked, LoginRequired, Refused
from tray.core.model import Secret
from tray.core.presence import Presence
from tray.core.settings import ProfileSettings, Settings
from tray.flows import waiters
from tray.flows.guard import Guard, Patience
from tray.flows.serving import Served

KEYS = RoleCredentials("A", Secret("key"), Secret("token"), NOON + hours(1))
TERRAFORM = Patience("terraform", minutes(5))
AWS = Patience("aws", minutes(5))


class Place:
    """A house with the protected profile `dev`, signed in to for a day."""

    def __init__(self) -> None:
        self.house = house = BusyHouse()
        self.protect(protected=True)
        profiles = (a_profile("other"), a_profile())
        house.config.config = replace(house.config.config, profiles=profiles)
        house.portal.credentials = [KEYS]
        house.put(a_token(hours(24)))
        house.monitor.tick()

    @property
    def guard(self) -> Guard:
        """Give what stands before the profile."""
        return self.house.serving.guard

    def protect(self, *, protected: bool) -> None:
        """Set what people want."""
        own = ProfileSettings(protected=protected)
        self.house.settings.settings = Settings(profiles={"dev": own})

    def ask(self, patience: Patience | None = TERRAFORM) -> Future[Served]:
        """Ask for it, and look once."""
        future = self.house.serving.ask("dev", patience)
        self.house.monitor.tick()
        return future

    def stands(self) -> Guarded:
        """Give how it stands on the board."""
        self.house.monitor.tick()
        (one,) = self.house.monitor.board.guarded
        return one


@pytest.fixture
def place() -> Iterator[Place]:
    """Give the place, and see that no thread is left."""
    place = Place()
    yield place
    place.house.clock.advance(hours(5))
    place.house.busy.work()


def served(future: Future[Served]) -> bool:
    """Tell whether it came to credentials."""
    return future.result(10).credentials == KEYS


def test_people_are_asked_and_say_yes(place: Place) -> None:
    """One question names program and profile; the answer holds for half an hour."""
    futures = [place.ask() for _ in range(50)]

    (notice,) = place.house.diary.told
    assert notice.kind is NoticeKind.UNLOCK
    assert notice.title == "Unlock 'dev'?"
    assert "'terraform'" in notice.body
    assert not any(future.done() for future in futures)
    assert place.house.portal.fetched == []
    place.guard.unlock("dev")

    assert all(served(future) for future in futures)
    assert place.stands().unlocked_until == NOON + minutes(30)
    assert place.house.diary.withdrawn == ["unlock dev"]
    assert served(place.ask(None))
    assert place.house.diary.deadline is not None
    assert place.house.diary.deadline <= NOON + minutes(30)


def test_the_half_hour_ends(place: Place) -> None:
    """Then it is locked again, and credentials that are at hand are not given."""
    place.guard.unlock("dev")
    assert served(place.ask())
    place.house.clock.advance(minutes(30))

    assert place.stands() == Guarded(a_profile())
    assert isinstance(place.ask(None).exception(10), Locked)


def test_the_clock_is_set_back(place: Place) -> None:
    """Half an hour never becomes three."""
    place.guard.unlock("dev")
    place.house.clock.advance(-hours(3))

    assert not place.guard.is_open("dev")


def test_once_is_for_the_one_that_was_named(place: Place) -> None:
    """Others are asked about next; the same one may ask again within a moment."""
    first, other = place.ask(), place.ask(AWS)
    place.guard.unlock("dev", once=True)
    place.house.monitor.tick()

    assert served(first)
    assert not other.done()
    assert [notice.body.split("'")[1] for notice in place.house.diary.told] == [
        "terraform",
        "aws",
    ]
    assert served(place.ask())
    place.house.clock.advance(minutes(1))
    assert not place.guard.is_open("dev", "terraform")
    place.guard.lock("dev")
    assert isinstance(other.exception(10), Refused)


def test_once_when_nobody_asks_is_nothing(place: Place) -> None:
    """A click on a row that is out of date unlocks nothing."""
    place.guard.unlock("dev", once=True)

    assert not place.guard.is_open("dev")


def test_people_say_no(place: Place) -> None:
    """All who wait get the same sentence, and the question goes."""
    futures = [place.ask() for _ in range(3)]
    place.guard.lock("dev")

    (said,) = {str(future.exception(10)) for future in futures}
    assert said == (
        "The profile 'dev' is protected, and it was not unlocked. "
        "Unlock it in the menu of the tray icon, and try again."
    )
    assert place.stands().notice is None
    assert place.house.diary.withdrawn == ["unlock dev"]


def test_it_is_locked_again(place: Place) -> None:
    """Also for the one that was let in once."""
    place.ask()
    place.guard.unlock("dev", once=True)
    place.guard.unlock("dev")
    place.guard.lock("dev")

    assert not place.guard.is_open("dev", "terraform")


def test_nobody_answers(place: Place) -> None:
    """The wait ends when it was told to, and the question goes."""
    future = place.ask()
    place.house.clock.advance(minutes(5))

    error = future.exception(10)
    assert isinstance(error, Refused)
    assert "in time" in str(error)
    until(lambda: place.stands().notice is None)


def test_nobody_can_be_asked(place: Place) -> None:
    """Without a desktop, or without patience, programs hear at once."""
    assert isinstance(place.ask(None).exception(10), Locked)
    place.guard.asks = False
    error = place.ask().exception(10)

    assert isinstance(error, Locked)
    assert error.exit_status == 1
    assert "sso-tray exec dev -- COMMAND" in error.remedy


def test_people_have_agreed_elsewhere(place: Place) -> None:
    """Whoever was asked on the terminal is not asked again."""
    assert served(place.house.serving.ask("dev", agreed=True))
    assert not place.guard.is_open("dev")


def test_too_many_ask(place: Place) -> None:
    """There is a bound."""
    place.guard.waiters.waiting.extend(
        [waiters.Waiter("other", None, NOON)] * waiters.MOST_WAITING  # type: ignore[arg-type]
    )
    assert isinstance(place.ask().exception(10), Locked)
    place.guard.waiters.waiting.clear()


def test_it_is_held_while_nobody_is_there(place: Place) -> None:
    """Nobody who passes by a locked screen can unlock anything."""
    place.house.presence.presence = Presence(locked=True)
    future = place.ask()

    assert place.house.diary.told == []
    place.house.presence.presence = Presence()
    place.house.monitor.tick()
    assert len(place.house.diary.told) == 1
    place.guard.lock("dev")
    assert isinstance(future.exception(10), Refused)


def test_the_sign_in_is_over_too(place: Place) -> None:
    """After the lock comes the log-in, with what is left of the patience."""
    place.house.cache.entries.clear()
    future = place.ask()
    place.house.clock.advance(minutes(4))
    place.guard.unlock("dev")
    until(lambda: place.house.activities.current().wanted)
    place.house.clock.advance(minutes(1))

    assert isinstance(future.exception(10), LoginRequired)


def test_without_patience_after_the_lock() -> None:
    """Who does not wait is told at once that people must log in."""
    house = House()
    house.config.config = replace(house.config.config, profiles=(a_profile(),))
    future = house.serving.ask("dev", agreed=True)
    house.workers.work()

    assert isinstance(future.exception(0), LoginRequired)


def test_other_profiles_are_served_as_ever(place: Place) -> None:
    """Protection is off unless people ask for it, and takes no place on the board."""
    place.protect(protected=False)

    assert served(place.ask(None))
    assert place.house.monitor.board.guarded == ()
