"""The row that offers what can be reached since a while."""

from __future__ import annotations

import pytest

from tray.core.accesses import Access
from tray.core.accounts import Account
from tray.core.wording import menu

NAMED = Access(Account("111122223333", "Data Lake"), "Billing")
NAMELESS = Access(Account("111122223333", ""), "Billing")


@pytest.mark.parametrize(
    ("found", "others", "label"),
    [
        (NAMED, 0, "You gained Billing in Data Lake: add…"),
        (NAMED, 2, "You gained Billing in Data Lake and 2 more: add…"),
        (NAMELESS, 0, "You gained Billing in 111122223333: add…"),
    ],
)
def test_what_was_gained_is_named(found: Access, others: int, label: str) -> None:
    """The first one by role and account, the others by their number."""
    assert menu.gained(found, others) == label
