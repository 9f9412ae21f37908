"""Profiles that take their role from another one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import a_profile, a_session, minutes
from tests.flows.test_serving import OFFLINE, Place, keys
from tray.core.errors import CannotTell, Refused
from tray.core.model import Profile
from tray.core.rolekeys import RoleKey, account_of
from tray.core.roles import AssumedRole
from tray.flows.chains import Chained

NEAR = AssumedRole("arn:aws:iam::222233334444:role/near")
FAR = AssumedRole("arn:aws:iam::333344445555:role/far", external_id="x")
CORP = a_session()


def chained(name: str, *roles: AssumedRole) -> Profile:
    """Give a profile that goes through roles."""
    return replace(a_profile(name), source_profile="dev", roles=roles)


def place(*more: Profile) -> Place:
    """Give the house with `dev`, `near` and `far`."""
    made = Place()
    profiles = (
        a_profile(),
        chained("near", NEAR),
        chained("far", NEAR, FAR),
        chained("twin", NEAR),
        *more,
    )
    config = made.house.config.config
    made.house.config.config = replace(config, profiles=profiles)
    return made


def test_a_chain_is_followed_and_each_link_is_held() -> None:
    """Every role is asked for once, with the keys of the one before."""
    house = place()

    assert house.get("far").credentials.access_key_id == f"of {FAR.role_arn}"
    assert house.get("near").credentials.access_key_id == f"of {NEAR.role_arn}"
    assert house.get("twin").credentials.access_key_id == f"of {NEAR.role_arn}"
    assert house.get("dev").credentials == keys()
    assert house.house.portal.fetched == ["far"]
    assert house.house.sts.asked == [
        (NEAR.role_arn, "A"),
        (FAR.role_arn, f"of {NEAR.role_arn}"),
    ]


def test_many_who_ask_at_once_share_the_source() -> None:
    """However many profiles start from one, the portal is asked once."""
    house = place()
    futures = [house.serving.ask(name) for name in ("near", "far", "twin", "dev")]
    house.house.workers.work()

    assert len({one.result(0).credentials.access_key_id for one in futures}) == 3
    assert house.house.portal.fetched == ["near"]
    assert len(house.house.sts.asked) == 2


def test_what_went_wrong_at_the_source_is_told() -> None:
    """STS is not asked, and the next try is a pause later."""
    house = place()
    house.house.portal.credentials = [OFFLINE]

    with pytest.raises(CannotTell, match="Offline"):
        house.get("far")
    assert house.house.sts.asked == []
    assert len(house.house.portal.fetched) == 1


def test_a_source_that_is_held_no_more_is_fetched_again() -> None:
    """Without what its source has, a role begins at the portal."""
    house = place()
    source = Chained(house.house.portal, house.house.sts, lambda *_: None)

    source.role_credentials(CORP, chained("far", NEAR, FAR))

    assert house.house.portal.fetched == ["far"]
    assert len(house.house.sts.asked) == 2


def test_a_log_out_forgets_all_links() -> None:
    """Neither memory nor keyring keeps what came from a sign-in."""
    house = place()
    house.get("far")
    assert len(house.held.holdings()) == 3
    assert len(house.house.keystore.entries) == 3

    house.serving.forget(CORP)
    house.house.workers.work()

    assert not house.held.holdings()
    assert not house.house.keystore.entries


def test_the_keyring_has_each_link() -> None:
    """After a restart nobody is asked."""
    house = place()
    house.get("far")
    house.held.drop(CORP.cache_key)
    house.house.clock.advance(minutes(1))

    assert house.get("far").credentials.access_key_id == f"of {FAR.role_arn}"
    assert len(house.house.sts.asked) == 2
    assert len(house.house.portal.fetched) == 1


@pytest.mark.parametrize(
    ("roles", "word"),
    [
        ((NEAR, replace(NEAR, mfa_serial="arn:aws:iam::1:mfa/me"), FAR), "mfa_serial"),
        ((NEAR,) * 9, "more than 8"),
    ],
)
def test_what_is_not_served(roles: tuple[AssumedRole, ...], word: str) -> None:
    """A code that only people have, and chains without end, are refused at once."""
    house = place(chained("odd", *roles))

    with pytest.raises(Refused, match=word):
        house.get("odd")
    assert house.house.portal.fetched == []


def test_the_account_is_the_roles() -> None:
    """What programs are told is the account that the keys are for."""
    assert account_of(chained("far", NEAR, FAR)) == "333344445555"
    assert account_of(chained("odd", AssumedRole("no ARN"))) == ""
    assert account_of(a_profile()) == "111122223333"


def test_keys_of_roles_are_told_apart() -> None:
    """One role with another wish has another place in the keyring."""
    names = {
        RoleKey.of(CORP, profile).name
        for profile in (
            a_profile(),
            chained("near", NEAR),
            chained("near", replace(NEAR, external_id="x")),
            chained("far", NEAR, FAR),
            chained("far", FAR, NEAR),
        )
    }

    assert len(names) == 5
