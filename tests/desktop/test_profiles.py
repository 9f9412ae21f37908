"""The menu's profiles: from none to ten thousand, and any list folded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_profile, a_session
from tests.fakes.desktop import labels, levels
from tray.core.commands import CopyText
from tray.core.model import Profile
from tray.desktop.profiles import Known, profile_row
from tray.desktop.rows import FOLD, Row, fold


def some(count: int, *, sessions: int = 1, roles: int = 4) -> list[Profile]:
    """Give profiles: so many roles in each account, the accounts in some sessions."""
    return [
        Profile(
            f"acme-{number // roles:05}-{'abcdefgh'[number % roles]}",
            f"s{number // roles % sessions}",
            f"{number // roles:012}",
            "Admin",
        )
        for number in range(count)
    ]


def below(profiles: Sequence[Profile]) -> Sequence[Row]:
    """Give what stands below the row with the profiles."""
    names = sorted({profile.session for profile in profiles})
    known = Known({name: a_session(name) for name in names}, {})
    row = profile_row(profiles, known)
    assert row.children is not None
    return row.children()


def copied(rows: Sequence[Row]) -> list[str]:
    """Give every text that can be copied, from top to bottom."""
    found = list[str]()
    for row in rows:
        if isinstance(row.command, CopyText):
            found.append(row.command.text)
        found += copied(row.children()) if row.children else []
    return found


LISTS: list[tuple[str, list[Profile], list[str]]] = [
    (
        "few: by name, whatever the capitals",
        [a_profile("b"), a_profile("C"), a_profile("a")],
        ["a (Admin)", "b (Admin)", "C (Admin)"],
    ),
    (
        "several sessions: in the config's order",
        [a_profile("a", "zoo"), a_profile("b", "corp"), a_profile("c", "zoo")],
        ["zoo", "corp"],
    ),
    (
        "28 in one session: by account, named by its profiles",
        some(28)[:8] + some(28)[8:],
        [f"acme-0000{n}-a … acme-0000{n}-d (00000000000{n})" for n in range(7)],
    ),
    (
        "60 accounts with one role each: no level in vain",
        some(60, roles=1),
        [
            "acme-00000-a … acme-00019-a",
            "acme-00020-a … acme-00039-a",
            "acme-00040-a … acme-00059-a",
        ],
    ),
    (
        "without accounts: by name",
        [replace(one, account_id="") for one in some(26)],
        ["acme-00000-a … acme-00003-a", "acme-00003-b … acme-00006-b"],
    ),
    (
        "one account with many: folded",
        [replace(one, account_id="1" * 12) for one in some(30)],
        ["acme-00000-a … acme-00007-b (111111111111)"],
    ),
]


@pytest.mark.parametrize(
    ("profiles", "said"), [row[1:] for row in LISTS], ids=[row[0] for row in LISTS]
)
def test_how_profiles_are_grouped(profiles: list[Profile], said: list[str]) -> None:
    """As shallow as 25 rows in a level allow, and by the names that people know."""
    assert labels(below(profiles)) == said


@pytest.mark.parametrize("sessions", [1, 3, 40])
@pytest.mark.parametrize("count", [1, 7, 25, 26, 60, 1000, 10_000])
def test_no_level_is_too_long_and_no_profile_is_lost(count: int, sessions: int) -> None:
    """Thousands of profiles stay usable: short levels, few of them, nothing missing."""
    profiles = some(count, sessions=sessions)
    rows = below(profiles)

    assert all(len(level) <= FOLD for level in levels(rows))
    wanted = {text for one in profiles for text in (one.name, one.account_id)}
    assert wanted <= set(copied(rows))
    assert depth(rows) <= 7


def depth(rows: Sequence[Row]) -> int:
    """Give how many levels there are."""
    return 1 + max((depth(row.children()) for row in rows if row.children), default=0)


def test_all_of_it_is_static() -> None:
    """Every row with rows below it may be kept, because the config alone decides."""
    rows = below(some(1000, sessions=3))

    assert all(
        row.static
        for level in levels(rows)
        for row in level
        if row.children and row.label != "Copy"
    )


@given(count=st.integers(0, 5000))
def test_folding_loses_nothing(count: int) -> None:
    """Folded and laid out again, a list is the same; no level is too long or lonely."""
    rows = [Row(f"row {number}") for number in range(count)]

    folded = fold(rows)

    assert leaves(folded) == rows
    for level in levels(folded):
        assert len(level) <= FOLD
        assert len(level) != 1 or count == 1


def leaves(rows: Sequence[Row]) -> list[Row]:
    """Give the rows of the lowest level."""
    found = list[Row]()
    for row in rows:
        found += leaves(row.children()) if row.children else [row]
    return found


@given(names=st.lists(st.text(max_size=60), min_size=26, max_size=60, unique=True))
def test_names_of_parts_are_labels_too(names: list[str]) -> None:
    """Whatever stands in a config, a part's name is one line that fits."""
    for level in levels(below([a_profile(name) for name in names])):
        for row in level:
            assert row.label.splitlines() == [row.label]
            assert row.label.isprintable() or not row.label.isascii()
