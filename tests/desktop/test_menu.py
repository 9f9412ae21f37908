"""The menu of a board, read row by row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.builders import NOON, a_profile, a_session, minutes
from tests.desktop.statuses import ENDING, EXPIRED, LATER, OFFLINE, VALID
from tests.fakes.desktop import a_board, a_status, below, labels, levels
from tray.core import commands
from tray.core.board import (
    Board,
    Needs,
    Phase,
)
from tray.core.ledger import StartedLogin
from tray.core.model import ConfigProblem, Grant, Problem, Subject
from tray.desktop.menu import Menu
from tray.desktop.profiles import FOLLOWED
from tray.desktop.rows import Row

ALWAYS = ["-", "Pause renewals", "More", "Quit"]


def rows(board: Board | None) -> Sequence[Row]:
    """Give the menu of a board."""
    return Menu().rows(board, NOON)


def test_before_anything_is_known() -> None:
    """At the start the menu says what it waits for, and can be quit."""
    assert labels(rows(None)) == ["Reading your AWS config…", "-", "Quit"]


def test_nothing_configured() -> None:
    """Without sessions, the menu says what to do, whole."""
    assert labels(rows(Board())) == [
        "There is no SSO session in your AWS config yet.",
        "Make one with 'sso-tray configure', or add an [sso-session NAME]",
        "section; it appears here by itself.",
        "Set up a sign-in…",
        *ALWAYS,
    ]


FIRST_LEVELS: list[tuple[str, Board, list[str]]] = [
    (
        "one that is fine",
        a_board(VALID),
        ["corp: signed in, renews itself", "-", "Profiles", *ALWAYS],
    ),
    (
        "one that ended",
        a_board(EXPIRED),
        ["Log in to corp", "-", "corp: ended at 12:00", "-", "Profiles", *ALWAYS],
    ),
    (
        "three, the worst on top, the others in the config's order",
        a_board(
            replace(VALID, session=a_session("zoo"), expires_at=LATER),
            replace(VALID, session=a_session("lab"), expires_at=NOON + minutes(30)),
            ENDING,
        ),
        [
            "Log in to corp",
            "-",
            "corp: ends in 12 min",
            "zoo: signed in, renews itself",
            "lab: signed in, renews itself",
            "-",
            "Profiles",
            *ALWAYS,
        ],
    ),
    (
        "logged out on purpose stays below, and is not pressed for",
        a_board(
            replace(a_status("old", Phase.LOGGED_OUT), needs=Needs.LOGIN),
            VALID,
        ),
        [
            "corp: signed in, renews itself",
            "old: logged out",
            "-",
            "Profiles",
            *ALWAYS,
        ],
    ),
    (
        "something wrong in the config",
        replace(
            a_board(VALID),
            problems=(ConfigProblem(Subject.PROFILE, "dev", 3, OFFLINE),) * 2,
        ),
        [
            "corp: signed in, renews itself",
            "-",
            "Profiles",
            "2 problems in your AWS config",
            *ALWAYS,
        ],
    ),
]


@pytest.mark.parametrize(
    ("board", "said"),
    [row[1:] for row in FIRST_LEVELS],
    ids=[row[0] for row in FIRST_LEVELS],
)
def test_the_first_level(board: Board, said: list[str]) -> None:
    """Sessions first, those in trouble on top; then profiles, problems, the rest."""
    assert labels(rows(board)) == said


ASKED: list[commands.Command] = [
    commands.Login("corp"),
    commands.Pause(paused=True),
    commands.Quit(),
    commands.Login("corp"),
    commands.Login("corp", fresh=True),
    commands.Logout("corp"),
    commands.Snooze("corp", minutes(15)),
    commands.Snooze("corp", minutes(60)),
    commands.SnoozeToTomorrow("corp"),
    commands.Mute("corp"),
    commands.OpenConsole(
        "corp-dev",
        "https://acme.awsapps.com/start/#/console"
        "?account_id=111122223333&role_name=Admin",
    ),
    commands.Pin("corp-dev", pinned=True),
    commands.CopyText("corp-dev", "corp-dev"),
    commands.CopyText("111122223333", "corp-dev"),
    commands.CopyText(
        "arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/eu-west-1/"
        "AWSReservedSSO_Admin_*",
        "corp-dev",
    ),
    commands.CopyText('eval "$(sso-tray env -- corp-dev)"', "corp-dev"),
    commands.CopyText(
        "credential_process = sso-tray credential-process --profile=corp-dev",
        "corp-dev",
    ),
    commands.StartAtLogin(wanted=True),
    commands.OpenSettings(),
    commands.OpenLogs(),
    commands.CopyReport(),
]


def test_every_row_asks_for_its_command() -> None:
    """What is clicked is what is asked for."""
    menu = rows(replace(a_board(ENDING), starts_at_login=False))
    found = [
        row.command
        for level in levels(menu)
        for row in level
        if row.command is not None
    ]

    assert found == ASKED


def test_a_click_on_the_icon_logs_in() -> None:
    """The one thing that matters is the default, and only where somebody is needed."""
    assert [row.label for row in rows(a_board(ENDING)) if row.default] == [
        "Log in to corp"
    ]
    assert not [row for row in rows(a_board(VALID)) if row.default]


def test_pausing_is_ticked_and_can_be_undone() -> None:
    """The row shows the state, and asks for the other one."""
    (pause,) = [
        row for row in rows(replace(a_board(VALID), paused=True)) if row.key == "pause"
    ]

    assert pause.checked is True
    assert pause.command == commands.Pause(paused=False)


@pytest.mark.parametrize("phase", Phase)
def test_words_change_and_rows_stay(phase: Phase) -> None:
    """However a session stands, its row is the same one: an open menu stays open."""
    keys = [
        row.key
        for row in rows(a_board(replace(VALID, phase=phase)))
        if row.label.startswith("corp")
    ]

    assert keys == ["session corp"]


def test_no_two_rows_of_a_level_have_one_name() -> None:
    """A panel can tell rows apart, even of profiles that differ in capitals alone."""
    profiles = [a_profile(name) for name in ("dev", "Dev", "DEV", "prod")]
    problems = tuple(
        ConfigProblem(Subject.PROFILE, name, 1, OFFLINE) for name in ("dev", "Dev")
    )
    board = replace(a_board(ENDING, profiles=profiles), problems=problems)

    for level in levels(rows(board)):
        keys = [row.key or row.label for row in level if row.label]
        assert len(set(keys)) == len(keys)


def test_what_depends_on_the_config_is_made_once() -> None:
    """As long as the config stays, its rows are the same objects, and static."""
    profiles = [a_profile(f"p{number}") for number in range(FOLLOWED + 1)]
    problem = ConfigProblem(Subject.FILE, "x", 0, OFFLINE)
    menu = Menu()
    board = replace(a_board(VALID, profiles=profiles), problems=(problem,))
    first = kept_rows(menu.rows(board, NOON))
    ended = replace(board, sessions=(EXPIRED,))
    again = kept_rows(menu.rows(ended, LATER))
    fresh = Board(ended.sessions, board.profiles, board.problems)
    assert all(
        x is y for x, y in zip(first, kept_rows(menu.rows(fresh, NOON)), strict=True)
    )
    moved = replace(board, profiles=(a_profile("other"),))
    other = kept_rows(menu.rows(moved, LATER))

    assert [row.key for row in first] == ["profiles", "problems"]
    assert all(one is two for one, two in zip(first, again, strict=True))
    assert labels(below(other, "Profiles")) == ["other (Admin)"]


def kept_rows(menu: Sequence[Row]) -> list[Row]:
    """Give the rows of the first level that depend on the config alone."""
    return [row for row in menu if row.static and not row.key.startswith("session")]


def test_a_session_that_says_the_same_keeps_its_row() -> None:
    """Only what changed is made anew: the label in time, or the session itself."""
    menu, board = Menu(), a_board(VALID, replace(ENDING, session=a_session("lab")))
    lab, corp = (row for row in menu.rows(board, NOON) if row.static and row.short)
    again = [row for row in menu.rows(board, NOON) if row.static and row.short]
    later = [
        row for row in menu.rows(board, NOON + minutes(2)) if row.static and row.short
    ]

    assert again[0] is lab
    assert later[1] is again[1] is corp
    assert later[0].label == "lab: ends in 10 min"


def test_problems_are_told_whole() -> None:
    """Each problem names itself; below stand all its words and the remedy."""
    long = Problem("The section 'corp' has no sso_region. " * 3, "Add one. " * 10)
    found = ConfigProblem(Subject.SESSION, "corp", 12, long)
    menu = rows(replace(a_board(VALID), problems=(found,)))
    (row,) = below(menu, "1 problem in your AWS config")
    assert row.children is not None

    said = " ".join(labels(row.children()))
    assert said == f"{long.title}{long.remedy}".strip()


def test_what_needs_people_stands_first_and_all_of_it_at_one_click() -> None:
    """Two that need a log-in: the worst by name, and both in one row."""
    lab = replace(EXPIRED, session=a_session("lab"))
    out = replace(a_status("out", Phase.LOGGED_OUT), needs=Needs.LOGIN)
    menu = rows(a_board(ENDING, lab, out))

    assert labels(menu)[:3] == ["Log in to lab", "Log in to all 2", "-"]
    assert menu[1].command == commands.LoginAll(("lab", "corp"))
    assert labels(rows(a_board(out)))[:2] == ["Log in to out", "-"]


def test_the_log_ins_that_we_started() -> None:
    """A page that nobody expected can be looked up: ours stand there, newest first."""
    login = StartedLogin(NOON, "corp", Grant.DEVICE_CODE, "terraform")
    for logins, first in (
        ((login,), "12:00: corp, by device code, for terraform"),
        ((), "It has started none yet."),
    ):
        more = below(rows(replace(a_board(VALID), logins=logins)), "More")
        assert labels(below(more, "Log-ins that sso-tray started"))[:2] == [first, "-"]
