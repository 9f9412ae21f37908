"""Protected profiles in the menu: how they stand, and the answers to a question."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import NOON, a_profile, minutes
from tests.desktop.statuses import VALID
from tests.fakes.desktop import a_board, below, labels
from tray.core.board import Board, Guarded, Notice, NoticeKind
from tray.core.commands import Lock, Unlock
from tray.desktop.menu import Menu

PROD = a_profile("prod")
ASKED = Notice(
    "unlock prod",
    "corp",
    NoticeKind.UNLOCK,
    "e",
    "Unlock 'prod'?",
    "A program wants it.",
    profile="prod",
)


def board(one: Guarded) -> Board:
    """Give a board with one protected profile."""
    return replace(a_board(VALID), guarded=(one,))


def test_it_is_locked() -> None:
    """One row says so, and unlocks it."""
    (row,) = below(Menu().rows(board(Guarded(PROD)), NOON), "Protected profiles")

    assert row.label == "prod: locked"
    assert row.children is not None
    assert [one.command for one in row.children()] == [Unlock("prod")]


def test_it_is_unlocked() -> None:
    """The row says until when, and locks it again."""
    one = Guarded(PROD, unlocked_until=NOON + minutes(30))
    (row,) = below(Menu().rows(board(one), NOON), "Protected profiles")

    assert row.label == "prod: unlocked until 12:30"
    assert row.children is not None
    assert [each.command for each in row.children()] == [Unlock("prod"), Lock("prod")]


def test_a_program_asks() -> None:
    """The question stands on top, with who asks and the three answers."""
    rows = Menu().rows(board(Guarded(PROD, notice=ASKED)), NOON)

    assert labels(rows)[0] == "Unlock 'prod'?"
    answers = below(rows, "Unlock 'prod'?")
    assert [row.label for row in answers] == [
        "A program wants it.",
        "",
        "Unlock for 30 min",
        "Only this time",
        "Not now",
    ]
    assert [row.command for row in answers[2:]] == [
        Unlock("prod"),
        Unlock("prod", once=True),
        Lock("prod"),
    ]
    (row,) = below(rows, "Protected profiles")
    assert row.label == "prod: a program asks for it"
