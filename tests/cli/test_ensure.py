"""`ensure`: exit 0 only when the session stays usable for that long."""

from __future__ import annotations

import pytest

from tests.builders import a_token, hours, minutes
from tests.cli.conftest import Doors
from tests.fakes.cli import Script, room_of
from tests.waiting import until
from tray.core.errors import CannotTell, CodeExpired, LoginRequired


def test_what_lasts_is_status_0(doors: Doors) -> None:
    """Said on stderr, with the end where it is known; stdout stays empty."""
    house, room = doors("corp")
    house.put(a_token(hours(1)))
    unknown = room.run("ensure")
    house.put(a_token(hours(1), refreshable=False))
    known = room.run("ensure", "--session", "corp", "--min", "30m")

    assert (unknown.status, unknown.out) == (0, "")
    assert unknown.err == "corp renews itself; when its sign-in ends is not known.\n"
    assert (known.status, known.err) == (0, "corp is usable until 13:00.\n")
    assert house.center.asked == []


def test_a_renewal_that_helps_is_made(doors: Doors) -> None:
    """By the profile too, which names its session."""
    house, room = doors("corp")
    house.put(a_token(minutes(10)))

    ended = room.run("ensure", "--profile", "of corp", "--min", "30m")

    assert ended.status == 0
    assert house.center.asked == ["refresh"]


def test_nobody_can_tell(doors: Doors) -> None:
    """Offline is status 4, and changes nothing."""
    house, room = doors("corp")
    house.put(a_token(-minutes(1)))
    house.center.answers = [CannotTell("Offline.", "Try again.")]

    ended = room.run("ensure", "--min", "2h")

    assert (ended.status, ended.last) == (4, "sso-tray: Offline. Try again.")


@pytest.mark.parametrize("words", [("--session", "nope"), ("--profile", "nope")])
def test_unknown_names(doors: Doors, words: tuple[str, str]) -> None:
    """Wrong usage is status 2."""
    _, room = doors("corp")

    assert room.run("ensure", *words).status == 2


@pytest.mark.parametrize("length", ["0s", "soon", "-1h", "2"])
def test_lengths_that_are_none(doors: Doors, length: str) -> None:
    """Status 2, with the form that is wanted."""
    _, room = doors("corp")

    assert room.run("ensure", f"--min={length}").status == 2
    assert room.run("ensure", f"--wait={length}").status == 2


REPORT = {
    "version": 1,
    "now": "2026-03-02T12:00:00Z",
    "sessions": [{"name": "corp", "phase": "expired", "needs": "login"}],
    "profiles": [],
}


def test_without_a_daemon_it_logs_in_itself() -> None:
    """In the usual way, within the time that it may wait, and then looks again."""
    looked = [LoginRequired("corp needs a log-in.", "Log in."), {"until": None}]
    script = Script(
        {
            "status": {**REPORT, "daemon": False},
            "ensure": lambda _: looked.pop(0),
            "login": {"id": "1", "url": "https://x/", "user_code": "ABCD-EFGH"},
            "wait-login": {"expires_at": "2026-03-02T13:00:00Z"},
        }
    )

    ended = room_of(script).run("ensure", "--min", "2h", "--wait", "90s")

    assert ended.status == 0
    assert "shows this code: ABCD-EFGH" in ended.err
    asked = dict(script.asked)
    assert asked["login"]["seconds"] == 90
    assert asked["ensure"]["seconds"] == 7200
    assert asked["ensure"]["wait"] == 90


def test_without_a_daemon_nobody_comes() -> None:
    """A log-in that nobody finished in time is one that is still missing: status 3."""
    script = Script(
        {
            "status": {**REPORT, "daemon": False},
            "ensure": LoginRequired("corp needs a log-in.", "Log in."),
            "login": {"id": "1", "url": "https://x/"},
            "wait-login": CodeExpired("Nobody came.", "Log in."),
        }
    )

    ended = room_of(script).run("ensure")

    assert (ended.status, ended.last) == (3, "sso-tray: Nobody came. Log in.")


def test_with_a_daemon_it_asks() -> None:
    """People are asked once, by the daemon; here only the wait is told."""
    script = Script(
        {
            "status": {**REPORT, "daemon": True},
            "ensure": LoginRequired("corp needs a log-in.", "Log in."),
        }
    )

    ended = room_of(script).run("ensure", "--wait", "90s")

    assert ended.status == 3
    assert "Waiting up to 1 min 30 s for a log-in to corp" in ended.err
    assert script.verbs() == ["status", "ensure"]


def test_fresh_ends_the_old_sign_in_first(doors: Doors) -> None:
    """The portal is told before the browser opens; the new token is in the cache."""
    house, room = doors("corp")
    house.put(a_token(hours(1)))

    ended = room.run("login", "--fresh")

    assert ended.status == 0
    assert house.portal.ended == ["corp"]
    assert house.center.asked == ["register AUTHORIZATION_CODE", "authorization code"]
    assert "sign out there" in ended.err


def test_fresh_offline_changes_nothing(doors: Doors) -> None:
    """When the portal can't be told, the old sign-in goes on: status 4."""
    house, room = doors("corp")
    house.put(a_token(hours(1)))
    house.portal.refuses = CannotTell("Offline.", "Try again.")

    ended = room.run("login", "--fresh")

    assert (ended.status, ended.last) == (4, "sso-tray: Offline. Try again.")
    assert house.cache.entries


def test_fresh_joins_no_other(doors: Doors) -> None:
    """A log-in that keeps the old sign-in is no answer to one that is to be fresh."""
    house, room = doors("corp")
    redirect = house.redirects.redirect
    redirect.while_waiting = lambda: until(lambda: redirect.cancels > 0)
    house.verbs.login("corp")

    ended = room.run("login", "--fresh")
    until(lambda: house.redirects.open)
    house.verbs.cancel_login("corp")
    house.busy.work()

    assert ended.status == 1
    assert "Finish or cancel it" in ended.last
