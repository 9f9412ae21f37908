"""Menus of people who have very much of everything."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tests.builders import NOON, a_profile, a_session
from tests.desktop.statuses import EXPIRED, OFFLINE, VALID
from tests.fakes.desktop import a_board, below, labels
from tray.core.board import Board
from tray.core.model import ConfigProblem, Subject
from tray.desktop.menu import Menu
from tray.desktop.rows import FOLD, Row
from tray.desktop.session_rows import SESSIONS


def rows(board: Board) -> Sequence[Row]:
    """Give the menu of a board."""
    return Menu().rows(board, NOON)


def test_very_many_sessions() -> None:
    """The most urgent ones stand in the first level, the others one row below."""
    statuses = [replace(VALID, session=a_session(f"s{n:03}")) for n in range(100)]
    menu = rows(a_board(*statuses, EXPIRED))
    sessions = [row for row in menu if row.key.startswith("session ")]
    more = below(menu, f"{101 - SESSIONS + 1} more sessions")

    assert [row.label for row in sessions[:2]] == [
        "corp: ended at 12:00",
        "s000: signed in, renews itself",
    ]
    assert len(menu) <= FOLD
    assert labels(more)[0] == "s007 … s029"


def test_the_largest_first_level_can_be_taken_in() -> None:
    """However much there is of everything, the first level has at most 25 rows."""
    statuses = [replace(EXPIRED, session=a_session(f"s{n}")) for n in range(40)]
    profiles = [a_profile(f"p{n}") for n in range(5000)]
    names = tuple(f"p{n}" for n in range(20))
    problem = ConfigProblem(Subject.PROFILE, "dev", 3, OFFLINE)
    board = replace(
        a_board(*statuses, profiles=profiles),
        pinned=names,
        problems=(problem,) * 40,
        starts_at_login=True,
    )

    assert len(rows(board)) <= FOLD
