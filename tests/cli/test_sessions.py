"""`logout` and `refresh`: one line each, and the right exit status."""

from __future__ import annotations

import pytest

from tests.builders import a_session, a_token, hours, minutes
from tests.cli.conftest import Doors
from tests.fakes.cli import Script, room_of
from tray.core.errors import CannotTell, SessionOver, TrayError
from tray.core.model import AwsConfig, ConfigProblem, Problem, Subject


def test_the_only_session_need_not_be_named(doors: Doors) -> None:
    """Logging out says so on stderr; stdout stays empty."""
    house, room = doors("corp")
    house.put(a_token())

    first, second = room.run("logout"), room.run("logout")

    assert (first.status, first.out, first.err) == (0, "", "Logged out of corp.\n")
    assert (second.status, second.err) == (0, "Nobody was logged in to corp.\n")
    assert house.portal.ended == ["corp"]


@pytest.mark.parametrize("command", ["logout", "refresh", "login"])
def test_several_sessions_and_none_named(doors: Doors, command: str) -> None:
    """Status 2, with the list to choose from; nothing is done."""
    house, room = doors("corp", "lab")
    house.put(a_token())

    ended = room.run(command)

    assert (ended.status, ended.out) == (2, "")
    assert ended.last.endswith("Choose one with --session: corp, lab")
    assert house.portal.ended == []
    assert house.center.asked == []


@pytest.mark.parametrize("command", ["logout", "refresh", "login"])
@pytest.mark.parametrize("words", [(), ("--all",)])
def test_no_session_at_all(doors: Doors, command: str, words: tuple[str, ...]) -> None:
    """An empty config is status 5, with the way to begin."""
    house, room = doors("corp")
    house.config.config = AwsConfig()

    ended = room.run(command, *words)

    assert ended.status == 5
    assert "sso-tray configure" in ended.last


@pytest.mark.parametrize("command", ["logout", "refresh", "login"])
def test_an_unreadable_config_is_the_reason_that_is_told(
    doors: Doors, command: str
) -> None:
    """Nobody is told that there is no session when nobody could look."""
    house, room = doors("corp")
    locked = ConfigProblem(Subject.FILE, "config", 0, Problem("Locked.", "Open it."))
    house.config.config = AwsConfig(problems=(locked,))

    for words in ((), ("--session", "corp")):
        ended = room.run(command, *words)
        assert (ended.status, ended.last) == (5, "sso-tray: Locked. Open it.")


@pytest.mark.parametrize("command", ["logout", "refresh", "login"])
def test_a_misconfigured_session(doors: Doors, command: str) -> None:
    """Status 5, with what is wrong."""
    house, room = doors("corp")
    wrong = Problem("corp has no region.", "Add it.")
    house.config.config = AwsConfig(
        (a_session(),), (), (ConfigProblem(Subject.SESSION, "corp", 1, wrong),)
    )

    ended = room.run(command)

    assert (ended.status, ended.last) == (5, "sso-tray: corp has no region. Add it.")


def test_all_sessions_are_ended_one_by_one(doors: Doors) -> None:
    """`logout --all` ends those that are there, and says so of each."""
    house, room = doors("corp", "lab")
    house.put(a_token(), a_session("lab"))

    ended = room.run("logout", "--all")

    assert ended.status == 0
    assert ended.err.splitlines() == [
        "Nobody was logged in to corp.",
        "Logged out of lab.",
    ]


def test_a_log_out_that_cannot_be_done_now(doors: Doors) -> None:
    """Offline is status 4, and everybody stays logged in."""
    house, room = doors("corp")
    house.put(a_token())
    house.portal.refuses = CannotTell("The network is down.", "Try again later.")

    ended = room.run("logout")

    assert ended.status == 4
    assert ended.last == "sso-tray: The network is down. Try again later."
    assert house.cache.entries


def test_a_renewal_that_is_not_due(doors: Doors) -> None:
    """It says until when, and how to do it all the same; nobody is asked."""
    house, room = doors("corp")
    house.put(a_token(minutes(42)))

    ended = room.run("refresh")

    assert (ended.status, ended.out) == (0, "")
    assert "not due before 12:22" in ended.last
    assert "good until 12:42" in ended.last
    assert "--force" in ended.last
    assert house.center.asked == []


def test_a_renewal(doors: Doors) -> None:
    """When it is due, or forced, it is done, and one line says until when."""
    house, room = doors("corp")
    house.put(a_token(minutes(42)))
    forced = room.run("refresh", "--force")
    house.put(a_token(minutes(5), text="access-9"))
    due = room.run("refresh", "--session", "corp")

    assert forced.err == "Renewed corp; the token is good until 13:00.\n"
    assert (due.status, due.err) == (0, forced.err)
    assert house.center.asked == ["refresh", "refresh"]


def test_a_renewal_that_others_did(doors: Doors) -> None:
    """Who was slower than the AWS CLI is told that all is well."""
    house, room = doors("corp")
    house.put(a_token(minutes(5)))
    house.center.answers = [SessionOver("Refused.", "")]
    house.center.before_answer = lambda: house.put(a_token(hours(1), text="access-7"))

    ended = room.run("refresh")

    assert ended.status == 0
    assert "Another program has just renewed corp" in ended.err


def test_a_renewal_that_only_people_can_do(doors: Doors) -> None:
    """Status 3, with the command that helps."""
    _, room = doors("corp")

    ended = room.run("refresh")

    assert ended.status == 3
    assert ended.last.endswith("sso-tray login --session corp")


@pytest.mark.parametrize(
    ("errors", "status"),
    [
        ((), 0),
        ((CannotTell("Offline.", ""),), 4),
        ((CannotTell("Offline.", ""), SessionOver("Over.", "")), 3),
        ((SessionOver("Over.", ""), TrayError("Broken.", "")), 1),
    ],
)
def test_renewing_all_goes_on_and_tells_the_worst(
    doors: Doors, errors: tuple[TrayError, ...], status: int
) -> None:
    """Every session gets its turn; the order of badness is in the help."""
    names = ("one", "two", "three")
    house, room = doors(*names)
    for name in names:
        house.put(a_token(minutes(1), text=name), a_session(name))
    house.center.answers = list(errors)

    ended = room.run("refresh", "--all")

    assert ended.status == status
    assert len(ended.err.splitlines()) == 3
    assert house.center.asked == ["refresh"] * 3


def test_an_outcome_of_a_newer_version_is_a_renewal_too() -> None:
    """What did not raise an error did no harm."""
    told = {
        "now": "2026-03-02T12:00:00Z",
        "sessions": [{"name": "corp", "phase": "valid"}],
    }
    room = room_of(Script({"status": told, "refresh": {"outcome": "polished"}}))

    assert room.run("refresh").err.startswith("Renewed corp")
