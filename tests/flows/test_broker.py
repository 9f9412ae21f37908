"""Programs that wait for people: asked once, released together."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOON, a_profile, a_session, a_token, hours, minutes
from tests.fakes.cli import BusyHouse
from tests.waiting import until
from tray.core.board import NoticeKind
from tray.core.credentials import RoleCredentials
from tray.core.errors import CannotTell, LoginRequired
from tray.core.model import Secret
from tray.core.settings import Mode, Settings
from tray.flows import waiters as rules
from tray.flows.guard import Patience
from tray.flows.serving import Forgetting, Served

CORP = a_session()
KEYS = RoleCredentials("A", Secret("key"), Secret("token"), NOON + hours(1))
LONG = Patience("terraform", minutes(5))


class Place:
    """The house with the views that the daemon gives it; nobody is logged in."""

    def __init__(self) -> None:
        self.house = house = BusyHouse()
        house.config.config = replace(house.config.config, profiles=(a_profile(),))
        house.portal.credentials = [KEYS]
        self.views = (Forgetting(house.serving.forget), house.serving.broker)
        self.tick()

    def tick(self) -> None:
        """Look once, and let the views see it."""
        self.house.monitor.tick()
        for view in self.views:
            view.show(self.house.monitor.board, self.house.clock.now())

    def ask(self, patience: Patience | None = LONG) -> Future[Served]:
        """Ask for the profile `dev`, until it is known that it must wait."""
        future = self.house.serving.ask("dev", patience)
        waits = self.house.activities.current
        until(lambda: future.done() or waits().wanted)
        return future

    def wanted(self) -> bool:
        """Tell whether anybody waits."""
        return bool(self.house.activities.current().wanted)


@pytest.fixture
def place() -> Iterator[Place]:
    """Give the place, and see that no thread is left."""
    place = Place()
    yield place
    place.house.clock.advance(hours(5))
    place.house.busy.work()


def test_people_are_asked_once_and_all_go_on(place: Place) -> None:
    """Five hundred callers: one prompt that names the first, one log-in for all."""
    futures = [place.ask() for _ in range(500)]
    until(lambda: len(place.house.serving.broker.waiters.waiting) == 500)
    place.tick()
    place.tick()

    (notice,) = place.house.diary.told
    assert notice.kind is NoticeKind.WANTED
    assert "terraform" in notice.body
    assert "'dev'" in notice.body
    place.house.put(a_token(hours(1)))
    place.tick()

    served = {future.result(10).credentials for future in futures}
    assert served == {KEYS}
    assert place.house.portal.fetched == ["dev"]
    place.tick()
    assert place.house.diary.withdrawn == ["sign-ins"]
    assert not place.wanted()


def test_a_log_in_of_ours_releases_them_too(place: Place) -> None:
    """The button of the prompt does what people expect."""
    future = place.ask()
    place.tick()

    place.house.verbs.login("corp")
    until(lambda: place.house.cache.entries)
    until(lambda: not place.house.activities.current().logging_in)
    place.tick()

    assert future.result(10).credentials == KEYS


def test_a_log_in_that_comes_to_nothing(place: Place) -> None:
    """Who turned it down, or let it pass, has answered for all who wait."""
    futures = [place.ask() for _ in range(3)]
    place.tick()
    place.house.activities.begin_login(CORP.cache_key)
    place.tick()
    assert not any(future.done() for future in futures)
    place.house.activities.end_login(CORP.cache_key)
    place.tick()

    said = {str(future.exception(10)) for future in futures}
    assert said == {
        "Nobody is logged in to corp. Log in with: sso-tray login --session corp"
    }


def test_nobody_comes(place: Place) -> None:
    """The wait ends when it was told to, and the prompt goes."""
    future = place.ask()
    place.tick()
    place.house.clock.advance(minutes(5))

    assert isinstance(future.exception(10), LoginRequired)
    until(lambda: not place.wanted())
    place.tick()
    assert place.house.diary.withdrawn == ["sign-ins"]


def test_the_clock_goes_back(place: Place) -> None:
    """A wait never becomes hours: when time makes no sense, it ends."""
    future = place.ask()
    place.house.clock.advance(-hours(3))

    assert isinstance(future.exception(10), LoginRequired)


@pytest.mark.parametrize("mode", [Mode.SILENT, Mode.MANUAL])
def test_where_nobody_is_asked_nobody_waits(place: Place, mode: Mode) -> None:
    """People who want no prompts get none, and programs hear at once."""
    place.house.settings.settings = Settings(mode=mode)
    future = place.ask()
    place.tick()

    assert isinstance(future.exception(10), LoginRequired)
    assert place.house.diary.told == []


def test_a_snoozed_session_is_not_asked_about(place: Place) -> None:
    """Who wants to hear nothing for a while is not asked by programs either."""
    place.house.verbs.snooze("corp", hours(1))
    future = place.ask()
    place.tick()

    assert isinstance(future.exception(10), LoginRequired)
    assert place.house.diary.told == []


def test_the_browser_opens_once_in_that_mode(place: Place) -> None:
    """`open` opens it for a program too, one for all of them."""
    place.house.settings.settings = Settings(mode=Mode.OPEN)
    futures = [place.ask() for _ in range(20)]
    place.tick()
    place.tick()

    assert place.house.diary.opened == ["corp"]
    assert not any(future.done() for future in futures)


def test_without_patience_nobody_is_asked(place: Place) -> None:
    """Who does not want to wait is told at once, and no prompt is made."""
    future = place.ask(None)

    assert isinstance(future.exception(10), LoginRequired)
    assert not place.wanted()


def test_weather_is_not_waited_for(place: Place) -> None:
    """Only a log-in is: all else is told as it is."""
    place.house.put(a_token(hours(1)))
    place.house.portal.credentials = [CannotTell("Offline.", "")]

    assert isinstance(place.ask().exception(10), CannotTell)


def test_it_fails_after_the_log_in(place: Place) -> None:
    """What the portal says then is what the program is told; it waits only once."""
    place.house.portal.credentials = [CannotTell("Offline.", "")]
    future = place.ask()
    place.tick()
    place.house.put(a_token(hours(1)))
    place.tick()

    assert isinstance(future.exception(10), CannotTell)


def test_too_many_wait(place: Place) -> None:
    """There is a bound; who comes after it is told to log in."""
    broker = place.house.serving.broker
    patience = timedelta(minutes=5)
    futures = [
        broker.wait(CORP, "x", "dev", patience) for _ in range(rules.MOST_WAITING)
    ]

    late = broker.wait(CORP, "x", "dev", patience)

    assert late.result(0) is False
    assert not any(future.done() for future in futures)


def test_it_costs_nothing_when_nobody_waits(place: Place) -> None:
    """The thread that watches the time ends with the last who waits."""
    future = place.ask()
    place.house.clock.advance(hours(1))
    future.exception(10)

    until(lambda: not place.house.serving.broker.waiters.watched)
    time.sleep(0.05)
    assert not any(thread.is_alive() for thread in place.house.busy.threads)


def test_sessions_do_not_mix(place: Place) -> None:
    """A log-in to one session releases those who wait for it, and no others."""
    other = a_session("other")
    config = place.house.config.config
    place.house.config.config = replace(config, sessions=(CORP, other))
    broker = place.house.serving.broker
    one = broker.wait(CORP, "x", "dev", minutes(5))
    two = broker.wait(other, "x", "dev", minutes(5))
    place.tick()

    place.house.put(a_token(hours(1)))
    place.tick()

    assert one.result(0) is True
    assert not two.done()


def test_without_a_desktop_nobody_waits(place: Place) -> None:
    """Where no notice can be shown, programs hear at once."""
    place.house.serving.broker.asks = False
    future = place.ask()

    assert isinstance(future.exception(10), LoginRequired)
