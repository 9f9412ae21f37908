"""Listing all that can be reached: paced, whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tests.builders import a_session
from tests.fakes.center import ScriptedPortal
from tray.core.accesses import Access, Progress
from tray.core.accounts import Account
from tray.core.errors import (
    Cancelled,
    CannotTell,
    LoginRequired,
    Refused,
    SessionOver,
    Throttled,
    TrayError,
)
from tray.core.model import SsoSession
from tray.flows.listing import PATIENCE, RENEWALS, TRIES, Listing, ListingEdges

CORP = a_session()
DEV, PROD = Account("111111111111", "Dev"), Account("222222222222", "Prod")
ALL = (Access(DEV, "Admin"), Access(DEV, "Read"), Access(PROD, "Read"))
TOO_MANY = Throttled("Too many.", "Later.")


@dataclass
class World:
    """A portal and a clock that waiting moves."""

    portal: ScriptedPortal = field(
        default_factory=lambda: ScriptedPortal(
            accounts=(DEV, PROD),
            roles={DEV.account_id: ("Admin", "Read"), PROD.account_id: ("Read",)},
        )
    )
    now: float = 0.0
    renewed: int = 0
    refuses: TrayError | None = None
    progress: list[Progress] = field(default_factory=list)
    meanwhile: Callable[[], None] | None = None

    def turned_away(self, session: SsoSession) -> None:
        """Renew, or refuse."""
        assert session == CORP
        self.renewed += 1
        if self.refuses:
            raise self.refuses

    def wait(self, event: threading.Event, seconds: float) -> bool:
        """Let time pass, and something happen meanwhile."""
        self.now += seconds
        happen, self.meanwhile = self.meanwhile, None
        if happen:
            happen()
        return event.is_set()

    def listing(self, width: int = 1) -> Listing:
        """Give a listing; one request after the other unless told otherwise."""
        edges = ListingEdges(self.portal, self.turned_away, lambda: self.now, self.wait)
        return Listing(edges, CORP, self.progress.append, width)


def test_all_roles_of_all_accounts() -> None:
    """Each account is asked once, and progress is told at each."""
    world = World()

    assert world.listing(2).run() == ALL
    assert sorted(world.portal.listed) == [
        "corp",
        "corp 111111111111",
        "corp 222222222222",
    ]
    assert world.progress[-1] == Progress(2, 2)


def test_nobody_has_given_this_person_anything() -> None:
    """No account is an empty list and no error."""
    world = World(ScriptedPortal())

    assert world.listing().run() == ()


def test_a_refused_account_is_asked_again() -> None:
    """Too many requests: it goes on more slowly, and no account is lost."""
    world = World()
    world.portal.answers = [TOO_MANY, TOO_MANY, TOO_MANY]

    assert world.listing().run() == ALL
    assert world.progress[-1] == Progress(2, 2, 3)
    assert world.now > 2


def test_a_storm_without_an_end_is_given_up() -> None:
    """After two minutes of nothing but refusals: nothing is known, nothing changed."""
    world = World()
    world.portal.answers = [TOO_MANY] * 500

    with pytest.raises(CannotTell) as raised:
        world.listing().run()

    assert world.now > PATIENCE
    assert raised.value.title == "Too many."


def test_a_fault_is_tried_again_but_not_for_ever() -> None:
    """A server's fault passes, or the listing fails whole."""
    world = World()
    world.portal.answers = [CannotTell("Fault.", "")] * (TRIES - 1)
    assert world.listing().run() == ALL

    world.portal.answers = [CannotTell("Fault.", "")] * (TRIES + 1)
    with pytest.raises(CannotTell):
        world.listing().run()


def test_a_token_that_ends_in_the_middle_is_renewed() -> None:
    """The same account is asked again with the new token."""
    world = World()
    world.portal.answers = [SessionOver("Over.", "")]

    assert world.listing().run() == ALL
    assert world.renewed == 1


def test_many_requests_with_one_old_token_renew_it_once() -> None:
    """A renewal that happened meanwhile is not done again."""
    world, both = World(), threading.Barrier(2)

    class Old(ScriptedPortal):
        """Turns away the first request for each account, both at the same time."""

        def list_roles(self, session: SsoSession, account_id: str) -> tuple[str, ...]:
            """Turn it away, or give what is there."""
            if f"{session.name} {account_id}" not in self.listed:
                self.listed.append(f"{session.name} {account_id}")
                both.wait(10)
                raise SessionOver("Over.", "")
            return super().list_roles(session, account_id)

    world.portal = Old(accounts=(DEV, PROD), roles=world.portal.roles)

    assert world.listing(2).run() == ALL
    assert world.renewed == 1


def test_a_sign_in_that_is_over_ends_it() -> None:
    """Only people can help, and no part of the list is given."""
    world = World(refuses=LoginRequired("Log in.", ""))
    world.portal.answers = [SessionOver("Over.", "")]

    with pytest.raises(LoginRequired):
        world.listing().run()


def test_a_portal_that_takes_no_new_token_either_ends_it() -> None:
    """What is renewed and turned away again and again is not renewed for ever."""
    world = World()
    world.portal.answers = [SessionOver("Over.", "")] * (RENEWALS + 1)

    with pytest.raises(SessionOver):
        world.listing().run()
    assert world.renewed == RENEWALS


def test_an_account_that_was_taken_away_meanwhile_has_no_roles() -> None:
    """It was on the first list and is forbidden now: it is simply not there."""
    world = World()
    world.portal.answers = [Refused("No access.", "")]

    assert world.listing().run() == ALL[2:]


def test_it_can_be_cancelled() -> None:
    """At once and whole: no further request is made."""
    world = World()
    listing = world.listing()
    listing.cancel()

    with pytest.raises(Cancelled):
        listing.run()
    assert world.portal.listed == []


def test_many_accounts_keep_the_pace() -> None:
    """500 accounts take what AWS's limit allows, the pages of the list counted in."""
    world = World()
    many = tuple(Account(f"{n:012d}") for n in range(500))
    world.portal.accounts = many
    world.portal.roles = {one.account_id: ("Admin",) for one in many}

    assert len(world.listing().run()) == 500
    assert 24 < world.now < 1.05 * (505 - 20) / 20


def test_a_refusal_while_another_request_waits_for_its_turn() -> None:
    """Its turn is worth nothing then: it waits again, at the new pace."""
    world = World()
    many = tuple(Account(f"{n:012d}") for n in range(30))
    world.portal.accounts = many
    world.portal.roles = {one.account_id: ("Admin",) for one in many}
    listing = world.listing()
    world.meanwhile = lambda: listing._was_refused(TOO_MANY)

    assert len(listing.run()) == 30
    assert world.progress[-1].refused == 1
