"""What the menu offers for a session, however it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.builders import NOON, hours, minutes
from tests.desktop.statuses import ENDING, EXPIRED, NOTICE, OFFLINE, VALID
from tests.fakes.desktop import a_board, a_status, below, labels
from tray.core.board import NoticeKind, Phase, SessionStatus
from tray.desktop.menu import Menu
from tray.desktop.rows import Row

NAPS = ["Quiet for 15 min", "Quiet for 1 h", "Quiet until tomorrow"]
PLAN = replace(NOTICE, kind=NoticeKind.PLAN, remind_at=NOON + hours(1))

IN_SESSIONS: list[tuple[str, SessionStatus, list[str]]] = [
    (
        "fine",
        VALID,
        [
            "Renews itself at 12:00",
            "-",
            "Log in again",
            "Start a new sign-in",
            "Renew now",
            "Log out",
            "Quiet",
        ],
    ),
    (
        "renewing",
        replace(VALID, phase=Phase.REFRESHING),
        [
            "Renews itself at 12:00",
            "-",
            "Log in again",
            "Start a new sign-in",
            "Log out",
            "Quiet",
        ],
    ),
    (
        "ending",
        ENDING,
        [
            "Ends about 12:12 (it can't renew itself)",
            "-",
            "Log in again",
            "Start a new sign-in",
            "Log out",
            "Quiet",
        ],
    ),
    ("ended", EXPIRED, ["Log in", "Log out", "Quiet"]),
    ("logging in", a_status(phase=Phase.LOGGING_IN), ["Cancel the log-in"]),
    (
        "logging in again",
        replace(VALID, phase=Phase.LOGGING_IN, renewable=False),
        ["Cancel the log-in", "Log out", "Quiet"],
    ),
    (
        "logging in with a code",
        replace(a_status(phase=Phase.LOGGING_IN), user_code="ABCD-EFGH"),
        ["The page must show: ABCD-EFGH", "Cancel the log-in"],
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


QUIETS: list[tuple[str, SessionStatus, str, list[str]]] = [
    ("usable", ENDING, "Quiet", [*NAPS, "Quiet until it has ended"]),
    ("over", EXPIRED, "Quiet", NAPS),
    (
        "snoozed",
        replace(EXPIRED, snoozed_until=NOON + minutes(30)),
        "Quiet until 12:30",
        [*NAPS, "-", "Tell me again"],
    ),
    (
        "muted",
        replace(VALID, muted=True),
        "Quiet until it has ended",
        [*NAPS, "Quiet until it has ended", "-", "Tell me again"],
    ),
    (
        "a proposal",
        replace(VALID, notice=PLAN),
        "Quiet",
        ["Remind me at 13:00", *NAPS, "Quiet until it has ended"],
    ),
    (
        "a reminder",
        replace(VALID, remind_at=NOON + hours(1)),
        "Reminds you at 13:00",
        [*NAPS, "Quiet until it has ended", "-", "Tell me again"],
    ),
]


@pytest.mark.parametrize(
    ("status", "name", "said"),
    [row[1:] for row in QUIETS],
    ids=[row[0] for row in QUIETS],
)
def test_quiet(status: SessionStatus, name: str, said: list[str]) -> None:
    """How long people can have quiet, what they asked for, and the way back."""
    menu = Menu().rows(a_board(status), NOON)

    assert labels(below(below_session(menu), name)) == said


def below_session(menu: Sequence[Row]) -> Sequence[Row]:
    """Give the rows of the only session."""
    (session,) = [row for row in menu if row.key == "session corp"]
    assert session.children is not None
    return session.children()
