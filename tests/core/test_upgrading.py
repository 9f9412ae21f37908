"""Which legacy profiles come together, and under which session."""

from __future__ import annotations

import pytest

from tests.builders import a_session
from tray.core.edits import Add, Change, Head, Kind
from tray.core.model import SsoSession
from tray.core.upgrading import LegacyProfile, UpgradePlan, plan_upgrade

URL, REGION = "https://acme.awsapps.com/start", "eu-west-1"


def plan(
    *legacy: LegacyProfile, sessions: tuple[SsoSession, ...] = (), taken: str = ""
) -> UpgradePlan:
    """Plan it."""
    return plan_upgrade(legacy, sessions, frozenset(taken.split()))


def test_one_session_for_one_portal_however_it_is_written() -> None:
    """A slash or the portal's own ending makes no other portal."""
    made = plan(
        LegacyProfile("a", URL, REGION),
        LegacyProfile("b", f"{URL}/#/", REGION),
        LegacyProfile("c", f"{URL}/", "us-east-1"),
    )

    assert [(g.session.name, g.profiles, g.new) for g in made.groups] == [
        ("acme", ("a", "b"), True),
        ("acme-2", ("c",), True),
    ]
    assert made.profiles == 3


def test_the_edits() -> None:
    """The sessions come first; each profile names one and says no more itself."""
    made = plan(LegacyProfile("a", f"{URL}/", REGION))

    assert made.edits() == (
        Add(
            Head(Kind.SESSION, "acme"),
            (
                ("sso_start_url", URL),
                ("sso_region", REGION),
                ("sso_registration_scopes", "sso:account:access"),
            ),
        ),
        Change(
            Head(Kind.PROFILE, "a"),
            (("sso_session", "acme"),),
            ("sso_start_url", "sso_region"),
        ),
    )


def test_a_session_that_is_there_is_joined() -> None:
    """No second one for the same portal; a legacy sign-in is none."""
    there = a_session("corp")
    old = SsoSession(there.start_url, there.start_url, there.region, legacy=True)
    profile = LegacyProfile("a", there.start_url, there.region)
    made = plan(profile, sessions=(old, there), taken="corp")

    assert [(g.session, g.new) for g in made.groups] == [(there, False)]
    assert all(isinstance(edit, Change) for edit in made.edits())
    assert plan(profile, sessions=(old,)).groups[0].new


@pytest.mark.parametrize(
    ("url", "taken", "name"),
    [
        (URL, "acme", "acme-2"),
        (URL, "acme acme-2", "acme-3"),
        ("https://d-1234567890.awsapps.com/start", "", "sso"),
        ("https://start.us-gov-home.awsapps.com/directory/acme", "", "acme"),
        ("http://127.0.0.1:8000/start/old", "", "old"),
        ("no address", "", "sso"),
        ("https://[", "", "sso"),
    ],
)
def test_names(url: str, taken: str, name: str) -> None:
    """The portal's name, made free; never a name that is taken."""
    made = plan(LegacyProfile("a", url, REGION), taken=taken)

    assert made.groups[0].session.name == name


def test_the_credentials_file_is_left_alone() -> None:
    """What stands there is named and not changed."""
    made = plan(LegacyProfile("a", URL, REGION, in_config=False))

    assert made == UpgradePlan((), ("a",))
