"""The language of filters: what is wanted, and where an expression is wrong."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.core.accesses import Access
from tray.core.accounts import Account
from tray.core.errors import UsageError
from tray.core.filtering import MOST_LEVELS, parse_filter

LAKE = Access(Account("111122223333", "Data Lake", "lake@corp.example"), "ReadOnly")
PROD = Access(Account("444455556666", "prod-web", "web@corp.example"), "Admin")


@pytest.mark.parametrize(
    ("expression", "lake", "prod"),
    [
        ("", True, True),
        ("  ", True, True),
        ("role=Admin", False, True),
        ("role=admin", False, True),
        ("role == ADMIN", False, True),
        ("role!=Admin", True, False),
        ("account=prod-*", False, True),
        ("account=444455556666", False, True),
        ("account_id=1111????3333", True, False),
        ('account_name="data lake"', True, False),
        ("account_name='data lake'", True, False),
        ("account~^prod", False, True),
        ("account!~^prod", True, False),
        ("email~lake@", True, False),
        ("role~^(Admin|Read)", True, True),
        ("(role~^(Admin|Nothing))", False, True),
        ("lake", True, False),
        ('"data lake"', True, False),
        ("admin", False, True),
        ("not admin", True, False),
        ("not not admin", False, True),
        ("role=Admin and account=prod*", False, True),
        ("role=Admin account=data*", False, False),
        ("role=Admin or account=data*", True, True),
        ("role=ReadOnly or role=Admin and account=x", True, False),
        ("(role=ReadOnly or role=Admin) and account=x", False, False),
        ("(role=ReadOnly) (account~lake)", True, False),
        ("role=ReadOnly AND NOT account~web", True, False),
        ("role=Admin not lake", False, True),
    ],
)
def test_what_is_wanted(expression: str, *, lake: bool, prod: bool) -> None:
    """Signs, regular expressions, brackets, and their order."""
    found = parse_filter(expression)

    assert (found.wants(LAKE), found.wants(PROD)) == (lake, prod)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("acct=x", "at character 1: acct is unknown"),
        ("role=Admin and acct=x", "at character 16: acct is unknown"),
        ("role=", "at character 1: role is compared with nothing"),
        ("role=''", "at character 1: role is compared with nothing"),
        ("role~[", "at character 1: [ is no regular expression"),
        ("(role=x", "at character 1: this ( is never closed"),
        ("role=x )", "at character 8: ) is not expected there"),
        ("role=x and", "at character 11: it ends too early"),
        ("and role=x", "at character 1: and is not expected there"),
        ("not", "at character 4: it ends too early"),
        ("()", "at character 2: ) is not expected there"),
        ("(" * (MOST_LEVELS + 2), "too many brackets"),
    ],
)
def test_what_is_wrong_is_shown_with_its_place(expression: str, said: str) -> None:
    """The character is named, and what could stand there."""
    with pytest.raises(UsageError, match=re.escape(said)) as raised:
        parse_filter(expression)

    assert raised.value.remedy


@given(st.text(alphabet="()andortrle=~!\"' *[", max_size=30))
def test_nonsense_is_refused_and_never_breaks(expression: str) -> None:
    """Any text is an expression or gets a sentence."""
    said = ""
    try:
        wanted = parse_filter(expression).wants(LAKE)
    except UsageError as error:
        said, wanted = error.title, None

    assert bool(said) == (wanted is None)
