"""Making sure that a session stays usable: renewed where that helps, else people."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Future
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOON, a_session, a_token, hours, minutes
from tests.fakes.cli import BusyHouse
from tests.waiting import until
from tray.core.board import NoticeKind, Phase, SessionStatus
from tray.core.errors import CannotTell, LoginRequired, SessionOver
from tray.core.settings import Mode, Settings
from tray.flows.broker import Broker
from tray.flows.ensuring import Ensuring, Wish
from tray.flows.guard import Patience

KEY = a_session().cache_key
LONG = Patience("make", minutes(5))


class Place:
    """A house of one session, and its broker as the daemon has it."""

    def __init__(self) -> None:
        self.house = BusyHouse()

    @property
    def asked(self) -> list[str]:
        """What the service was asked."""
        return self.house.center.asked

    def ends(self, left: timedelta) -> None:
        """Let the sign-in end so long from now, by the person's own setting."""
        house = self.house
        house.settings.settings = replace(
            house.settings.settings, session_duration=hours(8)
        )
        began = house.clock.now() + left - hours(8)
        house.records.change(KEY, lambda r: replace(r, logged_in_at=began))

    def tick(self) -> None:
        """Look once, and let those who wait see it."""
        self.house.monitor.tick()
        board, now = self.house.monitor.board, self.house.clock.now()
        self.house.serving.broker.show(board, now)

    def ask(
        self, length: timedelta, patience: Patience | None = None
    ) -> Future[SessionStatus]:
        """Ask for the only session."""
        return self.house.verbs.ensure("corp", length, "dev", patience)

    def wait(self, length: timedelta) -> Future[SessionStatus]:
        """Ask, and see that it waits for people."""
        sure = self.ask(length, LONG)
        assert self.house.activities.current().wanted
        assert not sure.done()
        return sure


@pytest.fixture
def place() -> Iterator[Place]:
    """Give the place, and see that no thread is left."""
    place = Place()
    yield place
    place.house.clock.advance(hours(90))
    place.house.busy.work()


def test_what_lasts_is_left_alone(place: Place) -> None:
    """Nothing is asked when the token itself lasts long enough."""
    place.house.put(a_token(hours(1)))

    assert place.ask(minutes(15)).result(0).expires_at == NOON + hours(1)
    assert place.asked == []


def test_a_known_end_that_is_far_is_enough(place: Place) -> None:
    """A token of half an hour is no reason to ask, for it renews itself till then."""
    place.house.put(a_token(minutes(30)))
    place.ends(hours(4))

    assert place.ask(hours(3)).result(0).ends_at == NOON + hours(4)
    assert place.asked == []


def test_a_due_renewal_is_made(place: Place) -> None:
    """What is due is renewed, and then it lasts."""
    place.house.put(a_token(minutes(10)))
    place.ends(hours(4))

    assert place.ask(minutes(15)).result(0).expires_at == NOON + hours(1)
    assert place.asked == ["refresh"]


def test_an_unknown_end_is_looked_into_once(place: Place) -> None:
    """A renewal shows that the sign-in is there; a token that is new shows it too."""
    place.house.put(a_token(minutes(30)))
    place.house.records.change(KEY, lambda r: replace(r, token_life=hours(1)))

    assert place.ask(hours(2)).result(0).usable
    assert place.ask(hours(2)).result(0).usable
    assert place.asked == ["refresh"]


def test_a_refusal_shows_that_it_is_over(place: Place) -> None:
    """Whoever trusted it hears the truth before something long begins."""
    place.house.put(a_token(minutes(30)))
    place.house.center.answers = [SessionOver("The sign-in has ended.", "Log in.")]

    with pytest.raises(LoginRequired, match="corp ends at 12:30, but is needed"):
        place.ask(hours(2))


def test_weather_is_no_end(place: Place) -> None:
    """Offline nobody knows; but what is known to last is relied on."""
    weather = CannotTell("Offline.", "Try again later.")
    place.house.center.answers = [weather, weather]
    place.house.put(a_token(minutes(10)))
    assert place.ask(minutes(5)).result(0).usable

    place.house.put(a_token(-minutes(1)))
    with pytest.raises(CannotTell):
        place.ask(minutes(5))


