"""Logging in and out: one at a time, joined by all, with nothing left behind."""

from __future__ import annotations

import pytest

from tests.builders import NOON, a_session, a_token, hours, minutes
from tests.flows.house import House
from tray.core.errors import (
    AuthorizationPending,
    Cancelled,
    CannotTell,
    CodeExpired,
    ConfigError,
    Refused,
    SessionOver,
    SlowDown,
    TrayError,
    UsageError,
)
from tray.core.model import ConfigProblem, Grant, Problem, Subject
from tray.flows.login import REMEMBERED
from tray.flows.login_ticket import Manner

KEY = a_session().cache_key


def test_pkce_opens_the_browser_and_brings_a_token() -> None:
    """The default way: listen, open the browser, take the code, have the token."""
    house = House()

    login, joined = house.verbs.login("corp")
    assert not joined
    assert house.activities.current().logging_in == {KEY}
    house.workers.work()

    assert login.result.result() == NOON + hours(1)
    assert house.browser.opened == [login.announcement.result().url]
    assert house.center.asked == ["register AUTHORIZATION_CODE", "authorization code"]
    assert house.redirects.open == 0
    assert house.activities.current().logging_in == frozenset()
    assert house.records.current().of(KEY).logged_in_at == NOON
    assert house.locks.held == [KEY]


def test_who_asks_twice_joins() -> None:
    """A second request for the same session gets the first one's result."""
    house = House()

    first, _ = house.verbs.login("corp")
    second, joined = house.verbs.login("corp", grant=Grant.DEVICE_CODE)
    house.workers.work()
    third, joined_again = house.verbs.login("corp")

    assert joined
    assert second is first
    assert not joined_again
    assert third is not first
    assert house.verbs.logins.find(first.id) is first
    assert house.verbs.logins.find("nobody") is None


def test_a_fresh_one_ends_what_was_there_and_joins_no_other() -> None:
    """The old sign-in is over first; one that goes on already is not taken for it."""
    house = House()
    house.put(a_token())
    house.verbs.login("corp", manner=Manner(fresh=True))
    house.verbs.login("corp", manner=Manner(fresh=True))
    house.workers.work()
    house.verbs.login("corp")

    assert house.portal.ended == ["corp"]
    with pytest.raises(TrayError, match="corp"):
        house.verbs.login("corp", manner=Manner(fresh=True))


def test_the_device_code_is_polled_until_somebody_approves() -> None:
    """Pending, slow down and a lost connection only make it ask again."""
    house = House()
    house.center.answers = [
        AuthorizationPending("Not yet."),
        CannotTell("Offline.", ""),
        AuthorizationPending("Not yet."),
        hours(1),
    ]

    login, _ = house.verbs.login("corp", grant=Grant.DEVICE_CODE, open_browser=False)
    house.workers.work()

    assert login.announcement.result().user_code == "ABCD-EFGH"
    assert login.result.result() == NOON + hours(1)
    assert house.browser.opened == []
    assert house.center.asked.count("device code") == 4


def test_slow_down_adds_five_seconds() -> None:
    """Told to slow down, the pause grows; a cancel cuts even that pause short."""
    house = House()
    login, _ = house.verbs.login("corp", grant=Grant.DEVICE_CODE)
    house.center.answers = [SlowDown("Slower.", "")]
    house.center.before_answer = login.cancel
    house.workers.work()

    with pytest.raises(Cancelled):
        login.result.result()
    assert house.center.asked.count("device code") == 1


def test_a_legacy_session_takes_the_device_code() -> None:
    """Legacy sessions log in as the AWS CLI does it, whatever was asked."""
    session = a_session(legacy=True)
    house = House(session)

    house.verbs.login(session.name, grant=Grant.AUTHORIZATION_CODE)
    house.workers.work()

    assert house.center.asked[0] == "register DEVICE_CODE"
    assert house.center.asked[-1] == "device code"


ENDS = [
    Refused("Declined.", ""),
    CodeExpired("Over.", ""),
    Cancelled("Taken back.", ""),
]


@pytest.mark.parametrize("end", ENDS, ids=lambda error: error.title)
def test_a_log_in_that_fails_leaves_nothing_behind(end: TrayError) -> None:
    """Declined, timed out or cancelled: everybody hears it, the next can start."""
    house = House()
    house.put(a_token())
    house.redirects.redirect.ends = end

    login, _ = house.verbs.login("corp")
    house.workers.work()

    with pytest.raises(type(end)):
        login.result.result()
    assert house.activities.current().logging_in == frozenset()
    assert KEY in house.cache.entries
    assert house.verbs.login("corp")[1] is False


def test_a_log_in_that_can_not_begin_tells_at_once() -> None:
    """Offline at registration: those who wait for the address hear it too."""
    house = House()
    house.center.registration = _offline  # type: ignore[method-assign, assignment]

    login, _ = house.verbs.login("corp")
    house.workers.work()

    with pytest.raises(CannotTell):
        login.announcement.result()
    with pytest.raises(CannotTell):
        login.result.result()


