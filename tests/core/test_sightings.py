"""Log-ins told from renewals, and ends that are seen or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.builders import NOON, a_token, hours, minutes
from tray.core.history import SignIn
from tray.core.horizon import observe
from tray.core.memory import EMPTY_RECORD, SessionRecord, signed_in
from tray.core.model import CachedToken, Secret

BEGAN = NOON - hours(2)


def given(
    at: datetime,
    text: str,
    *,
    refresh: str | None = "first",
    client: str = "client-1",
    life: timedelta = timedelta(hours=1),
) -> CachedToken:
    """Give a token that was written at a moment."""
    cached = a_token(life, text=text, life=life, now=at)
    mark = None if refresh is None else Secret(refresh)
    token = replace(cached.token, refresh_token=mark, client_id=client)
    return replace(cached, token=token)


FIRST = given(NOON - minutes(40), "first")
DUE = NOON + minutes(6)
SEEN = observe(
    SessionRecord(logged_in_at=BEGAN), FIRST, NOON - minutes(40), lapsed=False
)


def current(record: SessionRecord) -> SignIn:
    """Give the sign-in that goes on."""
    assert record.history.current is not None
    return record.history.current


def began_anew(record: SessionRecord, cached: CachedToken, *, lapsed: bool) -> bool:
    """Tell whether a token is taken for a log-in's."""
    at = cached.written_at
    seen = observe(record, cached, at, lapsed=lapsed)
    assert seen.token == cached.fingerprint
    return seen.logged_in_at == at and current(seen).began == at


CASES: list[tuple[str, SessionRecord, CachedToken, bool, bool]] = [
    ("lapsed", SEEN, given(DUE, "b"), True, True),
    (
        "the one before was refused",
        replace(SEEN, refused=SEEN.token),
        given(DUE, "b"),
        False,
        True,
    ),
    ("another client", SEEN, given(DUE, "b", client="client-2"), False, True),
    ("the same refresh token", SEEN, given(NOON, "b"), False, False),
    ("a new one when due", SEEN, given(DUE, "b", refresh="second"), False, False),
    ("a new one before it", SEEN, given(NOON, "b", refresh="second"), False, True),
    (
        "a new one before it, but we asked",
        replace(SEEN, renewing=SEEN.token),
        given(NOON, "b", refresh="second"),
        False,
        False,
    ),
    (
        "renewed again elsewhere, to the end that was told",
        replace(SEEN, final=SEEN.token),
        given(DUE, "b", refresh="second", life=minutes(14)),
        False,
        False,
    ),
    ("the refresh token dropped", SEEN, given(NOON, "b", refresh=None), False, False),
    (
        "after one without a refresh token",
        observe(SEEN, given(DUE, "b", refresh=None), DUE, lapsed=False),
        given(DUE + minutes(50), "c"),
        False,
        True,
    ),
    (
        "a new one where renewals keep it",
        observe(SEEN, given(DUE, "b"), DUE, lapsed=False),
        given(DUE + minutes(50), "c", refresh="second"),
        False,
        True,
    ),
    (
        "a new one after the renewal that gained nothing",
        replace(SEEN, final=SEEN.token),
        given(DUE, "b", refresh="second"),
        False,
        True,
    ),
    (
        "remembered by an older version",
        SessionRecord(token="old", logged_in_at=BEGAN),
        given(DUE, "b", refresh="second"),
        False,
        False,
    ),
    (
        "nothing known of its beginning",
        replace(SEEN, logged_in_at=None),
        given(DUE, "b", refresh="second"),
        False,
        False,
    ),
]


@pytest.mark.parametrize(
    ("record", "cached", "lapsed", "login"),
    [case[1:] for case in CASES],
    ids=[case[0] for case in CASES],
)
def test_a_log_in_or_a_renewal(
    record: SessionRecord, cached: CachedToken, *, lapsed: bool, login: bool
) -> None:
    """The best sign decides, whoever wrote the token."""
    assert began_anew(record, cached, lapsed=lapsed) is login


