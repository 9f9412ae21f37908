"""The keyring: a restart costs no request, and a bad keyring costs nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import NOON, a_profile, a_session, a_token, hours, minutes
from tests.fakes.keystore import DictKeystore
from tests.flows.house import House
from tray.core.credentials import Fetched, RoleCredentials, kept_form, read_kept
from tray.core.memory import ROLES_KEPT, SessionRecord, keep
from tray.core.model import Secret
from tray.core.rolekeys import RoleKey
from tray.flows.keeping import Keeping, KeepingEdges
from tray.flows.records import Records

CORP, DEV = a_session(), a_profile()
KEPT = (
    '{"version": 1, "signed_in": null, "access_key_id": "", "secret_access_key": "", '
    '"session_token": "", "fetched_at": %s, "expiration": %s}'
)
NAME = RoleKey.of(CORP, DEV).name


def keys(name: str, ends: float = 60) -> RoleCredentials:
    """Give credentials that end so many minutes after noon."""
    secret, token = Secret(f"key {name}"), Secret(f"token {name}")
    return RoleCredentials(name, secret, token, NOON + minutes(ends))


class Place:
    """Keeping over fakes; corp is signed in."""

    def __init__(self) -> None:
        self.house, self.keystore = House(), DictKeystore()
        self.house.put(a_token(hours(1), life=hours(1)))
        self.house.portal.credentials = [keys("A"), keys("B", 120)]
        self.start()

    def start(self) -> None:
        """Start the program anew: only the store and the keyring are left."""
        house = self.house
        edges = KeepingEdges(house.clock, house.cache, self.keystore, house.workers)
        self.records = Records(house.store)
        self.keeping = Keeping(house.portal, edges, self.records)

    def get(self) -> str:
        """Ask once, and let what follows happen."""
        found = self.keeping.role_credentials(CORP, DEV).access_key_id
        self.house.workers.work()
        return found


def test_a_restart_costs_no_request() -> None:
    """What was fetched before is there after a restart."""
    place = Place()
    assert place.get() == "A"
    place.start()

    assert place.get() == "A"
    assert place.house.portal.fetched == ["dev"]
    assert list(place.keystore.entries) == [NAME]


def test_what_is_too_old_is_fetched_anew() -> None:
    """Below 20 minutes the keyring's are not given; the new ones take their place."""
    place = Place()
    place.get()
    place.house.clock.advance(minutes(41))
    place.start()

    assert place.get() == "B"
    place.start()
    assert place.get() == "B"
    assert place.house.portal.fetched == ["dev", "dev"]


def test_another_sign_in_gets_none_of_it() -> None:
    """Somebody who logs in later, by any tool, never gets the one's before."""
    place = Place()
    place.get()
    place.house.clock.advance(minutes(30))
    place.house.put(a_token(hours(1), text="new", now=place.house.clock.now()))
    place.start()

    assert place.get() == "B"


def test_the_answer_does_not_wait_for_the_keyring() -> None:
    """It is given before anything is written."""
    place = Place()

    place.keeping.role_credentials(CORP, DEV)

    assert place.keystore.asked == []


def test_a_locked_keyring_costs_only_persistence() -> None:
    """Credentials are fetched as ever, and the keyring is left alone for a while."""
    place = Place()
    place.keystore.locked = True
    place.house.portal.credentials = [keys("A")]

    assert [place.get() for _ in range(5)] == ["A"] * 5
    assert len(place.keystore.asked) == 1
    place.house.clock.advance(minutes(11))
    place.keystore.locked = False
    assert place.get() == "A"
    assert len(place.keystore.asked) == 3


def test_a_keyring_that_locks_later() -> None:
    """What it holds can't be read now: it is fetched, and nothing is lost."""
    place = Place()
    place.get()
    place.keystore.locked = True
    place.start()

    assert place.get() == "B"
    assert NAME in place.keystore.entries


def test_a_log_out_empties_the_keyring() -> None:
    """Nothing is left of a sign-in that is over, and then there is nothing to do."""
    place = Place()
    place.get()

    place.keeping.drop(CORP.cache_key)
    place.house.workers.work()
    place.keeping.drop(CORP.cache_key)

    assert place.keystore.entries == {}
    assert place.house.workers.jobs == []
    assert place.records.current().of(CORP.cache_key).kept == ()


def test_what_could_not_be_removed_is_removed_later() -> None:
    """A keyring that is locked at the log-out is emptied at the next occasion."""
    place = Place()
    place.get()
    place.keystore.locked = True
    place.keeping.drop(CORP.cache_key)
    place.house.workers.work()
    assert NAME in place.keystore.entries
    place.keystore.locked = False

    asked = len(place.keystore.asked)
    place.keeping.drop(CORP.cache_key)
    place.house.workers.work()
    assert len(place.keystore.asked) == asked  # it is left alone for a while
    place.house.clock.advance(minutes(11))
    place.keeping.drop(CORP.cache_key)
    place.house.workers.work()

    assert place.keystore.entries == {}


def test_a_log_in_in_the_middle_is_not_overtaken() -> None:
    """What comes late for the sign-in before is not kept as the new one's."""
    place = Place()
    place.keeping.role_credentials(CORP, DEV)
    place.records.change(
        CORP.cache_key, lambda record: replace(record, logged_in_at=NOON)
    )
    place.house.workers.work()

    assert place.keystore.entries == {}


def test_nothing_is_kept_of_nobody() -> None:
    """Without a token in the cache the portal is asked all the same, and says why."""
    place = Place()
    place.house.cache.entries.clear()

    assert place.get() == "A"


def test_entries_that_vanished() -> None:
    """A keyring that was emptied by hand is filled again."""
    place = Place()
    place.get()
    place.keystore.entries.clear()
    place.start()

    assert place.get() == "B"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 2, "signed_in": null}',
        '{"version": 1, "signed_in": null}',
        '{"version": 1, "signed_in": "2026-03-02T12:00:00Z"}',
        KEPT % ('"x"', '"2026-03-02T12:00:00Z"'),
        KEPT % ('"2026-03-02T12:00:00Z"', '"2026-03-02"'),
        KEPT % ("7", "7"),
    ],
)
def test_entries_that_are_not_ours(text: str) -> None:
    """Whatever somebody wrote there, it is as if there was nothing."""
    assert read_kept(Secret(text), None) is None


def test_what_is_kept_comes_back_whole() -> None:
    """Keys and times are the same after the keyring."""
    fetched = Fetched(keys("A"), NOON)

    assert read_kept(kept_form(fetched, NOON), NOON) == fetched
    assert read_kept(kept_form(fetched, None), NOON) is None


def test_the_list_of_entries_is_bounded() -> None:
    """Each name stands once, and the oldest give way."""
    record = SessionRecord()
    for number in range(ROLES_KEPT + 5):
        record = keep(keep(record, f"n{number}"), f"n{number}")

    assert len(record.kept) == ROLES_KEPT
    assert record.kept[-1] == f"n{ROLES_KEPT + 4}"