def _offline(*_: object) -> None:
    raise CannotTell("Offline.", "Wait.")


def test_a_fault_of_our_own_frees_those_who_wait() -> None:
    """Even a bug ends the log-in for all who joined, and is not swallowed."""
    house = House()
    house.center.before_answer = _break

    login, _ = house.verbs.login("corp")
    with pytest.raises(ZeroDivisionError):
        house.workers.work()

    with pytest.raises(TrayError, match="broke off"):
        login.result.result()
    assert house.activities.current().logging_in == frozenset()


def _break() -> None:
    raise ZeroDivisionError


def test_a_missing_browser_does_not_end_it() -> None:
    """Without a browser the address is told, with the reason, and the wait goes on."""
    house = House()
    house.browser.missing = TrayError("No browser.", "Open it yourself.")

    login, _ = house.verbs.login("corp")
    house.workers.work()

    assert login.announcement.result().problem == Problem(
        "No browser.", "Open it yourself."
    )
    assert login.result.result() == NOON + hours(1)


def test_cancel_reaches_the_listener_and_the_poll() -> None:
    """Taking a log-in back ends it wherever it waits; nobody logging in: no error."""
    house = House()
    assert house.verbs.cancel_login("corp") is False

    login, _ = house.verbs.login("corp")
    assert house.verbs.cancel_login("corp") is True
    house.workers.work()
    with pytest.raises(Cancelled):
        login.result.result()

    login, _ = house.verbs.login("corp")
    house.redirects.redirect.uri_asked = login.cancel
    house.workers.work()
    assert house.redirects.redirect.cancels == 1

    house.redirects.redirect.cancels = 0
    house.redirects.redirect.uri_asked = lambda: None
    login, _ = house.verbs.login("corp")
    house.redirects.redirect.while_waiting = login.cancel
    house.workers.work()
    with pytest.raises(Cancelled):
        login.result.result()

    login, _ = house.verbs.login("corp", grant=Grant.DEVICE_CODE)
    house.verbs.logins.cancel_all()
    assert login.cancelled.is_set()


def test_a_device_code_that_nobody_uses_ends() -> None:
    """After ten minutes without approval the log-in is over, with the remedy."""
    house = House()
    house.center.answers = [AuthorizationPending("Not yet.")] * 3
    house.center.before_answer = lambda: house.clock.advance(minutes(4))

    login, _ = house.verbs.login("corp", grant=Grant.DEVICE_CODE)
    house.workers.work()

    with pytest.raises(CodeExpired, match="in time"):
        login.result.result()


def test_only_the_last_log_ins_are_remembered() -> None:
    """What ended long ago is forgotten, so that memory does not grow."""
    house = House()
    logins = []
    for _ in range(REMEMBERED + 1):
        logins.append(house.verbs.login("corp")[0])
        house.workers.work()

    assert house.verbs.logins.find(logins[0].id) is None
    assert house.verbs.logins.find(logins[-1].id) is logins[-1]


def test_unknown_and_broken_sessions_are_refused_with_the_remedy() -> None:
    """A session that is not there, or that the config describes badly, says why."""
    house = House()
    wrong = ConfigProblem(Subject.SESSION, "corp", 2, Problem("No region.", "Add it."))
    other = ConfigProblem(Subject.SESSION, "lab", 1, Problem("No URL.", "Add it."))

    with pytest.raises(UsageError, match="Choose one with --session: corp"):
        house.verbs.login("crop")
    house.config.config = type(house.config.config)(
        house.config.config.sessions, (), (other, wrong)
    )
    with pytest.raises(ConfigError, match="No region"):
        house.verbs.login("corp")
    assert house.verbs.session("corp") == a_session()


def test_log_out_tells_the_server_then_removes_the_file() -> None:
    """One session ends, and only its own file goes."""
    lab = a_session("lab")
    house = House(a_session(), lab)
    house.put(a_token())
    house.put(a_token(text="lab"), lab)

    assert house.verbs.logout("corp") is True

    assert house.portal.ended == ["corp"]
    assert list(house.cache.entries) == [lab.cache_key]
    assert house.verbs.logout("corp") is False


def test_log_out_of_what_is_over_removes_the_file() -> None:
    """The server says that it is over already: that is what was wanted."""
    house = House()
    house.put(a_token())
    house.portal.refuses = SessionOver("Over.", "")

    assert house.verbs.logout("corp") is True
    assert house.cache.entries == {}


def test_log_out_without_network_changes_nothing() -> None:
    """When the server can't be told, the file stays and the error says so."""
    house = House()
    house.put(a_token())
    house.portal.refuses = CannotTell("Offline.", "Try later.")

    with pytest.raises(CannotTell):
        house.verbs.logout("corp")
    assert KEY in house.cache.entries
