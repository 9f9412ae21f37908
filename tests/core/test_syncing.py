"""What `sync` would do, by what stands in the config and what can be reached."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import a_session
from tray.core.accesses import Access, in_order
from tray.core.accounts import Account
from tray.core.model import AwsConfig, Profile, SsoSession
from tray.core.naming import DEFAULT_TEMPLATE, parse_template
from tray.core.syncing import (
    Consent,
    Standing,
    Wish,
    edits_of,
    gained,
    plan_sync,
    session_edit,
)

CORP = a_session()
WISH = Wish(CORP, parse_template(DEFAULT_TEMPLATE))
ONE, TWO = "111111111111", "222222222222"


def access(number: str = ONE, name: str = "Dev", role: str = "Admin") -> Access:
    """Give a role in an account."""
    return Access(Account(number, name), role)


def profile(name: str, number: str = ONE, session: str = "corp") -> Profile:
    """Give a profile for the role Admin."""
    return Profile(name, session, number, "Admin")


def standing(
    *profiles: Profile, ours: tuple[str, ...] = (), more: tuple[SsoSession, ...] = ()
) -> Standing:
    """Give a config with these profiles, some of them ours."""
    names = frozenset(one.name for one in profiles)
    return Standing(AwsConfig((CORP, *more), profiles), names, frozenset(ours))


def test_everything_is_missing_at_first() -> None:
    """Each access gets a profile; nothing else happens."""
    plan = plan_sync(WISH, [access(), access(TWO, "Prod")], standing())

    assert [one.name for one in plan.add] == ["dev-admin", "prod-admin"]
    assert not plan.empty
    assert (plan.present, plan.gone, plan.rename) == (0, (), ())


def test_a_profile_that_people_wrote_counts_and_is_never_touched() -> None:
    """Whatever it is called, its access is present; it is not gone either."""
    there = standing(profile("mine"), profile("old", TWO))

    plan = plan_sync(WISH, [access()], there)

    assert plan.empty
    assert plan.present == 1


def test_a_legacy_profile_of_the_same_portal_counts() -> None:
    """It leads to the same role, by the same start URL however that is written."""
    legacy = replace(a_session(legacy=True), start_url=f"{CORP.start_url}/#/")
    there = standing(profile("mine", session=legacy.name), more=(legacy,))

    assert plan_sync(WISH, [access()], there).present == 1


def test_another_portal_says_nothing() -> None:
    """The same account through another portal is another profile."""
    lab = SsoSession("lab", "https://lab.awsapps.com/start", "eu-west-1")
    there = standing(profile("mine", session="lab"), more=(lab,))

    plan = plan_sync(WISH, [access()], there)

    assert [one.name for one in plan.add] == ["dev-admin"]


def test_ours_that_are_out_of_reach_are_gone() -> None:
    """Those of ours alone."""
    there = standing(profile("a", TWO), profile("b", TWO), ours=("a",))

    plan = plan_sync(WISH, [access()], there)

    assert [one.name for one in plan.gone] == ["a"]


def test_names_are_stable_and_a_renamed_account_is_only_offered() -> None:
    """A profile of ours is found by account and role; its new name is a proposal."""
    there = standing(profile("dev-admin"), ours=("dev-admin",))

    plan = plan_sync(WISH, [access(name="Research")], there)

    assert not plan.add
    assert not plan.gone
    (renaming,) = plan.rename
    assert (renaming.before, renaming.after) == ("dev-admin", "research-admin")


def test_a_source_of_others_keeps_its_name() -> None:
    """Profiles that name it as their `source_profile` would break."""
    chained = replace(profile("deploy"), source_profile="dev-admin")
    there = standing(profile("dev-admin"), chained, ours=("dev-admin",))

    plan = plan_sync(WISH, [access(name="Research")], there)

    assert plan.rename == ()
    assert [one.before for one in plan.pinned] == ["dev-admin"]
    assert plan.empty


def test_a_profile_that_assumes_a_role_is_for_another_role() -> None:
    """It starts from an access, and does not stand for it."""
    chained = replace(profile("deploy"), source_profile="base")

    plan = plan_sync(WISH, [access()], standing(chained))

    assert [one.name for one in plan.add] == ["dev-admin"]


def test_ours_of_a_session_that_was_named_anew_are_changed() -> None:
    """Same portal, another session's name: the profile moves over."""
    old = replace(CORP, name="old")
    there = standing(
        profile("dev-admin", session="old"), ours=("dev-admin",), more=(old,)
    )

    plan = plan_sync(WISH, [access()], there)

    assert [one.name for one in plan.change] == ["dev-admin"]
    assert plan.add == ()


def test_two_of_ours_for_one_role_are_left() -> None:
    """Only the first is offered a new name; none is lost."""
    there = standing(profile("a"), profile("b"), ours=("a", "b"))

    plan = plan_sync(WISH, [access()], there)

    assert [one.before for one in plan.rename] == ["a"]
    assert plan.gone == ()


def test_what_was_gained_is_new_and_has_no_profile() -> None:
    """Neither what was left out before, nor what is there already."""
    old, new, kept = access(TWO), access(role="Billing"), access()
    config = standing(profile("mine")).config

    assert gained(CORP, [old, new, kept], frozenset({old.key}), config) == (new,)


def test_accesses_are_ordered_as_people_look_for_them() -> None:
    """By the account's name, whatever its case, then by the role."""
    rows = [access(TWO, "beta"), access(ONE, "Alpha", "b"), access(ONE, "Alpha", "A")]

    assert [(one.account.name, one.role) for one in in_order(rows)] == [
        ("Alpha", "A"),
        ("Alpha", "b"),
        ("beta", "Admin"),
    ]


def test_edits_say_what_a_profile_needs_and_no_more() -> None:
    """Region and output only where they were chosen; others only with consent."""
    there = standing(profile("dev-admin"), profile("x", TWO), ours=("dev-admin", "x"))
    plan = plan_sync(WISH, [access(name="Lab"), access(role="Read")], there)

    plain = edits_of(plan, WISH, Consent())
    full = edits_of(plan, replace(WISH, region="r-1"), Consent(prune=True, rename=True))

    assert [type(one).__name__ for one in plain] == ["Add"]
    assert [type(one).__name__ for one in full] == ["Add", "Rename", "Remove"]


def test_a_session_without_scopes_names_none() -> None:
    """An empty key would be a fault for other tools."""
    keys = [key for key, _ in session_edit(CORP).values]
    scoped = session_edit(replace(CORP, registration_scopes=("a", "b"))).values

    assert keys == ["sso_start_url", "sso_region"]
    assert scoped[-1] == ("sso_registration_scopes", "a,b")
