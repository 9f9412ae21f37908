"""What the menu offers for a session, however it stands."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.builders import NOON
from tests.desktop.statuses import ENDING, EXPIRED, OFFLINE, VALID
from tests.fakes.desktop import a_board, a_status, labels
from tray.core.board import Phase, SessionStatus
from tray.desktop.menu import Menu

IN_SESSIONS: list[tuple[str, SessionStatus, list[str]]] = [
    (
        "fine",
        VALID,
        ["Renews itself at 12:00", "-", "Log in again", "Renew now", "Log out"],
    ),
    (
        "renewing",
        replace(VALID, phase=Phase.REFRESHING),
        ["Renews itself at 12:00", "-", "Log in again", "Log out"],
    ),
    (
        "ending",
        ENDING,
        [
            "Ends about 12:12 (it can't renew itself)",
            "-",
            "Log in again",
            "Log out",
            "Snooze",
        ],
    ),
    ("ended", EXPIRED, ["Log in", "Log out", "Snooze"]),
    ("logging in", a_status(phase=Phase.LOGGING_IN), ["Cancel the log-in"]),
    (
        "logging in again",
        replace(VALID, phase=Phase.LOGGING_IN, renewable=False),
        ["Cancel the log-in", "Log out"],
    ),
    ("logged out", a_status(phase=Phase.LOGGED_OUT), ["Log in"]),
    (
        "not known",
        replace(a_status(phase=Phase.UNKNOWN), problem=OFFLINE),
        ["The network is away. It is tried again by itself.", "-", "Log in"],
    ),
    (
        "config",
        replace(a_status(phase=Phase.MISCONFIGURED), problem=OFFLINE),
        ["The network is away. It is tried again by itself.", "-"],
    ),
    (
        "config, without a word why",
        a_status(phase=Phase.MISCONFIGURED),
        ["needs a look at the config"],
    ),
]


@pytest.mark.parametrize(
    ("status", "said"),
    [row[1:] for row in IN_SESSIONS],
    ids=[row[0] for row in IN_SESSIONS],
)
def test_what_a_session_offers(status: SessionStatus, said: list[str]) -> None:
    """Why it stands as it does, then what can be done about it now."""
    menu = Menu().rows(a_board(status), NOON)
    (session,) = [row for row in menu if row.key == "session corp"]
    assert session.children is not None

    assert labels(session.children()) == said
