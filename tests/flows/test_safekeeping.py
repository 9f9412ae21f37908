"""Tokens rest where people want them: in their files, or in the keyring alone."""

from __future__ import annotations

from tests.builders import a_session, a_token, minutes
from tests.fakes.keystore import DictSafe
from tests.flows.house import House
from tray.core.settings import SessionSettings, Settings, Storage
from tray.flows.safekeeping import Safekeeping

CORP = a_session()
KEY = CORP.cache_key
STRICT = Settings(sessions={"corp": SessionSettings(storage=Storage.STRICT)})


class Place:
    """A house signed in to corp, and somebody who is told."""

    def __init__(self, settings: Settings = STRICT) -> None:
        self.house, self.safe = House(), DictSafe(files={KEY})
        self.told: list[tuple[str, str]] = []
        self.house.settings.settings = settings
        self.house.put(a_token())
        self.keeping = Safekeeping(
            self.house.clock,
            self.house.settings,
            self.safe,
            self.house.locks,
            self.house.workers,
            self.house.schedule.soon,
            self,
        )

    def tell(self, title: str, body: str) -> None:
        """Note it."""
        self.told.append((title, body))

    def look(self) -> None:
        """Look once, and let the workers work."""
        self.house.monitor.tick()
        self.keeping.show(self.house.monitor.board, self.house.clock.now())
        self.house.workers.work()


def test_a_strict_token_goes_into_the_keyring() -> None:
    """Under both locks of a renewal; then nothing more is done."""
    place = Place()
    place.look()

    assert (place.safe.files, place.safe.kept) == (set(), {KEY})
    assert place.house.locks.held == [KEY, f"{KEY}.asking"]
    soons = place.house.diary.soons
    place.look()
    assert place.house.diary.soons == soons
    assert place.told == []


def test_a_shared_one_stays_and_comes_back() -> None:
    """Without the setting nothing moves; without it any more, the token moves back."""
    place = Place(Settings())
    place.look()
    assert place.safe.files == {KEY}

    place.safe.files, place.safe.kept = set(), {KEY}
    place.look()
    assert (place.safe.files, place.safe.kept) == ({KEY}, set())


def test_a_locked_keyring_is_told_once() -> None:
    """The file stays; it is tried again after a while, and said no second time."""
    place = Place()
    place.safe.locked = True
    place.look()
    place.look()

    assert place.safe.files == {KEY}
    assert place.told == [
        (
            "The token of corp stays in its file: Locked.",
            "Unlock the keyring, or set storage = 'shared'. It is tried again later.",
        )
    ]
    place.house.clock.advance(minutes(10))
    place.look()
    assert len(place.told) == 1
    place.house.clock.advance(minutes(10))
    place.safe.locked = False
    place.look()
    assert place.safe.kept == {KEY}


def test_a_way_back_that_is_barred_is_told() -> None:
    """The token stays in the keyring."""
    place = Place(Settings())
    place.safe.files, place.safe.kept, place.safe.locked = set(), {KEY}, True
    place.look()

    assert place.safe.kept == {KEY}
    assert "can't be put back" in place.told[0][0]


def test_two_looks_are_one_move() -> None:
    """While a token moves, nobody else moves it."""
    place = Place()
    place.house.monitor.tick()
    for _ in range(3):
        place.keeping.show(place.house.monitor.board, place.house.clock.now())

    assert len(place.house.workers.jobs) == 1


class Changing(DictSafe):
    """A safe during whose work people change their minds."""

    def __init__(self, place: Place) -> None:
        super().__init__(files={KEY})
        self.place = place

    def keep(self, key: str) -> None:
        """Move it, and have the setting changed."""
        super().keep(key)
        self.place.house.settings.settings = Settings()


def test_people_change_their_minds_meanwhile() -> None:
    """What was asked for last is what is done, though no look comes between."""
    place = Place()
    place.keeping.safe = safe = Changing(place)
    place.look()

    assert (safe.files, safe.kept) == ({KEY}, set())


class Stubborn(DictSafe):
    """A safe that moves nothing, as when a file holds no token."""

    def keep(self, key: str) -> None:
        """Leave it."""
        assert key


def test_what_can_not_be_moved_is_left() -> None:
    """It is not tried without end."""
    place = Place()
    place.keeping.safe = safe = Stubborn({KEY})
    place.look()

    assert safe.files == {KEY}


def test_a_single_command_does_it_at_its_end() -> None:
    """Without a daemon too, and what fails is no failure of the command."""
    place = Place()
    place.keeping.teller = None
    place.safe.locked = True
    place.keeping.settle_all([CORP])
    assert place.safe.files == {KEY}
    place.safe.locked = False
    place.keeping.settle_all([CORP, a_session("other")])

    assert place.safe.kept == {KEY}