@pytest.mark.parametrize("refreshable", [False, True])
def test_a_sign_in_that_ends_too_soon(place: Place, *, refreshable: bool) -> None:
    """No renewal can help; the way out is told, and nothing is asked in vain."""
    place.house.put(a_token(hours(1), refreshable=refreshable))
    place.ends(hours(1))

    with pytest.raises(LoginRequired) as told:
        place.ask(hours(2))

    assert told.value.title == "corp ends at 13:00, but is needed until 14:00."
    assert "sso-tray login --fresh --session corp" in told.value.remedy
    assert place.asked == []


def test_people_are_asked_and_it_goes_on(place: Place) -> None:
    """One notice says what for; the log-in of anybody releases the one who waits."""
    sure = place.wait(hours(2))
    place.tick()

    (notice,) = place.house.diary.told
    assert notice.kind is NoticeKind.WANTED
    place.house.put(a_token(hours(1)))
    place.tick()
    assert sure.result(0).usable


def test_people_are_asked_while_it_still_works(place: Place) -> None:
    """A sign-in that ends too soon is told as that; a new one releases."""
    place.house.put(a_token(hours(1)))
    place.tick()
    place.ends(hours(1))
    sure = place.wait(hours(2))
    place.tick()

    (notice,) = [n for n in place.house.diary.told if n.kind is NoticeKind.WANTED]
    assert notice.title == "corp ends too soon"
    assert "needs it until 14:00, and it ends at 13:00" in notice.body
    place.tick()
    assert not sure.done()
    place.ends(hours(8))
    place.tick()
    assert sure.result(0).ends_at == NOON + hours(8)


def test_a_log_in_that_changes_nothing(place: Place) -> None:
    """A new token of the old sign-in is no new sign-in, and that is told."""
    place.house.put(a_token(hours(1)))
    place.tick()
    place.ends(hours(1))
    sure = place.wait(hours(2))
    place.house.activities.begin_login(KEY)
    place.tick()
    assert place.house.monitor.board.sessions[0].phase is Phase.LOGGING_IN
    place.house.activities.end_login(KEY)
    place.tick()

    assert "--fresh" in str(sure.exception(0))


def test_who_waits_for_now_only_is_not_held_up(place: Place) -> None:
    """A short wish is released by what does not do for a long one."""
    short, long = place.wait(minutes(5)), place.wait(hours(3))
    place.house.put(a_token(hours(1), refreshable=False))
    place.tick()

    assert short.result(0).usable
    assert not long.done() or isinstance(long.exception(0), LoginRequired)


def test_a_log_in_under_way_is_joined(place: Place) -> None:
    """Somebody who is at it already is waited for; nothing is renewed meanwhile."""
    place.house.activities.begin_login(KEY)
    sure = place.wait(minutes(15))
    place.house.put(a_token(hours(1)))
    place.house.activities.end_login(KEY)
    place.tick()

    assert sure.result(0).usable
    assert place.asked == []


@pytest.mark.parametrize("mode", [Mode.SILENT, Mode.MANUAL])
def test_where_nobody_is_asked(place: Place, mode: Mode) -> None:
    """Who wants no prompts gets none, and whoever asks hears at once."""
    place.house.settings.settings = Settings(mode=mode)
    sure = place.ask(hours(1), LONG)
    place.tick()

    assert isinstance(sure.exception(0), LoginRequired)


def test_nobody_comes(place: Place) -> None:
    """The wait ends when it was told to."""
    sure = place.wait(hours(1))
    place.house.clock.advance(minutes(5))

    assert isinstance(sure.exception(10), LoginRequired)
    until(lambda: not place.house.activities.current().wanted)


def test_a_session_that_has_gone_from_the_config(place: Place) -> None:
    """Somebody edits the config while we look: then nobody is logged in there."""
    house = place.house
    wish_of_nobody = Ensuring(
        lambda: replace(house.verbs.board(), sessions=()),
        house.clock,
        house.refresher,
        house.records,
        Broker(house.clock, house.activities, house.workers, lambda: None),
    )
    with pytest.raises(LoginRequired):
        wish_of_nobody.ask(Wish(a_session(), hours(1)), None)
