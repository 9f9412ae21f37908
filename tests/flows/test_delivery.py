"""Credentials that are put where programs look without asking us."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import NOON, a_profile, a_session, a_token, hours, minutes
from tests.flows.house import House
from tray.core.credentials import RoleCredentials
from tray.core.errors import CannotTell, TrayError
from tray.core.model import ConfigProblem, Problem, Profile, Secret, Subject
from tray.core.roles import AssumedRole
from tray.core.settings import ProfileSettings, Settings

CORP = a_session()
BOTH = ProfileSettings(cli_cache=True, mirror=True)
FULL = TrayError("Full.", "Make room.")
OFFLINE = CannotTell("Offline.", "Wait.")


def keys(name: str, end: float = 1) -> RoleCredentials:
    """Give credentials until so many hours after noon."""
    return RoleCredentials(name, Secret("key"), Secret("token"), NOON + hours(end))


class Post:
    """The house with a daemon's ticks, and `dev` that people chose for delivery."""

    def __init__(self, own: ProfileSettings = BOTH, *more: Profile) -> None:
        self.house = house = House()
        config = replace(house.config.config, profiles=(a_profile(), *more))
        house.config.config = config
        house.put(a_token(hours(8), life=hours(8), refreshable=False))
        house.portal.credentials = [keys("A")]
        self.delivery = house.serving.delivery
        self.filler, self.mirror = house.filler, house.mirror
        self.choose(own)

    def choose(self, own: ProfileSettings, *names: str) -> None:
        """Set what people want for `dev` or others."""
        profiles = dict.fromkeys(names or ("dev",), own)
        self.house.settings.settings = Settings(profiles=profiles)

    def tick(self) -> None:
        """Look, and do what comes of it, twice."""
        for _ in range(3):
            self.house.monitor.tick()
            board, now = self.house.monitor.board, self.house.clock.now()
            self.delivery.show(board, now)
            self.house.workers.work()

    def pass_time(self, by: float, *answers: RoleCredentials | TrayError) -> None:
        """Let minutes go by, with what the portal says from then on."""
        self.house.clock.advance(minutes(by))
        if answers:
            self.house.portal.credentials = list(answers)
        self.tick()

    @property
    def names(self) -> tuple[list[str], list[str]]:
        """The keys in the CLI's files and in the mirror."""
        return (
            [one.access_key_id for one in self.filler.kept.values()],
            [one.access_key_id for one in self.mirror.shown.values()],
        )


def test_chosen_profiles_are_delivered_before_anybody_asks() -> None:
    """Both places have them, written once."""
    post = Post()
    post.tick()
    post.tick()

    assert post.names == (["A"], ["A"])
    assert (post.filler.fills, post.mirror.shows) == (1, 2)
    assert post.house.portal.fetched == ["dev"]


def test_nothing_is_delivered_that_nobody_chose() -> None:
    """By default nothing is fetched; what a crash left in the mirror goes."""
    post = Post(ProfileSettings())
    post.mirror.shown = {"dev": keys("left")}
    post.tick()

    assert post.names == ([], [])
    assert post.house.portal.fetched == []
    post.house.settings.settings = Settings()
    post.tick()
    assert post.mirror.shows == 1


def test_they_are_renewed_before_15_minutes_are_left() -> None:
    """The clock alone brings a look in time; the old ones stay until the new come."""
    post = Post()
    post.tick()
    moments = list(post.delivery.moments())
    assert NOON + minutes(40) in moments

    post.pass_time(40, OFFLINE)
    assert post.names == (["A"], ["A"])
    post.pass_time(0.5)
    assert len(post.house.portal.fetched) == 2
    post.pass_time(1, keys("B", 2))

    assert post.names == (["B"], ["B"])
    assert NOON + minutes(100) in list(post.delivery.moments())


def test_what_can_not_be_renewed_stays_until_it_ends() -> None:
    """Offline is no reason to take away what still works; its end is."""
    post = Post()
    post.tick()
    post.pass_time(50, OFFLINE)
    assert post.names == (["A"], ["A"])
    post.pass_time(9)
    assert post.names[1] == ["A"]
    post.pass_time(1)

    assert post.names[1] == []


