"""What is known of a token that rests in the keyring."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.builders import NOON, a_token, hours
from tray.core.horizon import observe
from tray.core.kept import facts_of, read_facts
from tray.core.memory import SessionRecord
from tray.core.model import AccessToken, CachedToken, Secret

WHOLE = CachedToken(
    AccessToken(
        Secret("access-text"),
        NOON + hours(1),
        Secret("refresh-text"),
        "client",
        Secret("client-text"),
        NOON + hours(90),
    ),
    NOON,
)
BARE = CachedToken(AccessToken(Secret("access-text"), NOON + hours(8)), NOON)


@pytest.mark.parametrize("cached", [WHOLE, BARE, a_token()])
def test_all_rules_see_the_same_token(cached: CachedToken) -> None:
    """Ends, marks and what can be renewed are the same; no secret is among them."""
    text = facts_of(cached)
    kept = read_facts(text)

    assert kept is not None
    assert "-text" not in text
    assert kept.fingerprint == cached.fingerprint
    assert (kept.written_at, kept.life) == (cached.written_at, cached.life)
    assert kept.token.renewable_at(NOON) == cached.token.renewable_at(NOON)
    record = observe(SessionRecord(), cached=cached, now=NOON, lapsed=False)
    again = observe(record, cached=kept, now=NOON, lapsed=False)
    assert again == record
    assert kept.token.value.reveal() == ""
    assert kept.token.value.fingerprint() == cached.token.value.fingerprint()


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"fingerprint": 7},
        {"expires_at": "2026-03-02T12:00:00"},
        {"written_at": None},
        {"client_id": "\ud800"},
        {"written_at": "0001-01-01T00:00:00+00:00"},
        {"expires_at": "9999-12-31T23:59:59Z"},
    ],
)
def test_another_text_tells_nothing(change: dict[str, object]) -> None:
    """A newer version's, or what is damaged."""
    assert read_facts(json.dumps(json.loads(facts_of(WHOLE)) | change)) is None


@pytest.mark.parametrize("text", ["", "7", "[]", "{}", "[" * 100_000])
def test_damage(text: str) -> None:
    """Half a file is none."""
    assert read_facts(text) is None


def test_what_is_told_of_the_secrets_may_be_odd() -> None:
    """Then it can't be renewed, as far as is known."""
    odd = json.loads(facts_of(WHOLE)) | {"refresh_token": 7, "client_id": 7}
    kept = read_facts(json.dumps(odd))

    assert kept is not None
    assert not kept.token.renewable_at(NOON)
    assert replace(kept, fingerprint=WHOLE.fingerprint).fingerprint == WHOLE.fingerprint
