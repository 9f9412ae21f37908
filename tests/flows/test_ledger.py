"""Every log-in that we start stands in the ledger, with who asked for it."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import NOON, a_session
from tests.flows.house import House
from tray.core.errors import Refused
from tray.core.ledger import LONGEST_WORD, OURSELVES, StartedLogin
from tray.core.model import Grant
from tray.core.wording.ledger import CLICK
from tray.flows.login_ticket import LoginRequest, Manner


def test_every_log_in_is_written_down() -> None:
    """Also one that fails: its page was ours all the same."""
    house = House()
    house.center.answers = [Refused("No.", "")]

    house.verbs.login("corp", grant=Grant.DEVICE_CODE)
    house.workers.work()

    assert house.records.current().logins == (
        StartedLogin(NOON, "corp", Grant.DEVICE_CODE, OURSELVES),
    )
    assert house.store.memory.logins


def test_who_joins_starts_nothing() -> None:
    """One page, one entry, in the name of who asked first."""
    house = House()
    request = LoginRequest(a_session(), who="a terminal")

    house.verbs.logins.start(request)
    house.verbs.logins.start(replace(request, who="somebody else"))
    house.workers.work()

    assert [one.who for one in house.records.current().logins] == ["a terminal"]


def test_legacy_sessions_are_written_down_as_they_go() -> None:
    """They take the device code, whatever was asked for."""
    legacy = a_session(legacy=True)
    house = House(legacy)

    house.verbs.logins.start(LoginRequest(legacy, who="w" * 999))
    house.workers.work()

    (entry,) = house.records.current().logins
    assert entry.session == legacy.start_url
    assert entry.grant is Grant.DEVICE_CODE
    assert entry.who == "w" * LONGEST_WORD


def test_no_secret_stands_in_it() -> None:
    """Neither codes nor tokens nor the address that was opened."""
    house = House()

    login, _ = house.verbs.login("corp")
    house.workers.work()

    text = repr(house.records.current().logins)
    assert "access-" not in text
    assert login.announcement.result().url not in text
    assert "code for" not in text


def test_a_click_and_its_code() -> None:
    """The menu stands there as who asked; its code is shown while the page is open."""
    house = House(a_session(legacy=True))
    name = a_session(legacy=True).name
    seen: list[str | None] = []
    house.center.before_answer = lambda: seen.append(
        house.verbs.board().sessions[0].user_code
    )

    house.verbs.login(name, manner=Manner(who=CLICK))
    house.workers.work()

    (entry,) = house.verbs.board().logins
    assert entry.who == CLICK
    assert seen == ["ABCD-EFGH"]
    assert house.verbs.board().sessions[0].user_code is None