def test_a_lapse_empties_the_mirror() -> None:
    """When the sign-in has ended nothing is left there, though the keys would work."""
    post = Post()
    post.house.put(a_token(minutes(10), life=hours(8), refreshable=False))
    post.tick()
    assert post.names[1] == ["A"]
    post.pass_time(11)

    assert post.names == (["A"], [])


def test_a_log_out_empties_both() -> None:
    """What came from a sign-in goes with it."""
    post = Post()
    post.tick()
    assert post.house.verbs.logout("corp")
    post.house.workers.work()

    assert post.names == ([], [])
    post.tick()
    assert post.names == ([], [])


def test_another_session_stays() -> None:
    """Only what belongs to the session that ends is taken away."""
    post = Post()
    post.tick()
    post.house.serving.credentials.drop(CORP.cache_key)
    assert list(post.delivery.moments()) == [NOON + hours(1)]
    post.delivery.forget(a_session("lab"))
    post.house.workers.work()

    assert post.names == (["A"], ["A"])


def test_an_end_empties_the_mirror_alone() -> None:
    """The AWS CLI keeps what it would keep anyway."""
    post = Post()
    post.tick()
    post.delivery.stop()

    assert post.names == (["A"], [])


def test_a_setting_that_is_taken_back() -> None:
    """The next look takes away what it had brought."""
    post = Post()
    post.tick()
    post.choose(ProfileSettings(mirror=True))
    post.tick()
    assert post.names == ([], ["A"])
    post.choose(ProfileSettings())
    post.tick()

    assert post.names == ([], [])


def test_a_protected_profile_is_put_nowhere() -> None:
    """A file would give it to anybody without a question; that is told."""
    post = Post()
    post.tick()
    post.choose(replace(BOTH, protected=True))
    post.tick()

    assert post.names == ([], [])
    assert "protected" in post.delivery.snags["dev"].title
    post.choose(replace(BOTH, protected=True), "dev", "other")
    post.tick()
    assert set(post.delivery.snags) == {"dev", "other"}
    post.choose(ProfileSettings(protected=True))
    post.tick()
    assert post.delivery.snags == {}


def test_what_can_not_be_served_is_left_out() -> None:
    """Broken, without a role, with a code, without its session: nothing is asked."""
    role = AssumedRole("arn:aws:iam::1:role/x", mfa_serial="device")
    odd = (
        replace(a_profile("bearer"), account_id="", role_name=""),
        replace(a_profile("code"), roles=(role,)),
        a_profile("lost", "nowhere"),
        a_profile("broken"),
    )
    post = Post(BOTH, *odd)
    post.choose(BOTH, "bearer", "code", "lost", "broken", "gone")
    problem = ConfigProblem(Subject.PROFILE, "broken", 1, Problem("Broken.", "Mend."))
    config = post.house.config.config
    post.house.config.config = replace(config, problems=(problem,))
    post.tick()

    assert post.house.portal.fetched == []
    assert post.names == ([], [])


@pytest.mark.parametrize("place", ["filler", "mirror"])
def test_a_place_that_refuses_is_tried_again(
    place: str, caplog: pytest.LogCaptureFixture
) -> None:
    """It is logged once, shown with the profile, and done a minute later."""
    post = Post()
    where = post.filler if place == "filler" else post.mirror
    where.refuses = FULL
    post.tick()
    post.tick()

    assert post.delivery.snags == {"dev": Problem("Full.", "Make room.")}
    assert caplog.text.count("Make room.") == 1
    assert NOON + minutes(1) in list(post.delivery.moments())
    where.refuses = None
    post.pass_time(1)
    assert post.names == (["A"], ["A"])
    assert post.delivery.snags == {}


def test_what_can_not_be_taken_away_is_told() -> None:
    """A file that can't be deleted is no crash."""
    post = Post()
    post.tick()
    post.filler.refuses = FULL
    post.delivery.forget(CORP)
    post.choose(ProfileSettings())
    post.house.workers.work()

    assert post.filler.kept
    assert post.delivery.snags == {"dev": Problem("Full.", "Make room.")}


def test_a_profile_that_changes_loses_its_old_keys() -> None:
    """Another role under the same name is never served with the old role's keys."""
    post = Post()
    post.tick()
    changed = replace(a_profile(), role_name="Other")
    config = post.house.config.config
    post.house.config.config = replace(config, profiles=(changed,))
    post.house.portal.credentials = [OFFLINE]
    post.tick()

    assert post.names[1] == []
