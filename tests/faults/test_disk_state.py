"""What we remember, and its file in every bad state: set aside, told, never fatal."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given

from tests.app.test_daemon import Place
from tests.faults.sharers import Shared, shared
from tests.limits import fewer_files
from tests.system.test_store import MEMORIES
from tests.waiting import until
from tray.core.ledger import StartedLogin
from tray.core.memory import Memory, SessionRecord, announce
from tray.core.model import Grant
from tray.system.plain import ASIDES_KEPT
from tray.system.store import JsonStore
from tray.system.store_file import alone
from tray.system.store_merge import merge

assert sys.platform != "win32"

NINE = datetime(2026, 1, 31, 9, tzinfo=UTC)
ONE = SessionRecord(logged_in_at=NINE)
TWO = replace(ONE, token="0123456789abcdef")


def memory_of(**records: SessionRecord) -> Memory:
    """Give a memory with these records."""
    return Memory(MappingProxyType(records))


def as_folder(path: Path) -> None:
    """Put a folder with something in it there."""
    path.mkdir()
    (path / "x").write_text("")


def as_huge(path: Path) -> None:
    """Put a gigabyte of nothing there."""
    with path.open("wb") as file:
        file.truncate(1 << 30)


def as_newer(path: Path) -> None:
    """Put there what a later version may write."""
    path.write_text('{"version": 99, "sessions": {"a": {"x": 1}}}')


def as_foreign(path: Path) -> None:
    """Put another user's file there."""
    JsonStore(path).save(memory_of(a=ONE))
    os.chown(path, 65534, 65534)


BAD: dict[str, Callable[[Path], object]] = {
    "binary": lambda path: path.write_bytes(os.urandom(4096)),
    "folder": as_folder,
    "huge": as_huge,
    "newer": as_newer,
    "pipe": os.mkfifo,
    "half": lambda path: path.write_text('{"version": 1, "sess'),
}
if os.geteuid() == 0:
    BAD["foreign"] = as_foreign


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the place of a state file."""
    return tmp_path / "state.json"


@pytest.mark.parametrize("bad", sorted(BAD))
def test_a_bad_state_file_is_set_aside(
    path: Path, bad: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever lies there: it is kept under another name, told, and all goes on."""
    BAD[bad](path)
    with caplog.at_level(logging.WARNING):
        store = JsonStore(path)
        assert store.load() == Memory()
        store.save(memory_of(a=ONE))

    assert len(caplog.records) == 1
    assert str(path) in caplog.text
    assert JsonStore(path).load() == memory_of(a=ONE)
    assert len(list(path.parent.glob("state.json.damaged-*"))) == 1


def test_what_is_set_aside_is_bounded(path: Path) -> None:
    """A file that breaks every day does not fill the folder."""
    for number in range(ASIDES_KEPT + 4):
        path.write_text(f"broken {number}")
        JsonStore(path).load()
    kept = sorted(path.parent.glob("state.json.damaged-*"))

    assert [each.read_text()[-1] for each in kept] == ["4", "5", "6"]


def test_damage_while_it_runs_is_set_aside_too(path: Path) -> None:
    """A file that is damaged under a running daemon loses only what others added."""
    store = JsonStore(path)
    store.load()
    store.save(memory_of(a=ONE))
    path.write_text("broken")
    store.save(memory_of(a=TWO))

    assert JsonStore(path).load() == memory_of(a=TWO)
    assert len(list(path.parent.glob("state.json.damaged-*"))) == 1


def test_a_moment_without_descriptors_forgets_nothing(path: Path) -> None:
    """Unreadable for a moment is not empty: what was remembered comes back."""
    JsonStore(path).save(memory_of(a=ONE, b=ONE))
    store = JsonStore(path)
    with fewer_files(0):
        first = store.load()
    store.save(first.with_record("a", TWO))

    assert first == Memory()
    assert JsonStore(path).load() == memory_of(a=TWO, b=ONE)


