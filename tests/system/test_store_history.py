"""The past sign-ins in the state file: whole, bounded, and never fatal."""

from __future__ import annotations

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, hours
from tray.core.history import SIGN_INS_KEPT, History, SignIn, Trace
from tray.core.memory import Memory, SessionRecord
from tray.core.wording import system as wording
from tray.system.store import decode, encode
from tray.system.store_history import decode_history, encode_history

SIGN_IN = SignIn(
    NOON, NOON + hours(7), NOON + hours(8), cut=True, within=NOON - hours(1), renewals=9
)
HISTORY = History(
    (SIGN_IN, SIGN_IN), SIGN_IN, Trace(NOON, "a" * 16, "b" * 16), keeps=True
)
GOOD = json.loads(json.dumps(encode_history(HISTORY)))
ENTRY = GOOD["current"]


def test_it_comes_back_as_it_was() -> None:
    """Every part survives a restart; nothing takes no place."""
    assert decode_history(GOOD) == HISTORY
    assert encode_history(History()) == {}
    assert decode_history(None) == History()


def test_files_of_older_versions_load() -> None:
    """A record without a past is one that has none yet."""
    older = {"version": 1, "sessions": {"a": {"token": "f" * 16}}}

    assert decode(older).of("a") == SessionRecord(token="f" * 16)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("nonsense", wording.HISTORY_DROPPED),
        ({}, wording.HISTORY_DROPPED),
        ({"version": "1"}, wording.HISTORY_DROPPED),
        ({"version": 2, "past": [ENTRY]}, wording.HISTORY_NEWER),
    ],
)
def test_what_is_not_ours_is_dropped(
    caplog: pytest.LogCaptureFixture, data: object, sentence: str
) -> None:
    """It is learned again, and the log says why."""
    with caplog.at_level(logging.WARNING):
        assert decode_history(data) == History()

    assert caplog.messages == [sentence]


@pytest.mark.parametrize(
    "damage",
    [
        {"began": None},
        {"began": "yesterday"},
        {"began": "2026-03-02T12:00:00"},
        {"began": "9999-03-02T12:00:00+00:00"},
        {"began": "0001-01-01T00:00:00+14:00"},
        {"worked_until": 7},
        {"over_by": "late"},
        {"within": []},
        {"renewals": "many"},
    ],
)
def test_a_damaged_part_is_dropped_alone(
    caplog: pytest.LogCaptureFixture, damage: dict[str, object]
) -> None:
    """The other sign-ins stay, and so does everything else that is remembered."""
    data = {**GOOD, "past": [ENTRY, ENTRY | damage, 3]}
    with caplog.at_level(logging.WARNING):
        memory = decode({"version": 1, "sessions": {"a": {"history": data}}})

    assert memory.of("a").history.past == (SIGN_IN,)
    assert memory.of("a").history.current == SIGN_IN
    assert caplog.messages == [wording.HISTORY_DROPPED]


def test_odd_marks_are_left_out() -> None:
    """Marks that we never write tell no token from another."""
    data = {**GOOD, "refresh": "x" * 65, "client": 7, "keeps": "yes", "past": {}}
    history = decode_history(data)

    assert history.trace == Trace(NOON)
    assert not history.keeps
    assert history.past == ()
    assert decode_history({**GOOD, "current": 7}).current is None


def test_its_size_is_bounded() -> None:
    """A session's past takes less than six kilobytes, whatever it holds."""
    many = History((SIGN_IN,) * 100, SIGN_IN, HISTORY.trace, keeps=True)
    text = json.dumps(encode_history(many), indent=1)

    assert len(text) < 6000
    assert len(decode_history(json.loads(text)).past) == SIGN_INS_KEPT
    everything = Memory().with_record("a", SessionRecord(history=many))
    assert len(json.dumps(encode(everything))) < 6000


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)
NAMES = st.sampled_from([*GOOD, *ENTRY])


@given(
    st.dictionaries(
        NAMES, JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(ENTRY, JSON))
    )
)
def test_nothing_is_fatal(data: dict[str, object]) -> None:
    """No content raises anything."""
    assert isinstance(decode_history({"version": 1, **data}), History)
    assert isinstance(decode_history(data), History)
