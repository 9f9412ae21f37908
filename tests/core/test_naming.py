"""What profiles are called: readable for every SDK, of their own, and stable."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.core.accesses import Access
from tray.core.accounts import Account
from tray.core.errors import UsageError
from tray.core.naming import (
    DEFAULT_TEMPLATE,
    LONGEST_NAME,
    fits,
    names_for,
    parse_template,
    readable,
)

READABLE = re.compile(r"[A-Za-z0-9_@+.%:/-]+")
"""What the SDK for JavaScript reads, which is the strictest."""


def access(name: str = "Data Lake", number: int = 1, role: str = "ReadOnly") -> Access:
    """Give a role in an account."""
    return Access(Account(f"{number:012d}", name, "lake@corp.example"), role)


@pytest.mark.parametrize(
    ("template", "name"),
    [
        (DEFAULT_TEMPLATE, "data-lake-readonly"),
        ("{account_name}.{role}", "Data-Lake.ReadOnly"),
        ("{account_name|lower|dash}", "data-lake"),
        ("{account_name|none}", "DataLake"),
        ("{account_name | upper | underscore}", "DATA_LAKE"),
        ("{account_name|lower|title|dot}", "Data.Lake"),
        ("{session}/{account_id}:{role}", "corp/000000000001:ReadOnly"),
        ("{email|dash}", "lake-corp-example"),
        ("prod", "prod"),
        (" {role} ", "ReadOnly"),
    ],
)
def test_templates(template: str, name: str) -> None:
    """Fields are filled in, filters go from left to right."""
    assert parse_template(template).fill(access(), "corp") == name


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("", "is empty"),
        ("  ", "is empty"),
        ("{account}", "unknown field: account"),
        ("{}", "unknown field: {}"),
        ("{role|lowr}", "unknown filter: lowr"),
        ("{role|}", "unknown filter: (empty)"),
        ("{role", "a { stands alone"),
        ("role}", "a } stands alone"),
        ("{{role}}", "a { stands alone"),
    ],
)
def test_wrong_templates_are_explained(template: str, said: str) -> None:
    """The template and the place in it are named, with what there is instead."""
    with pytest.raises(UsageError, match=re.escape(said)) as raised:
        parse_template(template)

    assert raised.value.remedy


@pytest.mark.parametrize(
    ("account", "name"),
    [
        ("Café Zürich", "cafe-zurich-admin"),
        ("🚀 Rockets 🚀", "rockets-admin"),
        ("🚀", "000000000001-admin"),
        ("日本", "000000000001-admin"),
        ("", "000000000001-admin"),
        ("R&D / \"Skunk\" 'works'", "r-d-skunk-works-admin"),
        ("[profile x]\nrole_arn = evil", "profile-x-role-arn-evil-admin"),
        ("..", "000000000001-admin"),
        ("x" * 200, "x" * LONGEST_NAME),
    ],
)
def test_any_account_gets_a_name(account: str, name: str) -> None:
    """Emoji, slashes, quotes, other scripts, 200 letters: a name that all can read."""
    one = access(account, role="Admin")

    assert parse_template(DEFAULT_TEMPLATE).fill(one, "corp") == name


def test_equal_names_get_their_numbers_all_of_them() -> None:
    """Two accounts of one name: neither keeps the short name, whoever came first."""
    one, two = access("Same", 1, "Admin"), access("same", 2, "Admin")
    other = access("Other", 3, "Admin")
    template = parse_template(DEFAULT_TEMPLATE)

    forth = names_for((one, two, other), "corp", template)
    back = names_for((other, two, one), "corp", template)

    assert forth == back
    assert sorted(forth.values()) == [
        "other-admin",
        "same-admin-000000000001",
        "same-admin-000000000002",
    ]


def test_a_template_that_tells_nothing_apart_still_works() -> None:
    """With `x` for all: number, and role where it takes both."""
    accesses = tuple(access("A", n, r) for n in (1, 2) for r in ("Admin", "Read"))

    names = names_for(accesses, "corp", parse_template("x"))

    assert set(names.values()) == {
        f"x-00000000000{n}-{r}" for n in (1, 2) for r in ("Admin", "Read")
    }


def test_names_that_are_taken_are_left() -> None:
    """What somebody wrote keeps its name, and `default` is nobody's."""
    template = parse_template("{account_name|lower}")
    one, two = access("dev", 1), access("Default", 2)

    names = names_for((one, two), "corp", template, frozenset({"dev"}))

    assert names[one.key] == "dev-000000000001"
    assert names[two.key] == "default-000000000002"


def test_what_nothing_tells_apart_is_numbered() -> None:
    """Even where all three names are taken there is one more."""
    one = access("dev", 1, "Admin")
    taken = frozenset({"dev", "dev-000000000001", "dev-000000000001-Admin"})

    names = names_for((one,), "corp", parse_template("{account_name}"), taken)

    assert names == {one.key: "dev-000000000001-Admin-2"}
    assert fits(names[one.key], one, "corp", parse_template("{account_name}"))


def test_nothing_to_name() -> None:
    """No access, no name."""
    assert names_for((), "corp", parse_template("x")) == {}


@pytest.mark.parametrize(
    ("name", "fitting"),
    [
        ("lake-readonly", True),
        ("lake-readonly-000000000001", True),
        ("lake-readonly-000000000001-ReadOnly-7", True),
        ("pond-readonly", False),
    ],
)
def test_a_name_that_the_template_gave_is_known(name: str, *, fitting: bool) -> None:
    """However it was told apart then, it still fits; that of another account not."""
    template = parse_template(DEFAULT_TEMPLATE)

    assert fits(name, access("Lake"), "corp", template) is fitting


@given(
    st.lists(
        st.tuples(st.text(max_size=12), st.integers(1, 4), st.sampled_from("AB")),
        unique_by=lambda one: (one[1], one[2]),
        max_size=8,
    ),
    st.sampled_from([DEFAULT_TEMPLATE, "{account_name}", "x", "{role}", "{email}"]),
    st.permutations(range(8)),
)
def test_every_name_is_readable_unique_and_the_same_in_any_order(
    rows: list[tuple[str, int, str]], template: str, order: list[int]
) -> None:
    """Whatever accounts are called, and in whatever order they come."""
    accesses = tuple(access(name, number, role) for name, number, role in rows)
    shuffled = tuple(accesses[at] for at in order if at < len(accesses))
    parsed = parse_template(template)

    names = names_for(accesses, "corp", parsed)

    assert len(set(names.values())) == len(accesses)
    assert all(READABLE.fullmatch(name) for name in names.values())
    assert names == names_for(shuffled, "corp", parsed)


@given(st.text())
def test_what_is_readable_stays_as_it_is(text: str) -> None:
    """A second time changes nothing."""
    assert readable(readable(text)) == readable(text)
