"""Labels and sentences: what people read about a board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import (
    NOON,
    a_profile,
    a_session,
    a_token,
    hours,
    minutes,
    some_facts,
)
from tray.core.board import Board, NoticeKind, Phase, Retry
from tray.core.memory import Memory, SessionRecord
from tray.core.model import AwsConfig, CacheEntry, Problem, SsoSession, Unreadable
from tray.core.settings import Settings
from tray.core.status import Activity, Facts, assess
from tray.core.wording import board as wording
from tray.core.wording import demo, menu, prompts, signin, times
from tray.core.wording import settings as settings_words

KEY = a_session().cache_key
OFFLINE = Problem("The network is away.", "It is tried again by itself.")


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(seconds=-5), "a moment"),
        (timedelta(seconds=4), "a moment"),
        (timedelta(seconds=45), "40 s"),
        (minutes(1), "1 min"),
        (minutes(12.9), "12 min"),
        (minutes(44), "40 min"),
        (minutes(60), "1 h"),
        (minutes(139), "2 h 15 min"),
        (hours(30), "30 h"),
        (hours(100), "4 days"),
    ],
)
def test_time_left(left: timedelta, words: str) -> None:
    """Time left is told in the steps that people need, rounded down."""
    assert times.time_left(NOON + left, NOON) == words


@given(left=st.floats(0.01, 500_000))
def test_labels_change_exactly_at_their_step(left: float) -> None:
    """Between now and the next step the words stay; at the step they change."""
    end = NOON + timedelta(seconds=left)
    step = times.next_step(end, NOON)
    assert step is not None
    assert step > NOON
    just_before = step - timedelta(milliseconds=2)
    if just_before > NOON:
        assert times.time_left(end, just_before) == times.time_left(end, NOON)


def test_no_step_after_the_end() -> None:
    """What has ended needs no new words."""
    assert times.next_step(NOON, NOON) is None


def test_the_clock_names_the_day_when_it_is_another() -> None:
    """Today's times are short; another day's say which."""
    assert times.clock(NOON) == "12:00"
    assert times.clock(NOON + hours(1), NOON) == "13:00"
    assert times.clock(NOON + hours(30), NOON) == "Tue 03 Mar, 18:00"


def board_of(*rows: tuple[SsoSession, CacheEntry | None]) -> Board:
    """Give the board of these sessions."""
    config = AwsConfig(tuple(session for session, _ in rows), (a_profile(),))
    tokens = {session.cache_key: entry for session, entry in rows if entry}
    return assess(Facts(config, tokens), NOON, Settings())


LABELS: list[tuple[str, Facts, str, str | None]] = [
    ("logged out", some_facts(), "corp: logged out", None),
    (
        "renews itself",
        some_facts(a_token()),
        "corp: signed in, renews itself",
        "Renews itself at 12:22",
    ),
    (
        "ends, not renewable",
        some_facts(a_token(hours(2), refreshable=False)),
        "corp: ends in 2 h",
        "Ends about 14:00 (it can't renew itself)",
    ),
    (
        "ended",
        some_facts(a_token(minutes(-5), refreshable=False)),
        "corp: ended at 11:55",
        None,
    ),
    (
        "torn file",
        some_facts(Unreadable(OFFLINE)),
        "corp: The network is away",
        "The network is away. It is tried again by itself.",
    ),
    (
        "renewing",
        some_facts(a_token(), activity=Activity(refreshing=frozenset({KEY}))),
        "corp: renewing…",
        "Renews itself at 12:22",
    ),
    (
        "logging in",
        some_facts(activity=Activity(logging_in=frozenset({KEY}))),
        "corp: waiting for you in the browser…",
        None,
    ),
    (
        "offline",
        some_facts(
            a_token(minutes(5)),
            activity=Activity(
                retries={KEY: Retry(1, NOON + minutes(1), OFFLINE, NOON)}
            ),
        ),
        "corp: signed in, renews itself",
        "The network is away. It is tried again by itself.",
    ),
    (
        "legacy",
        some_facts(session=a_session(legacy=True)),
        "acme (legacy): logged out",
        None,
    ),
]


@pytest.mark.parametrize(
    ("facts", "label", "detail"),
    [row[1:] for row in LABELS],
    ids=[row[0] for row in LABELS],
)
def test_labels(facts: Facts, label: str, detail: str | None) -> None:
    """Each state has its line, and a second one where there is more to say."""
    (status,) = assess(facts, NOON, Settings()).sessions

    assert wording.session_label(status, NOON) == label
    assert wording.session_detail(status, NOON) == detail


def test_states_without_an_end_have_words_too() -> None:
    """No state is without words, even one that the rules never make."""
    (status,) = assess(some_facts(a_token()), NOON, Settings()).sessions
    bare = replace(status, expires_at=None, renews_at=None)

    for phase in Phase:
        assert wording.session_state(replace(bare, phase=phase), NOON)
    unknown = replace(bare, phase=Phase.UNKNOWN)
    assert wording.session_state(unknown, NOON) == "not known"
    assert wording.session_detail(bare, NOON) is None


TOOLTIPS: list[tuple[Board, str]] = [
    (Board(), "There is no SSO session in your AWS config yet."),
    (board_of((a_session(), a_token())), "corp: signed in, renews itself"),
    (
        board_of((a_session(), a_token()), (a_session("lab"), a_token())),
        "All 2 fine; corp: signed in, renews itself",
    ),
    (
        board_of(
            (a_session("lab"), a_token()),
            (a_session(), a_token(minutes(12), refreshable=False)),
            (a_session("old"), a_token(minutes(-5), refreshable=False)),
        ),
        "old: ended at 11:55; 1 more to look at; 1 fine",
    ),
    (
        board_of((a_session(), None), (a_session("lab"), a_token())),
        "lab: signed in, renews itself; 1 more to look at",
    ),
]


@pytest.mark.parametrize(("board", "words"), TOOLTIPS)
def test_the_tooltip_says_the_one_thing_that_matters(board: Board, words: str) -> None:
    """What needs people stands first; the rest is counted."""
    assert wording.tooltip(board, NOON) == words


def test_notices_say_when_and_what_to_do() -> None:
    """Both kinds of notice name the session, the time and the remedy."""
    (status,) = board_of(
        (a_session(), a_token(minutes(14), refreshable=False))
    ).sessions

    assert prompts.notice(status, NoticeKind.ENDING) == (
        "corp ends at 12:14",
        "Log in now, and nothing stops working.",
    )
    assert prompts.notice(replace(status, expires_at=None), NoticeKind.ENDED) == (
        "corp has ended",
        "The sign-in ended at 12:14. Log in to go on.",
    )
    plain = replace(status, expires_at=None, horizon=type(status.horizon)())
    assert prompts.notice(plain, NoticeKind.ENDED)[1] == (
        "The sign-in ended. Log in to go on."
    )


def test_sentences_about_log_ins_name_the_remedy() -> None:
    """Each sentence says what happened; its remedy names the command."""
    session = a_session()
    for said in (
        signin.session_over(session),
        signin.not_renewable(session),
        signin.logged_out(session),
        signin.login_timed_out(session),
    ):
        assert "corp" in said[0]
        assert said[1] == "Log in: sso-tray login --session corp"
    assert signin.misconfigured(session, "no region.", "Add it.") == (
        "corp can't be used: no region.",
        "Add it.",
    )
    assert "sso-tray profiles" in signin.no_such_profile("dev")[1]
    assert signin.which_session(["a", "b"])[1] == "Choose one with --session: a, b"
    assert signin.no_such_session("x", [])[1] == signin.no_session()[1]
    assert "'x.toml'" not in settings_words.settings_unreadable("x.toml", "torn").title


def test_memory_of_nothing_is_empty() -> None:
    """A record that does not change makes no new memory; a change does."""
    memory = Memory()
    record = SessionRecord(token="mark")

    assert memory.with_record(KEY, SessionRecord()) is memory
    assert memory.with_record(KEY, record).of(KEY) == record


def test_clock_zone_follows_the_machine(zone: Callable[[str], None]) -> None:
    """Times are local in wording, and only there."""
    zone("Europe/Berlin")

    assert times.clock(datetime.fromisoformat("2026-07-01T12:00:00Z")) == "14:00"


def test_a_desktop_without_a_tray_is_told_what_helps_there() -> None:
    """GNOME needs an extension, the others a tray on their panel."""
    assert "AppIndicator" in menu.no_tray("ubuntu:GNOME")[1]
    assert "panel" in menu.no_tray("XFCE")[1]


def test_the_demo_can_leave_the_browser_to_people() -> None:
    """Without a browser the address is told, to be opened by hand."""
    assert demo.open_this("http://127.0.0.1:1/").endswith("http://127.0.0.1:1/")