def test_two_processes_forget_nothing_of_each_other(path: Path) -> None:
    """A command and the daemon learn at the same time: both parts are kept."""
    JsonStore(path).save(memory_of(a=ONE, b=ONE))
    daemon, command = JsonStore(path), JsonStore(path)
    of_daemon, of_command = daemon.load(), command.load()
    login = StartedLogin(NINE, "corp", Grant.DEVICE_CODE, "login")

    command.save(replace(of_command.with_record("b", TWO), logins=(login,)))
    daemon.save(replace(of_daemon.with_record("a", TWO), paused=True))
    daemon.save(replace(of_daemon.with_record("a", announce(TWO, "x")), paused=True))
    command.save(of_command.with_record("b", announce(TWO, "y")))

    both = JsonStore(path).load()
    assert both.of("a") == announce(TWO, "x")
    assert both.of("b") == announce(TWO, "y")
    assert both.paused


def test_nobody_saves_while_another_does(path: Path) -> None:
    """A save waits for another's, but not for ever."""
    path.parent.joinpath("locks").mkdir()
    with alone(path):
        JsonStore(path).save(memory_of(a=ONE))

    assert JsonStore(path).load() == memory_of(a=ONE)


@given(MEMORIES, MEMORIES)
def test_merging_with_nothing_is_nothing(ours: Memory, theirs: Memory) -> None:
    """Who changed nothing gives nothing; who alone changed something gives it all."""
    assert merge(theirs, ours, theirs) == ours
    merged = merge(ours, ours, theirs)
    assert merged.sessions == theirs.sessions
    assert merged.account_names == theirs.account_names
    assert merged.paused == theirs.paused


def test_a_merge_keeps_what_each_has_changed() -> None:
    """Records, pins, recent profiles and names: changed here and there, and dropped."""
    base = replace(memory_of(a=ONE, b=ONE, c=ONE), pinned=("p",), recent=("r",))
    ours = replace(base, sessions=MappingProxyType({"a": TWO, "b": ONE}))
    ours = replace(ours, pinned=("p", "q"), recent=("s",))
    theirs = replace(base.with_record("b", TWO), account_names={"1" * 12: "One"})

    merged = merge(base, ours, theirs)

    assert dict(merged.sessions) == {"a": TWO, "b": TWO}
    assert merged.pinned == ("p", "q")
    assert merged.recent == ("s",)
    assert merged.account_names == {"1" * 12: "One"}


def test_remains_of_a_crash_are_swept(path: Path) -> None:
    """An unfinished file of a process that is gone goes with the next start."""
    gone = path.with_name(f"{path.name}.4194999.tmp")
    running = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    other = path.with_name(f"{path.name}.x.tmp")
    for each in (gone, running, other):
        each.write_text("half")
    JsonStore(path).load()

    assert not gone.exists()
    assert running.exists()
    assert other.exists()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Shared]:
    """Give a home with one session."""
    with shared(tmp_path) as place:
        yield place


@pytest.mark.parametrize("bad", sorted(BAD))
def test_the_program_starts_over_a_bad_state_file(place: Place, bad: str) -> None:
    """Commands and the daemon work, and the log says what was put aside."""
    place.world.state_folder.mkdir(parents=True, mode=0o700)
    BAD[bad](place.world.state_path)
    place.write_token(timedelta(minutes=50))
    place.start()
    until(place.world.socket_path.exists)

    assert place.phase() == "valid"
    assert "put aside" in place.log()


def test_a_command_tells_of_a_bad_state_file(place: Place) -> None:
    """Without a daemon it is told on stderr, once, with the place."""
    place.world.state_folder.mkdir(parents=True, mode=0o700)
    place.world.state_path.write_text("broken")
    first, second = place.command("status"), place.command("status")

    assert str(place.world.state_path) in first.stderr
    assert "put aside" in first.stderr
    assert second.stderr == ""
    assert first.stdout == second.stdout


@pytest.mark.parametrize("bad", ["binary", "folder", "huge", "pipe", "half"])
def test_bad_settings_are_told_and_left_alone(place: Place, bad: str) -> None:
    """What people wrote is never renamed, emptied or waited for; defaults stand in."""
    path = place.world.settings_path
    path.parent.mkdir(parents=True)
    BAD[bad](path)
    before = path.lstat()
    place.write_token(timedelta(minutes=50))
    place.started()

    assert place.phase() == "valid"
    assert str(path) in place.log()
    assert (path.lstat().st_ino, path.lstat().st_size) == (
        before.st_ino,
        before.st_size,
    )
    assert list(path.parent.iterdir()) == [path]
