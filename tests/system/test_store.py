"""What survives a restart, and what must not stop a start."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tray.core.accounts import LONGEST_TEXT, MOST_ACCOUNTS
from tray.core.history import SIGN_INS_KEPT, History, SignIn, Trace
from tray.core.ledger import StartedLogin
from tray.core.memory import (
    EPISODES_KEPT,
    LIVES_KEPT,
    NAMES_KEPT,
    RECENT_KEPT,
    Memory,
    SessionRecord,
)
from tray.core.model import Grant
from tray.system.store import MOST_SESSIONS, JsonStore, decode, encode
from tray.system.store_history import LAST_YEAR

MOMENTS = st.none() | st.datetimes(timezones=st.just(UTC))
LENGTHS = st.timedeltas(timedelta(), timedelta(days=400))
MARKS = st.none() | st.text("0123456789abcdef", min_size=16, max_size=16)
SOME_MOMENT = MOMENTS.filter(lambda one: one is not None and one.year <= LAST_YEAR)
SIGN_INS = st.builds(
    SignIn,
    began=SOME_MOMENT,
    worked_until=SOME_MOMENT,
    over_by=MOMENTS,
    within=MOMENTS,
    renewals=st.integers(0, 9),
)
HISTORIES = st.builds(
    History,
    past=st.lists(SIGN_INS, max_size=SIGN_INS_KEPT).map(tuple),
    current=st.none() | SIGN_INS,
    trace=st.builds(Trace, expires_at=MOMENTS, refresh=MARKS, client=MARKS),
)
RECORDS = st.builds(
    SessionRecord,
    logged_in_at=MOMENTS,
    token=MARKS,
    token_life=st.none() | LENGTHS,
    lives=st.lists(LENGTHS, max_size=LIVES_KEPT).map(tuple),
    refused=MARKS,
    revoked=MARKS,
    final=MARKS,
    announced=st.lists(st.text(max_size=9), max_size=EPISODES_KEPT).map(tuple),
    snoozed_until=MOMENTS,
    muted_at=MOMENTS,
    remind_at=MOMENTS,
    renewing=MARKS,
    history=HISTORIES,
    unreached=st.integers(0, MOST_ACCOUNTS),
    stranger_at=MOMENTS,
)
LOGINS = st.builds(
    StartedLogin,
    at=st.datetimes(timezones=st.just(UTC)),
    session=st.text(max_size=9),
    grant=st.sampled_from(Grant),
    who=st.text(max_size=9),
)
NAMES = st.lists(st.text(), max_size=RECENT_KEPT).map(tuple)
MEMORIES = st.builds(
    Memory,
    sessions=st.dictionaries(st.text(), RECORDS, max_size=5).map(MappingProxyType),
    paused=st.booleans(),
    pinned=NAMES,
    recent=NAMES,
    account_names=st.dictionaries(
        st.from_regex(r"\A[0-9]{12}\Z"),
        st.text(min_size=1, max_size=LONGEST_TEXT),
        max_size=5,
    ).map(MappingProxyType),
    logins=st.lists(LOGINS, max_size=5).map(tuple),
)


@given(MEMORIES)
def test_what_is_saved_is_loaded(memory: Memory) -> None:
    """Every memory comes back as it was, to the microsecond."""
    again = decode(json.loads(json.dumps(encode(memory))))

    assert again == memory


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.dictionaries(st.sampled_from([*SessionRecord.__slots__, "x"]), JSON))
def test_a_strange_record_is_refused_or_understood(record: object) -> None:
    """No content of the file raises anything but what `load` expects."""
    try:
        memory = decode({"version": 1, "sessions": {"a": record}})
    except (ValueError, TypeError, OverflowError):
        return
    assert isinstance(memory.of("a"), SessionRecord)


def test_the_file(tmp_path: Path) -> None:
    """It is private, has its version, and nothing unfinished lies beside it."""
    path = tmp_path / "state" / "state-abc.json"
    store = JsonStore(path)
    assert store.load() == Memory()
    memory = Memory().with_record(
        "a", SessionRecord(logged_in_at=datetime(2026, 1, 31, 9, tzinfo=UTC))
    )
    store.save(memory)
    store.save(memory)

    assert JsonStore(path).load() == memory
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text())["version"] == 1
    assert {each.name for each in path.parent.iterdir()} == {path.name, "locks"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b'{"version": 2, "sessions": {}}',
        b'{"version": 1}',
        b'{"version": 1, "sessions": {"a": 3}}',
        b'{"version": 1, "sessions": {"a": {"logged_in_at": "2026-01-31"}}}',
        b'{"version": 1, "sessions": {"a": {"lives": [1e999]}}}',
        b'{"version": 1, "sessions": {"a": {"lives": [true]}}}',
        b"[" * 100000,
        b"\xff",
    ],
)
def test_a_broken_file_is_put_aside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    """It begins anew, says so, and keeps the broken file for those who wonder."""
    path = tmp_path / "state.json"
    path.write_bytes(content)

    with caplog.at_level(logging.WARNING):
        assert JsonStore(path).load() == Memory()

    assert len(caplog.records) == 1
    assert not path.exists()
    (aside,) = tmp_path.glob("state.json.damaged-*")
    assert aside.read_bytes() == content


def test_it_stays_small(tmp_path: Path) -> None:
    """However many sessions come and go, the file has an end."""
    memory = Memory(
        MappingProxyType({str(n): SessionRecord(token=f"{n}") for n in range(2000)})
    )
    JsonStore(tmp_path / "state.json").save(memory)

    kept = JsonStore(tmp_path / "state.json").load().sessions

    assert len(kept) == MOST_SESSIONS
    assert "1999" in kept


def test_a_full_disk_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """What can't be saved is told once, until it can be saved again."""
    (tmp_path / "file").write_text("")
    store = JsonStore(tmp_path / "file" / "state.json")

    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            store.save(Memory())

    assert len(caplog.records) == 1


DAMAGED_NAMES: list[object] = [None, 7, [], ["1" * 12], "x", {"1" * 12: None}]
DAMAGED_NAMES += [{"12": "Short"}, {"1" * 12: ""}, {"\u0661" * 12: "Arabic"}]


@pytest.mark.parametrize("names", DAMAGED_NAMES)
def test_damaged_account_names_are_dropped(names: object) -> None:
    """What names accounts is only convenience: the rest of the file still counts."""
    memory = decode({"version": 1, "sessions": {}, "account_names": names})

    assert memory == Memory()


def test_a_file_without_account_names_loads_as_before() -> None:
    """An older version's file knows neither names nor what could not be reached."""
    memory = decode({"version": 1, "sessions": {"a": {"token": "0f"}}, "paused": True})

    assert memory.paused
    assert memory.account_names == {}
    assert memory.of("a") == SessionRecord(token="0f")


def test_account_names_are_bounded() -> None:
    """Neither many names nor long ones make the file large."""
    names = {f"{n:012d}": "x" * 999 for n in range(NAMES_KEPT + 9)}
    memory = decode({"version": 1, "sessions": {}, "account_names": names})

    assert len(memory.account_names) == NAMES_KEPT
    assert {len(name) for name in memory.account_names.values()} == {LONGEST_TEXT}


@pytest.mark.parametrize(
    ("value", "count"), [(True, 0), ("3", 0), (-1, 0), (3, 3), (1 << 90, MOST_ACCOUNTS)]
)
def test_a_strange_count_counts_little(value: object, count: int) -> None:
    """A number that we never wrote is no reason to forget the rest."""
    record = {"unreached": value}
    memory = decode({"version": 1, "sessions": {"a": record}})

    assert memory.of("a").unreached == count
