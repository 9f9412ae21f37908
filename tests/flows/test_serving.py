"""What programs are given, and what they are told when they can't be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import NOON, a_profile, a_session, a_token, hours, minutes
from tests.flows.house import House
from tray.core.credentials import RoleCredentials
from tray.core.errors import (
    CannotTell,
    ConfigError,
    LoginRequired,
    SessionOver,
    TrayError,
    UsageError,
)
from tray.core.model import AwsConfig, ConfigProblem, Problem, Secret, Subject
from tray.flows.serving import Forgetting, Served

CORP = a_session()
KEY = CORP.cache_key
OFFLINE = CannotTell("Offline.", "Wait.")
OVER = SessionOver("Over.", "Log in.")


def keys(name: str = "A") -> RoleCredentials:
    """Give credentials for an hour."""
    return RoleCredentials(name, Secret("key"), Secret("token"), NOON + hours(1))


class Place:
    """The house with a way to credentials; corp is signed in for 42 minutes."""

    def __init__(self, *answers: RoleCredentials | TrayError) -> None:
        self.house = House()
        house = self.house
        self.configure(house.config.config)
        house.put(a_token(minutes(42)))
        house.portal.credentials = list(answers or (keys(),))
        self.serving = house.serving
        self.held = house.serving.credentials

    def configure(self, config: AwsConfig) -> None:
        """Have the profile `dev`, and what else the config says."""
        self.house.config.config = replace(config, profiles=(a_profile(),))

    def get(self, name: str = "dev") -> Served:
        """Ask, let the workers work, and give what came."""
        future = self.serving.ask(name)
        self.house.workers.work()
        return future.result(0)


def test_a_program_is_served() -> None:
    """It gets its profile's credentials; the second one needs nobody."""
    place = Place()

    assert place.get() == Served(a_profile(), keys())
    assert place.serving.ask("dev").result(0) == Served(a_profile(), keys())
    assert place.house.portal.fetched == ["dev"]


def test_a_token_that_is_due_is_renewed_first() -> None:
    """The portal is asked with a token that lasts."""
    place = Place()
    place.house.put(a_token(minutes(4)))

    assert place.get().credentials == keys()
    assert place.house.center.asked == ["refresh"]


def test_a_token_that_has_run_out_is_renewed_first() -> None:
    """So it is after a night of sleep."""
    place = Place()
    place.house.put(a_token(-minutes(4)))

    assert place.get().credentials == keys()
    assert place.house.center.asked == ["refresh"]


@pytest.mark.parametrize("error", [OFFLINE, OVER])
def test_a_renewal_that_fails_while_the_token_works(error: TrayError) -> None:
    """What still works is used; nobody is sent to a log-in too early."""
    place = Place()
    place.house.put(a_token(minutes(4)))
    place.house.center.answers = [error]

    assert place.get().credentials == keys()


@pytest.mark.parametrize("error", [OFFLINE, OVER])
def test_a_renewal_that_fails_after_the_end(error: TrayError) -> None:
    """Then it is told as what it is."""
    place = Place()
    place.house.put(a_token(-minutes(4)))
    place.house.center.answers = [error]

    with pytest.raises(type(error)):
        place.get()
    assert place.house.portal.fetched == []


def test_nobody_is_logged_in() -> None:
    """The sentence names the session and the command; nothing is asked."""
    place = Place()
    place.house.cache.entries.clear()

    with pytest.raises(LoginRequired, match="sso-tray login --session corp"):
        place.get()
    assert place.house.portal.fetched == []


def test_a_session_that_left_the_config_meanwhile() -> None:
    """A config that is edited at this moment is no crash."""
    place = Place()
    future = place.serving.ask("dev")
    place.house.config.config = AwsConfig()
    place.house.workers.work()

    with pytest.raises(LoginRequired):
        future.result(0)


def test_the_portal_turns_the_token_away() -> None:
    """One renewal decides; with the new token it goes on."""
    place = Place(OVER, keys("B"))
    place.house.center.answers = [hours(1)]

    assert place.get().credentials == keys("B")
    assert place.house.center.asked == ["refresh"]


def test_an_unknown_profile() -> None:
    """It is named."""
    with pytest.raises(UsageError, match="nope"):
        Place().get("nope")


def test_a_profile_without_its_session() -> None:
    """A profile whose session is not there can't be served."""
    place = Place()
    place.house.config.config = AwsConfig((), (a_profile(),))

    with pytest.raises(UsageError, match="dev"):
        place.get()


def test_the_right_session_is_asked() -> None:
    """Where there are several, it is the profile's own."""
    place = Place()
    config = place.house.config.config
    sessions = (a_session("other"), *config.sessions)
    place.house.config.config = replace(config, sessions=sessions)

    assert place.get().credentials == keys()


@pytest.mark.parametrize(
    ("subject", "name"), [(Subject.PROFILE, "dev"), (Subject.SESSION, "corp")]
)
def test_a_broken_section(subject: Subject, name: str) -> None:
    """What is wrong in the config is told with its remedy."""
    place = Place()
    wrong = Problem("No region.", "Add sso_region.")
    problem = ConfigProblem(subject, name, 3, wrong)
    other = ConfigProblem(Subject.SESSION, "other", 9, wrong)
    config = place.house.config.config
    place.house.config.config = replace(config, problems=(other, problem))

    with pytest.raises(ConfigError, match="Add sso_region"):
        place.get()


def test_log_ins_and_log_outs_forget() -> None:
    """A new sign-in, by whatever tool, may be somebody else's; so is nobody's."""
    place = Place(keys("A"), keys("B"), keys("C"))
    place.house.monitor.tick()
    view = Forgetting(place.serving.forget)

    def look() -> None:
        place.house.monitor.tick()
        view.show(place.house.monitor.board, place.house.clock.now())

    look()
    assert place.get().credentials == keys("A")
    look()
    assert place.get().credentials == keys("A")

    place.house.cache.entries.clear()
    look()
    assert place.held.holdings() == {}

    place.house.clock.advance(minutes(1))
    place.house.put(a_token(hours(1), text="theirs", now=place.house.clock.now()))
    look()
    assert place.get().credentials == keys("B")
    look()
    assert place.get().credentials == keys("B")
    assert KEY in place.house.cache.entries
