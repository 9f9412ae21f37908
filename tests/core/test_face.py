"""The icon's face: which mood, how much of the ring, which number."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, hours, minutes
from tests.fakes.desktop import a_board, a_status
from tray.core.board import Needs, Phase, SessionStatus
from tray.core.face import COUNTED, MOST, RINGED, SLICES, Face, Mood, face
from tray.core.horizon import Horizon, Source
from tray.core.model import Problem

OFFLINE = Problem("The network is away.", "It is tried again by itself.")
FINE = a_status()
EXPIRED = replace(a_status("old", Phase.EXPIRED), needs=Needs.LOGIN)


def ends(
    after: timedelta, length: timedelta | None = None, name: str = "corp"
) -> SessionStatus:
    """Give a session that ends so soon, of so long a portal session."""
    start = None if length is None else NOON + after - length
    return replace(a_status(name), horizon=Horizon(NOON + after, Source.TOKEN, start))


MOODS: list[tuple[str, list[SessionStatus], bool, Mood]] = [
    ("no session", [], False, Mood.EMPTY),
    ("no session, paused", [], True, Mood.EMPTY),
    ("signed in", [FINE], False, Mood.FINE),
    ("paused", [FINE], True, Mood.PAUSED),
    ("renewing", [a_status(phase=Phase.REFRESHING)], False, Mood.FINE),
    ("offline", [replace(FINE, problem=OFFLINE)], False, Mood.UNKNOWN),
    ("offline and paused", [replace(FINE, problem=OFFLINE)], True, Mood.UNKNOWN),
    ("one of two offline", [FINE, replace(FINE, problem=OFFLINE)], False, Mood.UNKNOWN),
    ("ending", [a_status(phase=Phase.EXPIRING)], False, Mood.ENDING),
    ("ending, paused", [a_status(phase=Phase.EXPIRING)], True, Mood.ENDING),
    ("ended", [EXPIRED], False, Mood.ENDED),
    ("logging in", [a_status(phase=Phase.LOGGING_IN)], False, Mood.BUSY),
    ("torn file", [a_status(phase=Phase.UNKNOWN)], False, Mood.UNKNOWN),
    ("config", [a_status(phase=Phase.MISCONFIGURED)], False, Mood.CONFIG),
    ("logged out", [a_status(phase=Phase.LOGGED_OUT)], False, Mood.LOGGED_OUT),
    ("one left on purpose", [a_status(phase=Phase.LOGGED_OUT), FINE], False, Mood.FINE),
    ("one of two ended", [FINE, EXPIRED], False, Mood.ENDED),
    (
        "ended before ending",
        [a_status(phase=Phase.EXPIRING), EXPIRED],
        False,
        Mood.ENDED,
    ),
]


@pytest.mark.parametrize(
    ("statuses", "paused", "mood"),
    [row[1:] for row in MOODS],
    ids=[row[0] for row in MOODS],
)
def test_the_most_urgent_session_sets_the_mood(
    statuses: list[SessionStatus],
    paused: bool,  # noqa: FBT001 - a column of the table
    mood: Mood,
) -> None:
    """One glance tells the worst; a log-out on purpose is not trouble."""
    board = replace(a_board(*statuses), paused=paused)

    assert face(board, NOON).mood is mood


RINGS: list[tuple[str, list[SessionStatus], int]] = [
    ("end not known", [FINE], SLICES),
    ("eight of eight hours left", [ends(hours(8), hours(8))], 24),
    ("half of them", [ends(hours(4), hours(8))], 12),
    ("a little less than half", [ends(hours(4) - minutes(1), hours(8))], 12),
    ("a slice less than half", [ends(hours(4) - minutes(20), hours(8))], 11),
    ("a second", [ends(timedelta(seconds=1), hours(8))], 1),
    ("nothing", [ends(timedelta(), hours(8))], 0),
    ("over, and not seen yet", [ends(minutes(-5), hours(8))], 0),
    ("begin not known, much left", [ends(hours(5))], 24),
    ("begin not known, half an hour left", [ends(minutes(30))], 12),
    ("begin after end, as a wrong clock has it", [ends(hours(1), hours(-1))], 24),
    ("the one that ends first", [FINE, ends(hours(2), hours(8), "lab")], 6),
    ("ended: no ring", [EXPIRED], 0),
]


@pytest.mark.parametrize(
    ("statuses", "slices"), [row[1:] for row in RINGS], ids=[row[0] for row in RINGS]
)
def test_the_ring_shows_the_time_left(
    statuses: list[SessionStatus], slices: int
) -> None:
    """The ring drains with the session's time; its last slice stays to the end."""
    assert face(a_board(*statuses), NOON).slices == slices


@given(
    left=st.timedeltas(minutes(-10), hours(100)),
    length=st.none() | st.timedeltas(minutes(-10), hours(100)),
    later=st.timedeltas(timedelta(), hours(100)),
)
def test_time_only_drains_the_ring(
    left: timedelta, length: timedelta | None, later: timedelta
) -> None:
    """The ring never fills by itself, and never leaves its bounds."""
    board = a_board(ends(left, length))
    slices = [face(board, now).slices for now in (NOON, NOON + later)]

    assert SLICES >= slices[0] >= slices[1] >= 0


COUNTS: list[tuple[int, Phase, int]] = [
    (1, Phase.EXPIRED, 0),
    (2, Phase.EXPIRED, 2),
    (3, Phase.EXPIRING, 3),
    (40, Phase.EXPIRED, MOST),
    (3, Phase.LOGGED_OUT, 0),
]


@pytest.mark.parametrize(("sessions", "phase", "count"), COUNTS)
def test_several_that_need_people_are_counted(
    sessions: int, phase: Phase, count: int
) -> None:
    """A number says how many; one needs none, and what was left on purpose neither."""
    statuses = [
        replace(a_status(f"s{number}", phase), needs=Needs.LOGIN)
        for number in range(sessions)
    ]

    assert face(a_board(FINE, *statuses), NOON).count == count


moments = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 1)).map(  # noqa: DTZ001 - made aware below
    lambda naive: naive.replace(tzinfo=NOON.tzinfo)
)


@given(
    phases=st.lists(st.sampled_from(Phase), max_size=4),
    needs=st.none() | st.sampled_from(Needs),
    end=st.none() | moments,
)
def test_equal_pictures_have_equal_faces(
    phases: list[Phase], needs: Needs | None, end: datetime | None
) -> None:
    """What is not drawn is not in the face, so that nothing is drawn twice."""
    statuses = [
        replace(a_status(f"s{n}", phase), needs=needs, horizon=Horizon(end))
        for n, phase in enumerate(phases)
    ]
    found = face(a_board(*statuses), NOON)

    assert found.slices == 0 or found.mood in RINGED
    assert found.count == 0 or found.mood in COUNTED
    assert found.count != 1
    assert (found == Face()) is (not phases)
