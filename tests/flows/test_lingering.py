"""What other programs have kept is said, at log-outs and when the wrong person came."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import pytest

from tests.builders import NOON, a_profile, a_session, a_token, hours
from tests.flows.house import House
from tests.flows.test_reach import Home
from tray.core.accounts import Account
from tray.core.errors import TrayError
from tray.core.lingering import Lingering
from tray.core.model import Profile, SsoSession
from tray.core.report import Report
from tray.flows.lingering import StillServed
from tray.flows.logout import Logouts
from tray.flows.requests import Requests

CORP = a_session()
SENTENCE = (
    "The AWS CLI has kept credentials of before for 2 profiles and uses them until "
    "13:00; to end that now, delete the .json files in ~/.aws/cli/cache."
)


@dataclass
class KeptRoles:
    """A role cache that holds what a test says."""

    held: Lingering | None = None

    def kept(
        self, session: SsoSession, profiles: Iterable[Profile], now: datetime
    ) -> Lingering | None:
        """Give it."""
        assert session.name
        assert list(profiles)
        assert now.tzinfo
        return self.held


def still_served(house: House, held: Lingering | None) -> StillServed:
    """Give the flow over a house and what the CLI has kept."""
    return StillServed(house.clock, house.config, KeptRoles(held))


TWO = Lingering(("dev", "prod"), NOON + hours(1))


def test_the_sentence_names_number_and_end() -> None:
    """People read how many profiles go on, until when, and how to end it."""
    house = House()
    assert still_served(house, TWO).note(CORP) == SENTENCE
    one = Lingering(("dev",), NOON + hours(1))
    assert "for one profile and" in still_served(house, one).note(CORP)
    assert still_served(house, None).note(CORP) == ""


def test_a_log_out_writes_it_down(caplog: pytest.LogCaptureFixture) -> None:
    """A log-out from the menu leaves the sentence in the log, once."""
    caplog.set_level(logging.INFO)
    house = House()
    house.put(a_token(hours(1)))
    logouts = Logouts(
        house.cache,
        house.portal,
        house.locks,
        house.records,
        house.activities,
        house.schedule.soon,
        still_served(house, TWO).note,
    )

    assert logouts.end(CORP)
    assert not logouts.end(CORP)
    assert caplog.text.count(SENTENCE) == 1


def test_the_wrong_person_is_told_with_it() -> None:
    """Whoever reads that somebody else logged in reads what still works as before."""
    home = Home(still_served(House(), TWO).note)
    home.portal.accounts = (Account("999988887777"),)
    home.log_in()

    [(_, body)] = home.teller.told
    assert body.endswith(f". {SENTENCE}")
    assert a_profile().session == "corp"


def test_whoever_asks_for_a_log_out_is_told() -> None:
    """The answer to `logout` carries the sentence, and nothing when nothing is kept."""
    house = House()
    house.put(a_token(hours(1)))
    logouts = replace(house.verbs.logouts, note=still_served(house, TWO).note)
    requests = Requests(
        replace(house.verbs, logouts=logouts), house.workers, {"pid": 7}
    )
    answers: list[Report | TrayError] = []
    for _ in range(2):
        requests.answer("logout", {"session": "corp"}, answers.append)
        house.workers.work()

    assert answers == [{"ended": True, "note": SENTENCE}, {"ended": False}]
