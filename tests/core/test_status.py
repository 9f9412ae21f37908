"""The three clocks: what facts and the time make of a session."""

from __future__ import annotations

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
from tray.core.board import Needs, Phase, Retry, SessionStatus
from tray.core.horizon import Source
from tray.core.memory import Memory, SessionRecord
from tray.core.model import (
    AwsConfig,
    CachedToken,
    ConfigProblem,
    Problem,
    Subject,
    Unreadable,
)
from tray.core.profiles import profile_statuses
from tray.core.settings import Settings
from tray.core.status import Activity, Facts, assess

KEY = a_session().cache_key
TROUBLE = Problem("The network is away.", "Wait.")


def look(
    facts: Facts, now: datetime = NOON, settings: Settings | None = None
) -> SessionStatus:
    """Assess the facts of one session."""
    (status,) = assess(facts, now, settings or Settings()).sessions
    return status


def seen(token: CachedToken, **changes: object) -> SessionRecord:
    """Give the record of a session whose token was seen."""
    record = SessionRecord(
        token=token.fingerprint, token_life=token.life, lives=(hours(1),)
    )
    return replace(record, **changes)  # type: ignore[arg-type]


PHASES: list[tuple[str, Facts, Phase, Needs | None]] = [
    ("no file", some_facts(), Phase.LOGGED_OUT, Needs.LOGIN),
    ("a live token", some_facts(a_token()), Phase.VALID, None),
    ("a torn file", some_facts(Unreadable(TROUBLE)), Phase.UNKNOWN, None),
    (
        "run out, but renewable: we do not know",
        some_facts(a_token(minutes(-5))),
        Phase.UNKNOWN,
        None,
    ),
    (
        "run out and not renewable",
        some_facts(a_token(minutes(-5), refreshable=False)),
        Phase.EXPIRED,
        Needs.LOGIN,
    ),
    (
        "not renewable, long to go",
        some_facts(a_token(hours(3), refreshable=False)),
        Phase.VALID,
        None,
    ),
    (
        "not renewable, near its end",
        some_facts(a_token(minutes(14), refreshable=False)),
        Phase.EXPIRING,
        Needs.LOGIN,
    ),
    (
        "renewal refused, token still live",
        some_facts(
            a_token(minutes(10)),
            record=seen(a_token(), refused=a_token().fingerprint),
        ),
        Phase.EXPIRING,
        Needs.LOGIN,
    ),
    (
        "turned away by the portal itself",
        some_facts(a_token(), record=seen(a_token(), revoked=a_token().fingerprint)),
        Phase.EXPIRED,
        Needs.LOGIN,
    ),
    (
        "being renewed",
        some_facts(a_token(minutes(5)), activity=Activity(frozenset({KEY}))),
        Phase.REFRESHING,
        None,
    ),
    (
        "people are logging in, no file yet",
        some_facts(activity=Activity(logging_in=frozenset({KEY}))),
        Phase.LOGGING_IN,
        None,
    ),
    (
        "people are logging in anew",
        some_facts(a_token(), activity=Activity(logging_in=frozenset({KEY}))),
        Phase.LOGGING_IN,
        None,
    ),
]


@pytest.mark.parametrize(
    ("facts", "phase", "needs"),
    [row[1:] for row in PHASES],
    ids=[row[0] for row in PHASES],
)
def test_phase(facts: Facts, phase: Phase, needs: Needs | None) -> None:
    """Each set of facts makes the one phase that is true, and names the need."""
    status = look(facts)

    assert (status.phase, status.needs) == (phase, needs)


def test_a_broken_session_is_misconfigured_whatever_the_cache_says() -> None:
    """A session that the config describes badly says so, with the remedy."""
    problem = ConfigProblem(Subject.SESSION, "corp", 3, Problem("No region.", "Add."))
    facts = some_facts(a_token())
    facts = replace(facts, config=replace(facts.config, problems=(problem,)))

    status = look(facts)

    assert status.phase is Phase.MISCONFIGURED
    assert status.needs is Needs.CONFIG
    assert status.problem == problem.problem


RENEWALS: list[tuple[str, CachedToken, timedelta]] = [
    ("an hour's token: 20 minutes early", a_token(hours(1)), minutes(40)),
    ("eight hours: 20 minutes early", a_token(hours(8), life=hours(8)), minutes(460)),
    ("half an hour: a third", a_token(minutes(30), life=minutes(30)), minutes(20)),
    ("a file copied late", a_token(hours(1), life=minutes(-1)), minutes(40)),
]


@pytest.mark.parametrize(
    ("token", "after"), [row[1:] for row in RENEWALS], ids=[row[0] for row in RENEWALS]
)
def test_renewal_time(token: CachedToken, after: timedelta) -> None:
    """Renewal comes min(20 minutes, a third of the life) early, before botocore's."""
    status = look(some_facts(token))

    assert status.renews_at == NOON + after
    assert not status.refresh_due
    assert look(some_facts(token), NOON + after).refresh_due


