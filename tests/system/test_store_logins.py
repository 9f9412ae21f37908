"""The ledger in the file of what is remembered."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON
from tray.core.ledger import LOGINS_KEPT, LONGEST_WORD, StartedLogin
from tray.core.model import Grant
from tray.system.store_logins import decode_logins, encode_logins

GOOD = StartedLogin(NOON, "corp", Grant.DEVICE_CODE, "a terminal")
WRITTEN = dict(encode_logins([GOOD])[0])


@pytest.mark.parametrize(
    "damage",
    [
        {"at": "yesterday"},
        {"at": "2026-03-02T12:00:00"},
        {"at": "0001-01-01T00:00:00+23:00"},
        {"at": 7},
        {"session": None},
        {"grant": "magic"},
        {"grant": []},
        {"who": {}},
    ],
)
def test_a_damaged_entry_is_left_out(damage: dict[str, object]) -> None:
    """One bad entry does not cost the others."""
    assert decode_logins([WRITTEN, {**WRITTEN, **damage}, 7, WRITTEN]) == (GOOD, GOOD)


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_anything_else_is_an_empty_ledger(data: object) -> None:
    """Whatever stands there, nothing is raised."""
    assert decode_logins(data) == ()


def test_it_is_bounded() -> None:
    """Neither many entries nor long words come in; the newest stay."""
    old = [{**WRITTEN, "session": "old"}] * 9
    new = [{**WRITTEN, "session": "x" * 999, "who": "y" * 999}] * LOGINS_KEPT

    ledger = decode_logins(json.loads(json.dumps(old + new)))

    assert len(ledger) == LOGINS_KEPT
    assert {entry.session for entry in ledger} == {"x" * LONGEST_WORD}
    assert {entry.who for entry in ledger} == {"y" * LONGEST_WORD}
