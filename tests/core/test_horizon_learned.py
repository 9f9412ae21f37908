"""The horizon as past sign-ins teach it: what it says, and when it stops saying it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, a_session, a_token, hours, minutes, some_facts
from tray.core.history import History, SignIn
from tray.core.horizon import Source, estimate, observe
from tray.core.memory import Memory, SessionRecord
from tray.core.model import CachedToken
from tray.core.settings import Settings
from tray.core.status import assess
from tray.core.wording.board import session_detail

BEGAN = NOON - hours(2)
PAST = tuple(
    SignIn(day, day + hours(7.4), day + hours(8.02))
    for day in (NOON - timedelta(days=n) for n in (3, 2, 1))
)
TOKEN = a_token()


def learned(
    began: datetime = BEGAN,
    *,
    past: tuple[SignIn, ...] = PAST,
    worked_until: datetime | None = None,
    over_by: datetime | None = None,
    within: datetime | None = None,
) -> SessionRecord:
    """Give the record of a session that mostly lasts eight hours."""
    sign_in = SignIn(began, worked_until or began, over_by, within=within)
    return SessionRecord(logged_in_at=began, history=History(past, sign_in))


def test_the_past_tells_the_end() -> None:
    """It says when, how sure it is, and from how many sign-ins."""
    horizon = estimate(TOKEN, learned(), None, NOON)

    assert horizon.ends_at == BEGAN + hours(8)
    assert horizon.source is Source.LEARNED
    assert horizon.observations == 3
    assert horizon.confidence is not None
    assert horizon.confidence > 0.8
    assert horizon.logged_in_at == BEGAN


def test_better_sources_come_first() -> None:
    """What cannot be renewed, what was cut and what people set beat the past."""
    record = learned()
    for better, source in (
        (replace(record, refused=TOKEN.fingerprint), Source.TOKEN),
        (replace(record, final=TOKEN.fingerprint), Source.RENEWAL),
    ):
        assert estimate(TOKEN, better, None, NOON).source is source
    assert estimate(TOKEN, record, hours(9), NOON).source is Source.SETTING


def test_a_refuted_setting_leaves_it_to_the_past() -> None:
    """A sign-in that outlived the setting is judged by what was learned."""
    horizon = estimate(TOKEN, learned(), hours(1), NOON)

    assert (horizon.source, horizon.ends_at) == (Source.LEARNED, BEGAN + hours(8))


def test_without_a_log_in_that_was_seen_nothing_is_said() -> None:
    """A length alone tells no end."""
    out = replace(learned(), logged_in_at=None)
    lost = replace(learned(), history=History(PAST))

    for record in (out, lost, learned(past=())):
        assert estimate(TOKEN, record, None, NOON).source is Source.UNKNOWN


def test_it_follows_the_sign_in_that_a_log_in_joined() -> None:
    """Where new log-ins end with the old sign-in, the old one's log-in counts."""
    start = NOON - timedelta(days=1)
    end = start + hours(8)
    joined = SignIn(start + hours(3), end, end, cut=True, within=start)
    past = (SignIn(start, end, end, cut=True), *[joined] * 3)
    horizon = estimate(TOKEN, learned(past=past, within=NOON - hours(5)), None, NOON)

    assert horizon.ends_at == NOON + hours(3)


def test_a_service_that_cuts_tokens_refutes_an_end_by_not_cutting() -> None:
    """After the administrator made sign-ins longer, nobody is told of the old end."""
    cut = tuple(replace(one, over_by=one.began + hours(8), cut=True) for one in PAST)
    began = NOON - hours(7.5)
    whole, short = a_token(hours(1)), a_token(minutes(30))

    assert estimate(whole, learned(began, past=cut), None, NOON).ends_at is None
    assert estimate(whole, learned(began), None, NOON).ends_at is not None
    assert estimate(short, learned(began, past=cut), None, NOON).ends_at is not None


def test_an_end_that_was_seen_is_never_passed() -> None:
    """After a refusal nothing later than it is promised for this sign-in."""
    record = learned(over_by=NOON + hours(1))

    for duration in (None, hours(9)):
        ends_at = estimate(TOKEN, record, duration, NOON).ends_at
        assert ends_at == NOON + hours(1)
    over = learned(over_by=NOON)
    assert estimate(TOKEN, over, None, NOON).source is Source.UNKNOWN


