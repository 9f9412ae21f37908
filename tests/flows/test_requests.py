"""What the daemon answers over the local endpoint."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import NOON, a_token, minutes
from tests.fakes.cli import BusyHouse
from tests.flows.house import House
from tests.waiting import stays, until
from tray.core.audit import Asked
from tray.core.credentials import RoleCredentials
from tray.core.errors import SessionOver, TrayError, UsageError
from tray.core.model import Secret
from tray.core.report import Report
from tray.core.settings import Settings
from tray.flows.auditing import MOST_UNWRITTEN, Auditing
from tray.flows.requests import Requests


class Desk:
    """A house with somebody who asks and keeps the answers."""

    def __init__(self) -> None:
        self.house = House()
        self.requests = Requests(self.house.verbs, self.house.workers, {"pid": 7})
        self.answers: list[Report | TrayError] = []

    def ask(self, verb: str, **arguments: object) -> Report:
        """Ask, let the workers work, and give the answer; raises the daemon's error."""
        self.requests.answer(verb, arguments, self.answers.append)
        self.house.workers.work()
        answer = self.answers[-1]
        if isinstance(answer, TrayError):
            raise answer
        return answer


def test_ping_and_status() -> None:
    """The daemon says who it is, and gives the report of `status --json`."""
    desk = Desk()
    desk.house.put(a_token())

    assert desk.ask("ping") == {"pid": 7}
    report = desk.ask("status")
    assert report["daemon"] is True
    assert json.loads(json.dumps(report))["sessions"][0]["phase"] == "valid"


def test_a_log_in_is_announced_and_waited_for() -> None:
    """Two requests: the first gives address and id, the second the end."""
    desk = Desk()

    begun = desk.ask("login", session="corp", open_browser=False)
    assert str(begun["url"]).startswith("https://")
    assert begun["joined"] is False
    assert begun["problem"] is None
    assert desk.ask("wait-login", id=begun["id"]) == {
        "expires_at": "2026-03-02T13:00:00Z"
    }
    assert desk.house.browser.opened == []


def test_a_log_in_by_device_code_can_be_asked_for() -> None:
    """The way to log in travels by its name in the service's model."""
    desk = Desk()
    desk.house.browser.missing = TrayError("No browser.", "")

    begun = desk.ask(
        "login", session="corp", grant="urn:ietf:params:oauth:grant-type:device_code"
    )

    assert begun["user_code"] == "ABCD-EFGH"
    assert begun["problem"] == "No browser."


def test_a_log_in_that_ends_badly_tells_all_who_wait() -> None:
    """Who waits gets the reason as an error, also after the fact."""
    desk = Desk()
    desk.house.redirects.redirect.ends = SessionOver("Over.", "")
    begun = desk.ask("login", session="corp")

    with pytest.raises(SessionOver):
        desk.ask("wait-login", id=begun["id"])
    with pytest.raises(TrayError, match="not known"):
        desk.ask("wait-login", id="another")


def test_a_fault_of_our_own_is_told_as_one() -> None:
    """An error that is none of ours becomes a plain sentence for those who wait."""
    desk = Desk()
    login, _ = desk.house.verbs.login("corp")
    desk.requests.answer("wait-login", {"id": login.id}, desk.answers.append)
    login.result.set_exception(ZeroDivisionError())

    assert isinstance(desk.answers[0], TrayError)


def test_renew_log_out_cancel_snooze_pause() -> None:
    """Every verb reaches its flow and says how it went."""
    desk = Desk()
    desk.house.put(a_token(minutes(42)))

    assert desk.ask("refresh", session="corp") == {"outcome": "not_due"}
    assert desk.ask("refresh", session="corp", force=True) == {"outcome": "renewed"}
    assert desk.ask("cancel-login", session="corp") == {"cancelled": False}
    until = {"until": "2026-03-02T12:01:00Z"}
    assert desk.ask("snooze", session="corp", seconds=60) == until
    assert desk.ask("snooze", session="corp") == {"until": "2026-03-02T12:15:00Z"}
    assert desk.ask("mute", session="corp") == {}
    assert desk.ask("listen", session="corp") == {}
    assert desk.ask("pause") == {}
    assert desk.house.records.current().paused
    assert desk.ask("resume") == {}
    assert not desk.house.records.current().paused
    assert desk.ask("logout", session="corp") == {"ended": True}


@pytest.mark.parametrize("verb", ["login", "refresh", "cancel-login", "snooze"])
def test_a_request_without_a_session_is_an_error(verb: str) -> None:
    """A request that names no session, or a wrong one, gets the list of those known."""
    with pytest.raises(TrayError, match="corp"):
        Desk().ask(verb, session=17)


def test_who_asked_for_what_is_noted() -> None:
    """Program, profile and result, of those who are served and those who are not."""
    desk = Desk()
    desk.house.put(a_token())
    desk.house.portal.credentials = [
        RoleCredentials("A", Secret("key"), Secret("token"), NOON + minutes(60))
    ]
    desk.requests = replace(desk.requests, program=lambda pid: f"aws of {pid}")

    assert desk.ask("credential-process", profile="of corp")["AccessKeyId"] == "A"
    with pytest.raises(UsageError):
        desk.ask("credential-process", profile="nope")

    assert desk.house.audit.recent(5) == (
        Asked(NOON, "aws of None", "nope", "usage"),
        Asked(NOON, "aws of None", "of corp", "served"),
    )


def test_who_wants_no_record_gets_none() -> None:
    """One setting switches it off."""
    desk = Desk()
    desk.house.settings.settings = Settings(audit=False)
    with pytest.raises(UsageError):
        desk.ask("credential-process", profile="nope")

    assert desk.house.audit.record == []


def test_many_who_ask_are_written_together() -> None:
    """A storm is one job, and does not fill the memory where a disk is slow."""
    desk = Desk()
    for _ in range(MOST_UNWRITTEN + 10):
        desk.requests.answer("credential-process", {}, desk.answers.append)

    assert len(desk.house.workers.jobs) == 1
    desk.house.workers.work()
    assert len(desk.house.audit.record) == MOST_UNWRITTEN


def test_who_comes_a_little_later_is_written_with_the_next() -> None:
    """A disk is asked once a second at most, and the end hurries."""
    house = BusyHouse()
    auditing = Auditing(
        house.clock, house.settings, house.audit, house.busy, timedelta(minutes=5)
    )
    auditing.note("aws", "dev", "served")
    until(lambda: house.audit.record)
    auditing.note("aws", "prod", "served")
    stays(lambda: len(house.audit.record) == 1)
    auditing.close()
    house.busy.work()

    assert [asked.profile for asked in house.audit.record] == ["dev", "prod"]
    auditing.note("aws", "last", "served")
    house.busy.work()
    assert house.audit.recent(1)[0].profile == "last"


def test_an_unknown_verb_is_an_error() -> None:
    """A request of another version is answered, not dropped."""
    with pytest.raises(TrayError, match="does not know"):
        Desk().ask("dance")
