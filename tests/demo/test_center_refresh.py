"""Renewals: rotation, the session's end, what becomes of the old token."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.demo.programs import Keys, Program, code_of
from tests.fakes.basics import FakeClock
from tray.core.model import AccessToken, Secret
from tray.demo.center import Center, Rotation

if TYPE_CHECKING:
    from mypy_boto3_sso import SSOClient

OVER = "InvalidGrantException"


def keys_of(token: AccessToken) -> Keys:
    """Give the registration of a token."""
    assert token.client_id is not None
    assert token.client_secret is not None
    return Keys(token.client_id, token.client_secret.reveal())


def refresh_of(token: AccessToken) -> str:
    """Give the refresh token."""
    assert isinstance(token.refresh_token, Secret)
    return token.refresh_token.reveal()


def renew(program: Program, token: AccessToken, refresh_token: str = "") -> str:
    """Renew, and give the refresh token that came; empty for none."""
    keys = keys_of(token)
    answer = program.renew(keys, refresh_token or refresh_of(token))
    assert answer["accessToken"] != token.value.reveal()
    return answer.get("refreshToken", "")


def refused(program: Program, token: AccessToken, refresh_token: str = "") -> str:
    """Give the error's name of a renewal."""
    return code_of(
        program.renew,
        keys=keys_of(token),
        refresh_token=refresh_token or refresh_of(token),
    )


def rotating(center: Center, rotation: Rotation) -> AccessToken:
    """Choose a rotation and log in."""
    center.configure(replace(center.settings, rotation=rotation))
    return center.issue("corp", "alice")


def test_rotation_at_once_uses_the_old_one_up(program: Program, center: Center) -> None:
    """The new refresh token works, the old one is refused."""
    token = rotating(center, Rotation.AT_ONCE)

    new = renew(program, token)

    assert refused(program, token) == OVER
    assert renew(program, token, new) not in {"", new}


def test_rotation_with_grace_lets_the_old_one_work_on(
    program: Program, center: Center, clock: FakeClock
) -> None:
    """The old refresh token works for a minute more, however often it is used."""
    token = rotating(center, Rotation.WITH_GRACE)

    first = renew(program, token)
    clock.advance(timedelta(seconds=40))
    second = renew(program, token)
    clock.advance(timedelta(seconds=40))

    assert first != second
    assert refused(program, token) == OVER
    assert renew(program, token, first)


def test_the_same_one_may_come_back(program: Program, center: Center) -> None:
    """Some services never change it."""
    token = rotating(center, Rotation.SAME)

    assert renew(program, token) == refresh_of(token)
    assert renew(program, token) == refresh_of(token)


def test_none_may_come_back(program: Program, center: Center) -> None:
    """An answer without one leaves the old one working."""
    token = rotating(center, Rotation.NONE)

    assert renew(program, token) == ""
    assert renew(program, token) == ""


def test_the_last_token_is_cut_to_the_session(
    program: Program, center: Center, clock: FakeClock
) -> None:
    """With ten minutes of session left, a renewed token lives ten minutes."""
    token = center.issue("corp", "alice")
    clock.advance(timedelta(hours=7, minutes=50))

    answer = program.renew(keys_of(token), refresh_of(token))

    assert answer["expiresIn"] == 600


def test_a_token_may_outlive_the_session(
    program: Program, portal: SSOClient, center: Center, clock: FakeClock
) -> None:
    """Without the cut it lives its hour, and opens the portal to the end."""
    center.configure(replace(center.settings, cut_to_session=False))
    token = center.issue("corp", "alice")
    clock.advance(timedelta(hours=7, minutes=50))
    answer = program.renew(keys_of(token), refresh_of(token))
    clock.advance(timedelta(minutes=30))

    assert answer["expiresIn"] == 3600
    assert portal.list_accounts(accessToken=answer["accessToken"])["accountList"]


def test_nothing_is_renewed_after_the_session(
    program: Program, center: Center, clock: FakeClock
) -> None:
    """At the session's end the refresh token is refused."""
    token = center.issue("corp", "alice")
    clock.advance(timedelta(hours=8))

    assert refused(program, token) == OVER
    assert center.portal_sessions()[0].ended


def test_revoking_ends_one_portal(
    program: Program, portal: SSOClient, center: Center
) -> None:
    """Tokens of that portal are dead at once, those of the other live on."""
    gone, stays = center.issue("corp", "alice"), center.issue("lab", "alice")

    center.revoke("corp")

    assert refused(program, gone) == OVER
    assert (
        code_of(portal.list_accounts, accessToken=gone.value.reveal())
        == "UnauthorizedException"
    )
    assert renew(program, stays)
    assert [one.ended for one in center.portal_sessions()] == [True, False]


def test_a_person_who_left_is_out(
    program: Program, portal: SSOClient, center: Center
) -> None:
    """A user that the settings no longer have renews nothing and lists nothing."""
    token = center.issue("corp", "bob")
    corp, lab = center.settings.portals
    left = replace(corp, users=corp.users[:1])

    center.configure(replace(center.settings, portals=(left, lab)))

    assert refused(program, token) == OVER
    assert (
        code_of(portal.list_accounts, accessToken=token.value.reveal())
        == "UnauthorizedException"
    )


def test_a_forgotten_client_is_invalid(program: Program, center: Center) -> None:
    """Registrations can be gone although the session lives."""
    token = center.issue("corp", "alice")

    center.forget_clients()

    assert refused(program, token) == "InvalidClientException"


def test_an_expired_registration_renews_nothing(
    program: Program, center: Center, clock: FakeClock
) -> None:
    """A client that has expired is invalid."""
    settings = replace(center.settings, registration_life=timedelta(minutes=30))
    center.configure(settings)
    token = center.issue("corp", "alice")
    clock.advance(timedelta(minutes=31))

    assert refused(program, token) == "InvalidClientException"


def test_a_refresh_token_is_its_clients_own(program: Program, center: Center) -> None:
    """Another client cannot use it."""
    mine, other = center.issue("corp", "alice"), center.issue("corp", "bob")

    assert refused(program, mine, refresh_of(other)) == OVER


@pytest.mark.parametrize("scopes", [(), ("sso:account:access",)])
def test_each_portal_may_have_its_own_lives(
    center: Center, clock: FakeClock, scopes: tuple[str, ...]
) -> None:
    """One portal's tokens can drain faster than another's."""
    corp, lab = center.settings.portals
    quick = replace(
        lab, access_token_life=timedelta(minutes=1), session_life=timedelta(minutes=3)
    )
    center.configure(replace(center.settings, portals=(corp, quick)))

    token = center.issue("lab", "alice", scopes)

    life = timedelta(minutes=1 if scopes else 3)
    assert token.expires_at == clock.now() + life
    assert (token.refresh_token is None) == (not scopes)
