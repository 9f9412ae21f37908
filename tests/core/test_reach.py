"""What the list of accounts says about who logged in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, a_profile, a_session, minutes
from tray.core.accounts import Account, is_account_id
from tray.core.memory import NAMES_KEPT, Memory, SessionRecord, signed_in
from tray.core.model import Profile
from tray.core.reach import Reach, missing_accounts, with_names, with_reach
from tray.core.wording.labels import label
from tray.core.wording.reach import somebody_else

ONE, TWO, THREE = "111111111111", "222222222222", "333333333333"


def profiles_of(*numbers: str, session: str = "corp") -> tuple[Profile, ...]:
    """Give one profile for each account."""
    return tuple(Profile(f"of {n}", session, n, "Admin") for n in numbers)


TABLE = [
    ("all there", [ONE, TWO], [ONE, TWO, THREE], [], False),
    ("some missing: access was taken away", [ONE, TWO], [TWO], [ONE], False),
    ("most missing: profiles are old", [ONE, TWO, THREE], [ONE], [TWO, THREE], False),
    ("none there", [ONE, TWO], [THREE], [ONE, TWO], True),
    ("the only one is not there", [ONE], [TWO], [ONE], True),
    ("nothing at all is there", [ONE], [], [ONE], True),
    ("no profile names an account", [], [ONE], [], False),
    ("nothing named, nothing there", [], [], [], False),
    ("two roles in one account", [ONE, ONE], [TWO], [ONE], True),
    ("numbers that AWS refuses", ["", "12", "x" * 12, "\uff11" * 12], [ONE], [], False),
    ("one of them is a number", ["12", ONE], [ONE], [], False),
]


@pytest.mark.parametrize(
    ("named", "reachable", "missing", "wrong"), [case[1:] for case in TABLE]
)
def test_only_when_nothing_is_there_it_may_be_somebody_else(
    named: list[str], reachable: list[str], missing: list[str], *, wrong: bool
) -> None:
    """All accounts of the profiles are missing: ask; only some: say nothing."""
    reach = missing_accounts(profiles_of(*named), "corp", reachable)

    assert list(reach.missing) == missing
    assert reach.looks_like_wrong_user is wrong


def test_only_its_own_profiles_count() -> None:
    """What another session's profiles need says nothing about this log-in."""
    profiles = (*profiles_of(ONE), *profiles_of(TWO, session="lab"))

    assert missing_accounts(profiles, "corp", [ONE]) == Reach((ONE,), ())


@given(st.lists(st.sampled_from([ONE, TWO, THREE])), st.sets(st.text()))
def test_what_is_missing_is_named_and_not_there(
    named: list[str], reachable: set[str]
) -> None:
    """For any config and any list the answer holds exactly what is not there."""
    reach = missing_accounts(profiles_of(*named), "corp", reachable)

    assert set(reach.named) == set(named)
    assert set(reach.missing) == set(named) - reachable


def test_a_finding_ends_with_the_next_log_in() -> None:
    """Whoever logged in is the wrong one until somebody logs in, here or elsewhere."""
    begun = SessionRecord(logged_in_at=NOON)
    wrong = with_reach(begun, Reach((ONE, TWO), (ONE, TWO)), NOON + minutes(1))

    assert wrong.wrong_user
    assert wrong.unreached == 2
    assert not signed_in(wrong, NOON + minutes(5)).wrong_user
    elsewhere = SessionRecord(logged_in_at=NOON + minutes(5), stranger_at=NOON)
    assert not elsewhere.wrong_user
    assert not SessionRecord(stranger_at=NOON).wrong_user


def test_a_later_look_can_take_it_back() -> None:
    """What a new look finds replaces what an older one found."""
    record = with_reach(SessionRecord(logged_in_at=NOON), Reach((ONE,), (ONE,)), NOON)

    again = with_reach(record, Reach((ONE, TWO), (TWO,)), NOON + minutes(1))

    assert not again.wrong_user
    assert again.unreached == 1


@pytest.mark.parametrize("logged_in_at", [None, NOON + minutes(1)])
def test_a_look_from_before_the_log_in_says_nothing(logged_in_at: object) -> None:
    """The list may be somebody else's who has logged out meanwhile."""
    later = NOON + minutes(1) if logged_in_at else None
    record = SessionRecord(logged_in_at=later)

    assert with_reach(record, Reach((ONE,), (ONE,)), NOON) is record


def test_names_of_used_accounts_are_kept() -> None:
    """A name comes, changes and stays; unused accounts and empty names don't count."""
    profiles = profiles_of(ONE, TWO)
    listed = (Account(ONE, "Old"), Account(TWO), Account(THREE, "Unused"))
    memory = with_names(Memory(), listed, profiles)

    assert memory.account_names == {ONE: "Old"}
    assert with_names(memory, (Account(ONE, "Old"),), profiles) is memory
    assert with_names(memory, (), profiles) is memory
    assert with_names(memory, (Account(ONE, "New"),), profiles).account_names == {
        ONE: "New"
    }


def test_names_are_bounded() -> None:
    """When there is no more room, the names of accounts without a profile go."""
    numbers = [f"{n:012d}" for n in range(NAMES_KEPT + 1)]
    listed = [Account(number, f"Name {number}") for number in numbers]
    full = with_names(Memory(), listed[:-1], profiles_of(*numbers[:-1]))
    new = profiles_of(*numbers[10:])

    names = with_names(full, listed, new).account_names

    assert len(names) == NAMES_KEPT
    assert numbers[-1] in names
    assert set(numbers[10:]) <= set(names)


NASTY = [
    "Prod\nuction",
    "\x1b[31mred",
    "\u202eevil\u202c",
    "",
    "שלום",
    "👩‍👩‍👧‍👦",
    "a" * 64,
]


@pytest.mark.parametrize("name", NASTY)
def test_names_are_kept_raw_and_shown_clean(name: str) -> None:
    """Whatever people call an account, it is one safe line in a menu."""
    names = with_names(Memory(), (Account(ONE, name),), profiles_of(ONE)).account_names
    shown = label(names.get(ONE, ""))

    assert names == ({ONE: name} if name else {})
    assert shown
    assert not set(shown) & set("\n\x1b\u202e\u202c")


@pytest.mark.parametrize(
    ("text", "good"), [(ONE, True), ("1" * 11, False), ("1" * 11 + "²", False)]
)
def test_an_account_number_has_twelve_digits(text: str, *, good: bool) -> None:
    """Nothing else passes for one, in whatever script its digits are."""
    assert is_account_id(text) is good


@pytest.mark.parametrize("count", [1, 4])
def test_people_are_asked_not_accused(count: int) -> None:
    """The sentence names the session and how much is missing, and says what to do."""
    title, body = somebody_else(a_session("acme"), count)

    assert title.endswith("?")
    assert "acme" in title
    assert ("none of the 4" in body) is (count == 4)
    assert "sign out" in body
    assert a_profile().account_id not in body
