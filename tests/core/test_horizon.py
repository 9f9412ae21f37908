"""The estimated end of the portal session, and where it comes from."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.builders import NOON, a_token, hours, minutes
from tray.core.horizon import Source, estimate, gained_little, observe
from tray.core.memory import EMPTY_RECORD, SessionRecord
from tray.core.model import CachedToken

MARK = a_token().fingerprint
SHORT = a_token(minutes(20), life=minutes(20))


def remembered(token: CachedToken, *lives: timedelta) -> SessionRecord:
    """Give the record of a session with so long-lived tokens, this one last."""
    return SessionRecord(
        token=token.fingerprint, token_life=token.life, lives=(*lives, token.life)
    )


CASES: list[
    tuple[str, CachedToken, SessionRecord, timedelta | None, datetime | None, Source]
] = [
    ("nothing is known", a_token(), EMPTY_RECORD, None, None, Source.UNKNOWN),
    (
        "no refresh token",
        a_token(refreshable=False),
        EMPTY_RECORD,
        hours(8),
        NOON + minutes(42),
        Source.TOKEN,
    ),
    (
        "refused",
        a_token(),
        SessionRecord(refused=MARK),
        None,
        NOON + minutes(42),
        Source.TOKEN,
    ),
    (
        "another token was refused",
        a_token(),
        SessionRecord(refused="another"),
        None,
        None,
        Source.UNKNOWN,
    ),
    (
        "the renewal gained nothing",
        a_token(),
        SessionRecord(final=MARK),
        None,
        NOON + minutes(42),
        Source.RENEWAL,
    ),
    (
        "the renewal came back short",
        SHORT,
        remembered(SHORT, hours(1), hours(1)),
        hours(8),
        NOON + minutes(20),
        Source.RENEWAL,
    ),
    (
        "as long as ever",
        SHORT,
        remembered(SHORT, minutes(20)),
        None,
        None,
        Source.UNKNOWN,
    ),
    (
        "the setting, with a known log-in",
        a_token(),
        SessionRecord(logged_in_at=NOON - hours(2)),
        hours(8),
        NOON + hours(6),
        Source.SETTING,
    ),
    ("the setting alone", a_token(), EMPTY_RECORD, hours(8), None, Source.UNKNOWN),
    (
        "the setting's end has come: the token's end stands in",
        a_token(),
        SessionRecord(logged_in_at=NOON - hours(8) - minutes(5)),
        hours(8),
        NOON + minutes(42),
        Source.SETTING,
    ),
    (
        "the setting was refuted by a later renewal",
        a_token(),
        SessionRecord(logged_in_at=NOON - hours(9)),
        hours(8),
        None,
        Source.UNKNOWN,
    ),
]


@pytest.mark.parametrize(
    ("token", "record", "duration", "ends_at", "source"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_estimate(
    token: CachedToken,
    record: SessionRecord,
    duration: timedelta | None,
    ends_at: datetime | None,
    source: Source,
) -> None:
    """The best source that is there tells the end, and says which it is."""
    horizon = estimate(token, record, duration, NOON)

    assert (horizon.ends_at, horizon.source) == (ends_at, source)


def test_a_new_token_is_remembered_once() -> None:
    """Each token's life is noted when it is first seen, and not again."""
    first = observe(EMPTY_RECORD, a_token(), NOON, lapsed=False)
    again = observe(first, a_token(life=minutes(5)), NOON, lapsed=False)

    assert first.lives == (hours(1),)
    assert first.usual_life == hours(1)
    assert again is first


def test_a_live_token_after_a_lapse_is_a_log_in() -> None:
    """What comes alive after an end can only be a log-in, whoever made it."""
    token = a_token(hours(1))

    assert observe(EMPTY_RECORD, token, NOON, lapsed=True).logged_in_at == NOON
    assert observe(EMPTY_RECORD, token, NOON, lapsed=False).logged_in_at is None
    dead = a_token(minutes(-1))
    assert observe(EMPTY_RECORD, dead, NOON, lapsed=True).logged_in_at is None


def test_a_date_without_sense_teaches_nothing() -> None:
    """A file whose date was changed by a copy does not count as a token's life."""
    for life in (minutes(-3), timedelta(), hours(30)):
        record = observe(EMPTY_RECORD, a_token(life=life), NOON, lapsed=False)
        assert record.lives == ()
        assert record.token_life is None


def test_only_the_last_lives_are_kept() -> None:
    """The usual life follows an administrator's change after a few tokens."""
    record = EMPTY_RECORD
    for count in range(12):
        token = a_token(text=f"t{count}", life=hours(1) if count < 4 else minutes(30))
        record = observe(record, token, NOON, lapsed=False)

    assert record.usual_life == minutes(30)


GAINS: list[tuple[CachedToken, timedelta, bool]] = [
    (a_token(minutes(20)), minutes(60), False),
    (a_token(minutes(20)), minutes(20.9), True),
    (a_token(minutes(59.9)), minutes(60), False),
    (a_token(minutes(20), life=minutes(-5)), minutes(20.9), True),
    (a_token(minutes(0.25), life=minutes(0.75)), minutes(0.75), False),
    (a_token(minutes(0.25), life=minutes(0.75)), minutes(0.4), True),
]


@pytest.mark.parametrize(("before", "expires_in", "little"), GAINS)
def test_a_renewal_that_gains_little(
    before: CachedToken, expires_in: timedelta, *, little: bool
) -> None:
    """Less than a minute, or a quarter of a short life, is the session's end."""
    assert gained_little(before, NOON + expires_in, NOON) is little


def test_a_long_token_that_never_renews_is_no_measure() -> None:
    """Scopes added: tokens of an hour that renew follow one of eight that did not.

    Found by the machine of the monitor: the hour was taken for a token that was cut by
    the sign-in's end, and people were told that it would end with it.
    """
    long = a_token(hours(8), text="one", life=hours(8), refreshable=False)
    record = observe(EMPTY_RECORD, long, NOON, lapsed=False)
    later = NOON + hours(2)
    hour = a_token(hours(1), text="two", now=later)

    record = observe(record, hour, later, lapsed=False)

    horizon = estimate(hour, record, None, later)
    assert (horizon.ends_at, horizon.source) == (None, Source.UNKNOWN)
