"""Profiles in the menu of a board: those at hand, and what each offers."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from tests.builders import NOON, a_profile, minutes
from tests.desktop.statuses import ENDING, VALID
from tests.fakes.desktop import a_board, below, labels
from tray.core.board import Board
from tray.core.commands import CopyText
from tray.core.model import Profile
from tray.desktop.menu import Menu
from tray.desktop.rows import Row


def rows(board: Board) -> tuple[Row, ...]:
    """Give the menu of a board."""
    return Menu().rows(board, NOON)


def test_profiles_at_hand() -> None:
    """Pinned ones with a star, then those used last; each once, none that is gone."""
    profiles = [a_profile(name) for name in ("dev", "prod", "test")]
    board = replace(
        a_board(ENDING, profiles=profiles),
        pinned=("prod", "gone"),
        recent=("test", "prod"),
        account_names={"111122223333": "Shop"},
    )
    menu = rows(board)

    assert labels(menu)[4:8] == ["★ prod (Admin)", "test (Admin)", "Profiles", "-"]
    assert labels(below(menu, "★ prod (Admin)")) == [
        "Ends in 12 min",
        "AWS CLI, SDKs and sso-tray until 12:12",
        "-",
        "Shop (111122223333)",
        "Open AWS console",
        "Copy",
        "Don't keep at the top",
    ]
    alone = replace(board, profiles=(Profile("prod", "gone", "", ""),))
    assert labels(below(rows(alone), "★ prod"))[0] == (
        "Its session is not in your AWS config"
    )


def test_accounts_are_named_where_they_are_known() -> None:
    """An account's name stands before its number, and profiles show it too."""
    profiles = [a_profile(f"p{n:02}") for n in range(30)]
    board = replace(
        a_board(VALID, profiles=profiles), account_names={"111122223333": "Shop"}
    )
    accounts = below(rows(board), "Profiles")

    assert labels(accounts) == ["Shop (111122223333)"]


def test_a_profile_without_an_account_or_a_session() -> None:
    """What is not known is not offered."""
    bare = Profile("bare", "gone", "", "")
    (row,) = below(rows(a_board(VALID, profiles=[bare])), "Profiles")
    assert row.children is not None

    assert row.label == "bare"
    assert labels(row.children()) == [
        "Its session is not in your AWS config",
        "-",
        "Copy",
        "Keep at the top",
    ]
    assert labels(below(row.children(), "Copy")) == [
        "Profile name",
        "Line for the shell",
        "Line for ~/.aws/config",
    ]


def test_profiles_of_a_short_list_follow_the_time() -> None:
    """Each tells how long it works, and its row stays as long as that does."""
    menu, board = Menu(), a_board(ENDING, profiles=[a_profile("dev")])

    def said(now: datetime) -> tuple[Row, str]:
        (row,) = below(menu.rows(board, now), "Profiles")
        assert row.children is not None
        return row, labels(row.children())[0]

    first, again, later = said(NOON), said(NOON), said(NOON + minutes(2))
    assert first[0] is not later[0]
    assert (first[1], again[1], later[1]) == (
        "Ends in 12 min",
        "Ends in 12 min",
        "Ends in 10 min",
    )
    assert menu.rows(board, NOON)[4] is menu.rows(board, NOON)[4]


def test_a_very_long_list_offers_the_most_wanted() -> None:
    """With thousands of profiles each offers three things; pinned, it offers all."""
    profiles = [a_profile(f"p{n}", f"s{n % 201}") for n in range(201)]
    board = replace(a_board(VALID, profiles=profiles), pinned=("p0",))
    folded = below(rows(board), "Profiles")[0]
    assert folded.children is not None
    (one,) = below(folded.children(), "s0")
    assert one.children is not None

    assert labels(one.children()) == ["Copy profile name", "Keep at the top"]
    assert "Copy" in labels(below(rows(board), "★ p0 (Admin)"))


def test_lines_to_copy_name_the_program_as_a_shell_finds_it() -> None:
    """Where it is not on the PATH, the copied lines have its whole path."""
    menu = Menu("/opt/my apps/sso-tray").rows(a_board(VALID), NOON)
    profile = below(below(menu, "Profiles"), "corp-dev (Admin)")
    copied = [
        row.command.text
        for row in below(profile, "Copy")
        if isinstance(row.command, CopyText)
    ]

    program = "'/opt/my apps/sso-tray'"
    assert copied[-2:] == [
        f'eval "$({program} env -- corp-dev)"',
        f"credential_process = {program} credential-process --profile=corp-dev",
    ]