def test_a_dead_token_is_no_log_in() -> None:
    """A file that comes back from a backup proves nothing."""
    dead = given(NOON - hours(5), "b", client="client-2")

    assert observe(SEEN, dead, NOON, lapsed=True).logged_in_at == BEGAN


def short(record: SessionRecord) -> SessionRecord:
    """Give the record after a renewal that was cut, in a service with new tokens."""
    cached = given(DUE, "short", refresh="second", life=minutes(12))
    return observe(record, cached, DUE, lapsed=False)


def test_a_token_that_outlives_a_told_end_is_a_log_in() -> None:
    """No renewal gets beyond the end of the sign-in that cut the one before."""
    later = DUE + minutes(5)

    assert began_anew(short(SEEN), given(later, "c", refresh="3"), lapsed=False)
    shorter = given(later, "c", refresh="3", life=minutes(8))
    assert not began_anew(short(SEEN), shorter, lapsed=False)


def test_a_new_token_long_after_the_learned_end_is_a_log_in() -> None:
    """After a night nobody saw the end, and yet the sign-in was over."""
    past = tuple(
        SignIn(BEGAN - n * hours(24), BEGAN, BEGAN - n * hours(24) + hours(8), cut=True)
        for n in (2, 1)
    )
    learned = replace(SEEN, history=replace(SEEN.history, past=past))
    morning = given(BEGAN + hours(20), "b", refresh="second")

    assert began_anew(learned, morning, lapsed=False)
    assert not began_anew(SEEN, morning, lapsed=False)


def test_ends_are_noted() -> None:
    """Cut tokens, refusals and revocations are told apart; a refusal has its time."""
    assert current(short(SEEN)).over_by == DUE + minutes(12)
    assert current(short(SEEN)).cut
    refused = replace(SEEN, refused=SEEN.token)
    noted = observe(refused, FIRST, NOON, lapsed=False)
    assert current(noted).over_by == NOON
    assert not current(noted).cut
    assert observe(noted, FIRST, NOON + hours(1), lapsed=False) is noted
    revoked = replace(SEEN, revoked=SEEN.token)
    assert current(observe(revoked, FIRST, NOON, lapsed=False)).revoked


def test_a_registration_that_is_over_is_no_end() -> None:
    """Its refusal says nothing of the sign-in."""
    token = replace(FIRST.token, registration_expires_at=NOON)
    cached = replace(FIRST, token=token)
    refused = replace(SEEN, refused=SEEN.token)

    assert current(observe(refused, cached, NOON, lapsed=False)).over_by is None


def test_our_own_log_in_is_the_same_sign_in() -> None:
    """The monitor may see the token before or after the log-in is remembered."""
    token = given(NOON, "b", client="client-2")
    after = observe(signed_in(SEEN, NOON + minutes(0.01)), token, NOON, lapsed=True)
    before = signed_in(observe(SEEN, token, NOON, lapsed=True), NOON + minutes(0.01))
    both = observe(before, token, NOON, lapsed=False)

    for record in (after, both):
        assert current(record).began in {NOON, NOON + minutes(0.01)}
        assert [one.began for one in record.history.past] == [BEGAN]
    assert current(after).within == BEGAN


def test_a_log_out_is_no_end() -> None:
    """What follows it is a new sign-in, and the old one only worked until then."""
    out = replace(SEEN, logged_in_at=None)
    again = observe(out, given(NOON, "b"), NOON, lapsed=True)

    assert again.history.past[0].over_by is None
    assert current(again).within is None


def test_nothing_new_changes_nothing() -> None:
    """The same token a thousand times is one sighting, and no write to the disk."""
    assert observe(SEEN, FIRST, NOON, lapsed=False) is SEEN
    assert observe(EMPTY_RECORD, FIRST, NOON, lapsed=False).history.current is None