def test_the_registration_bounds_it() -> None:
    """No renewal comes after the client registration's end."""
    token = replace(TOKEN.token, registration_expires_at=NOON + hours(2))
    cached = replace(TOKEN, token=token)

    assert estimate(cached, learned(), None, NOON).ends_at == NOON + hours(2)
    unbound = replace(TOKEN, token=replace(token, registration_expires_at=None))
    assert estimate(unbound, learned(), None, NOON).ends_at == NOON + hours(6)


def test_a_due_end_stands_until_it_is_refuted() -> None:
    """It moves to the token's end when it is due, and goes when a renewal follows."""
    began = NOON - hours(8.1)
    waiting = estimate(TOKEN, learned(began), None, NOON)
    later = a_token(minutes(59), life=hours(1))
    refuted = learned(began, worked_until=later.written_at)

    assert waiting.ends_at == TOKEN.token.expires_at
    assert waiting.source is Source.LEARNED
    assert estimate(later, refuted, None, NOON).source is Source.UNKNOWN


@pytest.mark.parametrize(
    ("past", "words"),
    [
        (PAST, "learned from your last 3 sign-ins"),
        (
            (SignIn(BEGAN, BEGAN, BEGAN + hours(8), cut=True),),
            "learned from your last sign-ins",
        ),
    ],
)
def test_people_read_what_it_rests_on(past: tuple[SignIn, ...], words: str) -> None:
    """The sentence below a session counts the sign-ins."""
    facts = some_facts(TOKEN, record=learned(past=past))
    detail = session_detail(assess(facts, NOON, Settings()).sessions[0], NOON)

    assert detail is not None
    assert words in detail


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["renew", "log in", "refuse", "sleep", "log out"]),
        st.integers(1, 900),
    ),
    max_size=40,
)


def walked(steps: list[tuple[str, int]]) -> list[tuple[SessionRecord, CachedToken]]:
    """Give each record and token of a story told in steps of minutes."""
    record, now = SessionRecord(history=History(PAST)), NOON
    found = list[tuple[SessionRecord, CachedToken]]()
    token = a_token(hours(1), text="0", now=now)
    for number, (what, later) in enumerate(steps):
        now += minutes(later)
        if what in {"renew", "log in"}:
            token = a_token(hours(1), text=f"{number}", now=now)
        elif what == "refuse":
            record = replace(record, refused=token.fingerprint)
        elif what == "log out":
            record = replace(record, logged_in_at=None)
        record = observe(record, token, now, lapsed=what == "log in")
        found.append((record, token))
    return found


@given(STEPS)
def test_no_estimate_is_refuted_already(steps: list[tuple[str, int]]) -> None:
    """It never lies before a moment at which it worked, nor after an end seen."""
    for record, token in walked(steps):
        now = token.written_at
        horizon = estimate(token, record, None, now)
        if horizon.source is not Source.LEARNED:
            continue
        assert horizon.ends_at is not None
        assert horizon.ends_at >= now
        current = record.history.current
        assert current is not None
        assert current.over_by is None or horizon.ends_at <= current.over_by


@given(STEPS, st.integers(0, 10_000))
def test_a_later_refusal_moves_no_estimate_later(
    steps: list[tuple[str, int]], later: int
) -> None:
    """Once it was refused, nothing learned lies after that moment."""
    for record, token in walked(steps)[-1:]:
        now = token.written_at + minutes(later)
        refused = replace(record, refused=token.fingerprint)
        seen = observe(refused, token, now, lapsed=False)
        again = replace(seen, refused=None)  # as if another program renewed it
        horizon = estimate(token, again, None, token.written_at)
        if horizon.source is Source.LEARNED:
            assert horizon.ends_at is not None
            assert seen.history.current is not None
            assert seen.history.current.over_by is not None
            assert horizon.ends_at <= seen.history.current.over_by


@given(STEPS, STEPS)
def test_other_sessions_teach_nothing(
    steps: list[tuple[str, int]], others: list[tuple[str, int]]
) -> None:
    """A session's estimate is the same whatever is remembered of others."""
    for record, token in walked(steps)[-1:]:
        alone = some_facts(token, record=record)
        memory = alone.memory
        for number, (other, _) in enumerate(walked(others)):
            memory = memory.with_record(a_session(f"other-{number}").cache_key, other)
        mixed = dict(reversed(list(memory.sessions.items())))
        among = replace(alone, memory=Memory(mixed))
        now = token.written_at

        assert assess(among, now, Settings()) == assess(alone, now, Settings())
