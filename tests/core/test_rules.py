"""Decide first, act after: what follows from a change of the board."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, a_session, a_token, hours, minutes, some_facts
from tray.core.board import Board, NoticeKind
from tray.core.hours import parse_daily, parse_hours
from tray.core.memory import SessionRecord, announce
from tray.core.model import AwsConfig, CachedToken
from tray.core.planner import moments
from tray.core.rules import (
    BACK_OFF,
    JITTER,
    Refresh,
    ShowPrompt,
    WithdrawPrompt,
    back_off,
    decide,
    next_deadline,
)
from tray.core.settings import Mode, Settings
from tray.core.status import Activity, Facts, assess

KEY = a_session().cache_key
ENDING = a_token(minutes(14), refreshable=False)
EMPTY = Board()


def board(
    token: CachedToken | None,
    now: datetime = NOON,
    *,
    record: SessionRecord | None = None,
    settings: Settings | None = None,
) -> Board:
    """Assess one session with this token."""
    return assess(some_facts(token, record=record), now, settings or Settings())


def test_a_due_renewal_is_asked_for_once() -> None:
    """When a token's time comes it is renewed, and not again while it is due."""
    calm, due = board(a_token()), board(a_token(minutes(19)))

    assert decide(EMPTY, calm) == ()
    assert decide(calm, due) == (Refresh(a_session()),)
    assert decide(EMPTY, due) == (Refresh(a_session()),)
    assert decide(due, due) == ()


def test_a_notice_comes_once_per_episode_and_is_replaced() -> None:
    """15 minutes before the end, then 5, then at the end: one notice each, one key."""
    kinds = []
    token = a_token(minutes(20), refreshable=False)
    before = board(token)
    for left in (14, 13, 5, 4, -1, -2):
        after = board(token, NOON + minutes(20 - left))
        kinds += [
            (left, action.prompt.notices[0].kind, action.prompt.key)
            for action in decide(before, after)
            if isinstance(action, ShowPrompt)
        ]
        before = after

    assert kinds == [
        (14, NoticeKind.ENDING, "sign-ins"),
        (5, NoticeKind.ENDING, "sign-ins"),
        (-1, NoticeKind.ENDED, "sign-ins"),
    ]


def test_what_people_were_told_is_not_told_again_after_a_restart() -> None:
    """An episode that is on record stays quiet; the next one does not."""
    (action,) = decide(EMPTY, board(ENDING))
    assert isinstance(action, ShowPrompt)
    record = announce(SessionRecord(), action.prompt.notices[0].episode)

    again = decide(EMPTY, board(ENDING, record=record))
    later = decide(EMPTY, board(ENDING, NOON + minutes(10), record=record))

    assert again == ()
    assert [type(action) for action in later] == [ShowPrompt]
    assert announce(record, action.prompt.notices[0].episode) is record


def test_a_notice_is_withdrawn_when_it_is_no_longer_true() -> None:
    """After a log-in, and when the session leaves the config, the notice goes."""
    stood = board(ENDING)
    gone = assess(Facts(AwsConfig(), {}), NOON, Settings())

    assert decide(stood, board(a_token())) == (WithdrawPrompt("sign-ins"),)
    assert decide(stood, gone) == (WithdrawPrompt("sign-ins"),)
    assert decide(board(a_token()), gone) == ()


def test_snooze_is_quiet_and_then_tells_again() -> None:
    """Snoozed, the notice goes; when the time is over it comes back once."""
    until = NOON + minutes(5)
    stood = board(ENDING)
    told = SessionRecord(announced=("x",), snoozed_until=until)

    snoozed = board(ENDING, record=told)
    after = board(ENDING, until, record=told)

    assert decide(stood, snoozed) == (WithdrawPrompt("sign-ins"),)
    assert [type(action) for action in decide(snoozed, after)] == [ShowPrompt]


def test_nobody_is_told_of_what_is_long_over_or_unwanted() -> None:
    """A session that ended a week ago, and switched-off notices, stay quiet."""
    old = a_token(timedelta(days=-8), refreshable=False)
    quiet = Settings(mode=Mode.SILENT)

    assert decide(EMPTY, board(old)) == ()
    assert decide(EMPTY, board(ENDING, settings=quiet)) == ()