NOT_DUE: list[tuple[str, Facts]] = [
    ("refused", some_facts(a_token(minutes(5)), record=seen(
        a_token(), refused=a_token().fingerprint))),
    ("gained too little", some_facts(a_token(minutes(5)), record=seen(
        a_token(), final=a_token().fingerprint))),
    ("no refresh token", some_facts(a_token(minutes(5), refreshable=False))),
    ("in flight", some_facts(a_token(minutes(5)), activity=Activity(
        refreshing=frozenset({KEY})))),
    ("logging in", some_facts(a_token(minutes(5)), activity=Activity(
        logging_in=frozenset({KEY})))),
    ("paused", replace(some_facts(a_token(minutes(5))), memory=Memory(paused=True))),
    ("backing off", some_facts(a_token(minutes(5)), activity=Activity(
        retries={KEY: Retry(1, NOON + minutes(1), TROUBLE, NOON)}))),
]  # fmt: skip


@pytest.mark.parametrize(
    "facts", [row[1] for row in NOT_DUE], ids=[row[0] for row in NOT_DUE]
)
def test_no_renewal(facts: Facts) -> None:
    """What can't or must not be renewed now is not due."""
    assert not look(facts).refresh_due


def test_offline_is_told_and_never_called_logged_out() -> None:
    """A renewal that fails for the network's fault shows why; the phase stays open."""
    retry = Retry(2, NOON + minutes(1), TROUBLE, NOON)
    activity = Activity(retries={KEY: retry})

    live = look(some_facts(a_token(minutes(5)), activity=activity))
    late = look(some_facts(a_token(minutes(-5)), activity=activity))

    assert (live.phase, live.problem) == (Phase.VALID, TROUBLE)
    assert (late.phase, late.problem) == (Phase.UNKNOWN, TROUBLE)
    assert late.needs is None


def test_a_registration_that_ended_makes_the_token_the_end() -> None:
    """Without a live registration nothing renews: the token's end is the end."""
    cached = a_token(minutes(50))
    token = replace(cached.token, registration_expires_at=NOON - minutes(1))

    status = look(some_facts(CachedToken(token, cached.written_at)))

    assert not status.renewable
    assert status.horizon.source is Source.TOKEN
    assert status.ends_at == cached.token.expires_at


def test_safe_until_is_the_honest_combination() -> None:
    """A profile is safe until the portal session's end, else the token's, else not."""
    duration = Settings(session_duration=hours(8))
    record = seen(a_token(), logged_in_at=NOON - hours(2))
    cases = [
        (some_facts(a_token(minutes(42))), Settings(), NOON + minutes(42)),
        (some_facts(a_token(), record=record), duration, NOON + hours(6)),
        (some_facts(a_token(minutes(-1))), Settings(), None),
        (some_facts(), Settings(), None),
    ]
    for facts, settings, until in cases:
        (profile,) = profile_statuses(assess(facts, NOON, settings))
        assert profile.safe_until == until


def test_a_profile_of_an_unknown_session_is_not_safe() -> None:
    """A profile whose session is not there has no status, and its problem is told."""
    wrong = ConfigProblem(Subject.PROFILE, "dev", 7, Problem("No session.", "Add it."))
    config = AwsConfig((), (a_profile(),), (wrong,))

    board = assess(Facts(config, {}), NOON, Settings())
    (profile,) = profile_statuses(board)

    assert profile.session is None
    assert profile.safe_until is None
    assert profile.problem == wrong.problem


def test_the_board_finds_its_sessions_by_name() -> None:
    """A session is found by the name that the config gives it."""
    board = assess(some_facts(), NOON, Settings())

    assert board.session("corp") is board.sessions[0]
    assert board.session("other") is None


@given(
    left=st.integers(-200, 200), later=st.integers(0, 200), refreshable=st.booleans()
)
def test_time_never_makes_a_session_better(
    left: int, later: int, *, refreshable: bool
) -> None:
    """With the same facts, a later look never finds a deader session alive."""
    facts = some_facts(a_token(minutes(left), refreshable=refreshable))
    order = [Phase.VALID, Phase.EXPIRING, Phase.UNKNOWN, Phase.EXPIRED]

    before, after = look(facts), look(facts, NOON + minutes(later))

    assert order.index(after.phase) >= order.index(before.phase)


def test_somebody_elses_sign_in_is_shown_until_the_next_log_in() -> None:
    """Who reaches none of the profiles' accounts sees why nothing works."""
    record = SessionRecord(logged_in_at=NOON, stranger_at=NOON)
    later = replace(record, logged_in_at=NOON + minutes(1))

    problem = look(some_facts(a_token(), record=record)).problem

    assert problem is not None
    assert "accounts" in problem.title
    assert look(some_facts(a_token(), record=later)).problem is None
