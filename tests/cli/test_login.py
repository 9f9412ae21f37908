"""`login`: where to go, the wait, and the way back from it."""

from __future__ import annotations

from contextlib import (
    AbstractContextManager,
    ExitStack,
    redirect_stderr,
)

from tests.builders import a_profile, a_session, a_token, hours
from tests.cli.conftest import Doors
from tests.fakes.cli import BusyHouse, Script, Terminal, room_of
from tray.__main__ import main
from tray.cli.service import Answer, Asker, Either
from tray.core.errors import CannotTell, CodeExpired, NoDaemon, TrayError
from tray.core.model import AwsConfig, ConfigProblem, Grant, Problem, Subject
from tray.core.report import report

URL = "https://oidc.example/authorize?state="
BEGUN = {"id": "1", "url": URL, "user_code": None, "problem": None, "joined": False}


def test_the_usual_log_in(doors: Doors, *, daemon: bool) -> None:
    """The browser opens, the address is told, and at the end what was gained."""
    house, room = doors("corp")

    ended = room.run("login")

    assert (ended.status, ended.out) == (0, "")
    first, last = ended.err.splitlines()
    assert first.startswith(
        f"Opening your browser for corp… If it does not open: {URL}"
    )
    assert last == (
        "Logged in to corp; the token renews itself."
        if daemon
        else "Logged in to corp until 13:00; while 'sso-tray run' runs, "
        "the token renews itself."
    )
    assert len(house.browser.opened) == 1
    assert house.center.asked == ["register AUTHORIZATION_CODE", "authorization code"]


def test_without_a_browser(doors: Doors) -> None:
    """Only the address is told."""
    house, room = doors("corp")

    ended = room.run("login", "--no-browser")

    assert ended.err.startswith(f"To log in to corp, open: {URL}")
    assert house.browser.opened == []


def test_by_device_code(doors: Doors) -> None:
    """The code is told for comparison."""
    house, room = doors("corp")

    ended = room.run("login", "--session", "corp", "--device-code")

    assert ended.status == 0
    assert "Go on only if the page shows this code: ABCD-EFGH" in ended.err
    assert house.center.asked[-1] == "device code"


def test_over_ssh_the_browser_is_elsewhere(doors: Doors) -> None:
    """A device code, and no browser on the far machine, unless people insist."""
    house, room = doors("corp")
    room.environ["SSH_CONNECTION"] = "10.0.0.1 50000 10.0.0.2 22"

    over_ssh = room.run("login")
    insisted = room.run("login", "--pkce")

    assert "ABCD-EFGH" in over_ssh.err
    assert URL in insisted.err
    assert house.browser.opened == []


def test_a_browser_that_does_not_open(doors: Doors) -> None:
    """The reason is told, and the address serves all the same."""
    house, room = doors("corp")
    house.browser.missing = TrayError("No browser was found.", "")

    ended = room.run("login")

    assert ended.status == 0
    assert ended.err.startswith(f"No browser was found. To log in to corp, open: {URL}")


def report_of(house: BusyHouse) -> Answer:
    """Give a house's report, as a daemon does."""
    return report(house.verbs.board(), house.clock.now(), daemon=True)


def test_a_token_that_cannot_renew_itself() -> None:
    """People are told until when it is good."""
    house = BusyHouse()
    house.put(a_token(hours(8), refreshable=False))
    script = {"status": report_of(house), "login": BEGUN, "wait-login": {}}

    ended = room_of(Script(script)).run("login")

    assert ended.last == "Logged in to corp until 20:00; this token can't renew itself."


def test_by_profile(doors: Doors) -> None:
    """A profile leads to its session."""
    house, room = doors("corp", "lab")

    ended = room.run("login", "--profile", "of lab")

    assert ended.status == 0
    assert list(house.cache.entries) == [a_session("lab").cache_key]


def test_by_a_profile_that_does_not_lead_anywhere(doors: Doors) -> None:
    """Unknown is wrong usage; broken, or without its session, is the config's fault."""
    house, room = doors("corp")
    wrong = Problem("Profile 'broken' has no account.", "Add it.")
    house.config.config = AwsConfig(
        (a_session(),),
        (a_profile("lost", "ghost"),),
        (ConfigProblem(Subject.PROFILE, "broken", 3, wrong),),
    )

    unknown = room.run("login", "--profile", "nope")
    broken = room.run("login", "--profile", "broken")
    lost = room.run("login", "--profile", "lost")

    assert unknown.status == 2
    assert "sso-tray profiles" in unknown.last
    assert (broken.status, lost.status) == (5, 5)
    assert broken.last.endswith("has no account. Add it.")
    assert "[sso-session ghost]" in lost.last


def test_all_that_need_it_one_after_the_other(doors: Doors) -> None:
    """Those that are fine are left alone; one that fails does not stop the others."""
    house, room = doors("fine", "first", "second")
    house.put(a_token(), a_session("fine"))
    house.center.answers = [CannotTell("The network is down.", "Try later.")]

    ended = room.run("login", "--all")
    again = room.run("login", "--all")
    nobody = room.run("login", "--all")

    assert ended.status == 4
    assert "The network is down." in ended.err
    assert "Logged in to second" in ended.last
    assert "fine" not in ended.err
    assert "Logged in to first" in again.last
    assert (nobody.status, nobody.err) == (0, "Nobody needs to log in.\n")


def test_nobody_came(doors: Doors) -> None:
    """A log-in that times out fails with the way to try again."""
    house, room = doors("corp")
    house.redirects.redirect.ends = CodeExpired("", "")

    ended = room.run("login")

    assert ended.status == 1
    assert ended.last.endswith("in time. Log in: sso-tray login --session corp")


def test_a_daemon_that_goes_away_meanwhile() -> None:
    """It is told as something that may pass; nothing is begun a second time."""
    gone = NoDaemon("Gone.", "")
    script = Script(
        {"status": report_of(BusyHouse()), "login": BEGUN, "wait-login": gone}
    )

    def never() -> AbstractContextManager[Asker]:
        raise AssertionError

    with ExitStack() as stack:
        ended = room_of(Either(script, never, stack)).run("login")

    assert ended.status == 4
    assert "went away" in ended.last
    assert script.verbs() == ["status", "login", "wait-login"]


def test_the_way_travels_by_its_name_in_the_services_model() -> None:
    """`--pkce` and `--device-code` say which grant; without them nobody is told."""
    house = BusyHouse()
    for words, grant in (
        ((), None),
        (("--pkce",), Grant.AUTHORIZATION_CODE),
        (("--device-code",), Grant.DEVICE_CODE),
    ):
        script = Script(
            {
                "status": report_of(house),
                "login": CannotTell("Offline.", ""),
            }
        )
        room_of(script).run("login", *words)
        assert script.asked[-1][1]["grant"] == grant


def test_people_at_a_terminal_see_that_it_waits(doors: Doors) -> None:
    """Only a terminal is told so: a log would not care."""
    _, room = doors("corp")

    with redirect_stderr(Terminal()) as err:
        assert main(["login"], room.outside()) == 0

    assert "Waiting for you to log in to corp (Ctrl-C to stop)…" in err.getvalue()