def test_a_short_session_is_not_nagged_about_early() -> None:
    """Nobody is told before the last third of a session's length."""
    record = SessionRecord(logged_in_at=NOON)
    settings = Settings(session_duration=minutes(15))
    token = a_token(hours(1))

    early = board(token, NOON + minutes(9), record=record, settings=settings)
    late = board(token, NOON + minutes(10), record=record, settings=settings)

    assert early.sessions[0].notice is None
    assert late.sessions[0].notice is not None


def test_a_renewal_at_the_end_does_not_tell_again() -> None:
    """While the last token is renewed, and after, the same end is told once."""
    usual = SessionRecord(lives=(hours(1),))
    short = a_token(minutes(14), life=minutes(15))
    seen = replace(usual, token=short.fingerprint, token_life=minutes(15))
    (action,) = decide(EMPTY, board(short, record=seen))
    assert isinstance(action, ShowPrompt)
    told = announce(seen, action.prompt.notices[0].episode)
    again = a_token(minutes(14) + timedelta(seconds=3), text="b", life=minutes(15))
    renewed = replace(told, token=again.fingerprint)

    facts = some_facts(short, record=told, activity=Activity(frozenset({KEY})))
    meanwhile = assess(facts, NOON, Settings())
    after = board(again, record=renewed)

    assert decide(board(short, record=told), meanwhile) == ()
    assert decide(meanwhile, after) == ()
    assert decide(EMPTY, after) == ()


def test_a_session_that_the_portal_turned_away_is_told_of() -> None:
    """A revoked session has ended, whatever its file says."""
    record = SessionRecord(revoked=a_token().fingerprint)

    (action,) = decide(board(a_token()), board(a_token(), record=record))

    assert isinstance(action, ShowPrompt)
    assert action.prompt.notices[0].kind is NoticeKind.ENDED


@given(left=st.integers(-300, 300), refreshable=st.booleans(), told=st.booleans())
def test_the_same_board_twice_needs_nothing(
    left: int, *, refreshable: bool, told: bool
) -> None:
    """Deciding again on the same board gives no action at all."""
    record = SessionRecord(announced=("x",)) if told else None
    one = board(a_token(minutes(left), refreshable=refreshable), record=record)

    assert decide(one, one) == ()


def test_back_off_grows_and_stays() -> None:
    """The pauses are 1, 2, 4, 8 and then 15 minutes, with a little chance added."""
    pauses = [back_off(failures, 0.0) for failures in range(7)]

    assert pauses == [minutes(m) for m in (1, 1, 2, 4, 8, 15, 15)]
    assert back_off(1, 1.0) == BACK_OFF[0] * (1 + JITTER)


DEADLINES: list[tuple[CachedToken | None, SessionRecord | None, datetime | None]] = [
    (None, None, None),
    (a_token(minutes(42)), None, NOON + minutes(22)),
    (a_token(minutes(10)), None, NOON + minutes(10)),
    (
        a_token(minutes(60), refreshable=False),
        None,
        NOON + timedelta(milliseconds=1),
    ),
    (
        a_token(minutes(-10)),
        SessionRecord(snoozed_until=NOON + minutes(1)),
        NOON + minutes(1),
    ),
]


def test_next_deadline() -> None:
    """The next look comes when something changes by the clock alone, if anything."""
    for token, record, expected in DEADLINES:
        one = board(token, record=record)
        assert next_deadline(one, NOON, Settings()) == expected


@given(left=st.floats(1, 100_000), refreshable=st.booleans())
def test_the_deadline_lies_ahead(left: float, *, refreshable: bool) -> None:
    """A deadline is never now or in the past, so ticks can't spin."""
    one = board(a_token(timedelta(seconds=left), refreshable=refreshable))
    deadline = next_deadline(one, NOON, Settings())

    assert deadline is not None
    assert deadline > NOON


def test_the_clock_of_the_day_brings_deadlines_too() -> None:
    """Working hours, the daily log-in and a reminder are looked at when they come."""
    settings = Settings(
        working_hours=parse_hours("14:00-18:00"), daily_login=parse_daily("15:00")
    )
    record = SessionRecord(logged_in_at=NOON, remind_at=NOON + minutes(3))
    token = a_token(hours(100), refreshable=False)

    one = board(token, record=record, settings=settings)
    assert next_deadline(one, NOON, settings) == NOON + timedelta(milliseconds=1)
    later = NOON + timedelta(seconds=1)
    one = board(token, later, record=record, settings=settings)
    assert next_deadline(one, later, settings) == NOON + minutes(3)
    assert set(moments(settings, later)) == {NOON + hours(2), NOON + hours(3)}
