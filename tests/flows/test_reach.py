"""After a log-in: names are learned, and the wrong person is noticed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from tests.builders import NOON, a_profile, a_session, a_token, hours
from tests.flows.house import House
from tray.core.accounts import Account
from tray.core.errors import (
    CannotTell,
    Refused,
    SessionOver,
    TrayError,
)
from tray.core.model import Grant, SsoSession
from tray.flows.login import LoginEdges, Logins
from tray.flows.login_ticket import LoginRequest
from tray.flows.reach import AccountLooks, ReachEdges

NEEDED = a_profile().account_id
OTHER = "999988887777"
CORP, LAB = a_session(), a_session("lab")


@dataclass
class NotedTeller:
    """A teller that notes what it was given."""

    told: list[tuple[str, str]] = field(default_factory=list)

    def tell(self, title: str, body: str) -> None:
        """Note it."""
        self.told.append((title, body))


def nothing_kept(_: SsoSession) -> str:
    """Say nothing."""
    return ""


class Home(House):
    """The house with looks after log-ins."""

    def __init__(self, note: Callable[[SsoSession], str] = nothing_kept) -> None:
        super().__init__(CORP, LAB)
        self.teller = NotedTeller()
        edges = ReachEdges(
            self.clock, self.config, self.portal, self.teller, self.workers, note
        )
        self.looks = AccountLooks(edges, self.records, self.schedule.soon)
        self.logins = Logins(
            LoginEdges(
                self.clock,
                self.center,
                self.redirects,
                self.browser,
                self.locks,
                self.workers,
            ),
            self.records,
            self.activities,
            self.schedule.soon,
            after_login=self.looks.soon,
        )

    def log_in(self, grant: Grant = Grant.AUTHORIZATION_CODE) -> None:
        """Log in to the first session, and let all that follows happen."""
        login, _ = self.logins.start(LoginRequest(CORP, grant))
        self.workers.work()
        assert login.result.result() > NOON

    def log_in_elsewhere(self, text: str, session: SsoSession = CORP) -> None:
        """Let another program log in, and look."""
        self.put(a_token(hours(1), text=text, now=self.clock.now()), session)
        self.look()

    def look(self) -> None:
        """Let the monitor look, show what it found, and do all that follows."""
        self.settle()
        self.looks.show(self.monitor.board, self.clock.now())
        self.workers.work()

    @property
    def names(self) -> dict[str, str]:
        """What is known of accounts."""
        return dict(self.records.current().account_names)

    def wrong(self) -> bool:
        """Tell whether somebody else seems to have logged in."""
        return self.records.current().of(CORP.cache_key).wrong_user


@pytest.mark.parametrize("grant", [Grant.AUTHORIZATION_CODE, Grant.DEVICE_CODE])
def test_names_are_learned_by_every_log_in(grant: Grant) -> None:
    """Each way of logging in asks once, and keeps the names that profiles need."""
    home = Home()
    home.portal.accounts = (Account(NEEDED, "Sandbox"), Account(OTHER, "Unused"))

    home.log_in(grant)

    assert home.names == {NEEDED: "Sandbox"}
    assert home.portal.listed == ["corp"]
    assert home.teller.told == []
    assert not home.wrong()


def test_somebody_else_is_noticed_at_once() -> None:
    """When nothing that profiles need is there, people are asked, once a log-in."""
    home = Home()
    home.portal.accounts = (Account(OTHER, "Not yours"),)

    home.log_in()

    assert [title for title, _ in home.teller.told] == [
        "Did somebody else log in to corp?"
    ]
    assert home.wrong()
    assert home.names == {}


def test_it_stays_through_renewals_and_ends_with_the_next_log_in() -> None:
    """A renewal does not make it the right person; the right person does."""
    home = Home()
    home.portal.accounts = ()
    home.log_in()
    home.settle()
    home.clock.advance(timedelta(minutes=58))
    home.settle()
    assert "refresh" in home.center.asked
    assert home.wrong()

    home.portal.accounts = (Account(NEEDED),)
    home.log_in()
    home.settle()

    assert not home.wrong()
    assert len(home.teller.told) == 1


def test_a_log_in_by_another_program_ends_it_too() -> None:
    """Whoever logs in with the AWS CLI may be the right person."""
    home = Home()
    home.portal.accounts = ()
    home.log_in()
    home.settle()
    home.cache.entries.clear()
    home.settle()
    home.clock.advance(timedelta(minutes=5))
    home.put(a_token(hours(1), text="from the CLI", now=home.clock.now()))
    home.settle()

    assert not home.wrong()


@pytest.mark.parametrize(
    "error",
    [
        CannotTell("Offline.", "Later."),
        CannotTell("Too many requests.", "Later."),
        Refused("No access.", ""),
        SessionOver("Over.", "Log in."),
        TrayError("Odd.", ""),
    ],
)
def test_a_list_that_fails_says_nothing(error: TrayError) -> None:
    """Offline, throttled or refused: nobody is told, and names stay."""
    home = Home()
    home.portal.accounts = (Account(NEEDED, "Sandbox"),)
    home.log_in()
    home.portal.accounts = error

    home.log_in()

    assert home.teller.told == []
    assert not home.wrong()
    assert home.names == {NEEDED: "Sandbox"}


def test_some_missing_accounts_are_only_counted() -> None:
    """Old profiles are everywhere; the number is kept for those who look for it."""
    home = Home()
    more = replace(a_profile("old"), account_id=OTHER)
    config = home.config.config
    home.config.config = replace(config, profiles=(*config.profiles, more))
    home.portal.accounts = (Account(NEEDED),)

    home.log_in()

    assert home.teller.told == []
    assert home.records.current().of(CORP.cache_key).unreached == 1


def test_looks_come_one_after_the_other() -> None:
    """Who asks for AWS's lists all at once is throttled; a session waits its turn."""
    home = Home()
    home.portal.accounts = (Account(NEEDED),)
    for session in (CORP, LAB, CORP):
        home.looks.soon(session)
    assert len(home.workers.jobs) == 1

    home.workers.work()

    assert home.portal.listed == ["corp", "lab"]
    home.looks.soon(LAB)
    home.workers.work()
    assert home.portal.listed == ["corp", "lab", "lab"]


def test_a_failed_log_in_asks_for_nothing() -> None:
    """Without a token there is nothing to ask with."""
    home = Home()
    home.center.answers = [Refused("No.", "")]

    login, _ = home.logins.start(LoginRequest(CORP))
    home.workers.work()

    assert isinstance(login.result.exception(), Refused)
    assert home.portal.listed == []


def test_without_looks_a_log_in_is_as_before() -> None:
    """The single commands log in without asking for accounts."""
    house = House()

    house.verbs.login("corp")
    house.workers.work()

    assert house.portal.listed == []
