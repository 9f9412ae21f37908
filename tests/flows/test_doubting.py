"""A token that the portal turns away: its own date does not count any more."""

from __future__ import annotations

import pytest

from tests.builders import a_session, a_token, hours, minutes
from tests.flows.house import House
from tray.core.accounts import Account
from tray.core.board import Needs, Phase
from tray.core.errors import CannotTell, SessionOver, TrayError
from tray.core.model import SsoSession
from tray.flows.doubting import DoubtingPortal, Doubts

CORP = a_session()
OVER = SessionOver("The sign-in has ended.", "Log in.")
ONE = (Account("111122223333", "Prod"),)


class Portal:
    """A portal that turns so many requests away before it answers."""

    def __init__(self, *answers: TrayError | tuple[Account, ...]) -> None:
        self.answers = list(answers)
        self.ended: list[str] = []

    def logout(self, session: SsoSession) -> None:
        """Note it."""
        self.ended.append(session.name)

    def list_accounts(self, session: SsoSession) -> tuple[Account, ...]:
        """Give the next answer."""
        assert session == CORP
        answer = self.answers.pop(0)
        if isinstance(answer, TrayError):
            raise answer
        return answer

    def list_roles(self, session: SsoSession, account_id: str) -> tuple[str, ...]:
        """Give the next answer's numbers in place of roles."""
        assert account_id
        return tuple(one.account_id for one in self.list_accounts(session))


def doubting(house: House, *answers: TrayError | tuple[Account, ...]) -> DoubtingPortal:
    """Give a portal with these answers."""
    house.put(a_token(minutes(42)))
    house.settle()
    doubts = Doubts(house.cache, house.refresher, house.records, house.schedule.soon)
    return DoubtingPortal(Portal(*answers), doubts)


def test_a_sign_in_that_was_ended_elsewhere() -> None:
    """The portal says no, the renewal too: over at once, though the file says later."""
    house = House()
    portal = doubting(house, OVER)
    house.center.answers = [OVER]

    with pytest.raises(SessionOver, match="has ended"):
        portal.list_accounts(CORP)
    house.settle()

    (status,) = house.monitor.board.sessions
    assert status.phase is Phase.EXPIRED
    assert status.needs is Needs.LOGIN
    assert not status.usable
    assert [notice.session for notice in house.diary.told] == ["corp"]


def test_a_token_without_renewal_that_was_ended_elsewhere() -> None:
    """What can't be renewed is over with the portal's word alone; nothing is asked."""
    house = House()
    portal = doubting(house, OVER)
    house.put(a_token(minutes(42), refreshable=False))

    with pytest.raises(SessionOver):
        portal.list_accounts(CORP)
    house.settle()

    assert house.monitor.board.sessions[0].phase is Phase.EXPIRED
    assert house.center.asked == []


def test_only_the_token_was_of_no_use() -> None:
    """What the service still renews goes on with the new token, and nobody is told."""
    house = House()
    portal = doubting(house, OVER, ONE)
    house.center.answers = [hours(1)]

    assert portal.list_accounts(CORP) == ONE
    house.settle()

    assert house.monitor.board.sessions[0].phase is Phase.VALID
    assert house.diary.told == []


def test_a_new_token_is_turned_away_too() -> None:
    """Whatever was renewed, the portal's word counts."""
    house = House()
    portal = doubting(house, OVER, OVER)

    with pytest.raises(SessionOver):
        portal.list_accounts(CORP)
    house.settle()

    assert house.monitor.board.sessions[0].phase is Phase.EXPIRED


def test_it_can_not_be_found_out() -> None:
    """Without the service nothing is known, and nobody is called logged out."""
    house = House()
    portal = doubting(house, OVER)
    house.center.answers = [CannotTell("Offline.", "Wait.")]

    with pytest.raises(CannotTell):
        portal.list_accounts(CORP)
    house.settle()

    assert house.monitor.board.sessions[0].usable


def test_a_log_out_is_in_no_doubt() -> None:
    """Logging out goes straight to the portal; answers of use pass as they are."""
    house = House()
    portal = doubting(house, ONE)

    portal.logout(CORP)

    assert portal.list_accounts(CORP) == ONE
    assert house.center.asked == []


def test_the_file_is_gone_meanwhile() -> None:
    """Somebody logged out at the same moment: there is nothing left to mark."""
    house = House()
    portal = doubting(house, OVER)
    house.cache.entries.clear()

    with pytest.raises(SessionOver):
        portal.list_accounts(CORP)

    assert house.records.current().of(CORP.cache_key).revoked is None


def test_roles_are_asked_for_in_the_same_way() -> None:
    """A token that is turned away is renewed, and the roles come at the second try."""
    house = House()
    portal = doubting(house, OVER, (Account("111122223333"),))

    assert portal.list_roles(CORP, "111122223333") == ("111122223333",)
    assert "refresh" in house.center.asked
