"""What locks promise: one at a time, across threads and processes, never for ever."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.basics import FakeLocks
from tests.waiting import until
from tray.core.errors import CannotTell
from tray.core.ports import Locks
from tray.system.locks import FileLocks

SHORT, LONG = timedelta(seconds=0.1), timedelta(seconds=20)

HOLDER = """
import sys
from datetime import timedelta
from pathlib import Path
from tray.system.locks import FileLocks
locks = FileLocks(Path(sys.argv[1]), Path(sys.argv[2]))
with locks.hold("abc", timedelta(seconds=5)):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def real(tmp_path: Path) -> FileLocks:
    """Give real locks in a folder that is not there yet."""
    return FileLocks(tmp_path / "state" / "locks", tmp_path / "cache")


def holder(tmp_path: Path) -> subprocess.Popen[str]:
    """Let another process hold the lock `abc`."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            HOLDER,
            tmp_path / "state" / "locks",
            tmp_path / "cache",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_it_can_be_held_again_after(real: FileLocks) -> None:
    """A lock is free again after its block, also when that failed."""
    every: list[Locks] = [real, FakeLocks()]
    for locks in every:
        with locks.hold("abc", SHORT):
            pass
        with pytest.raises(ZeroDivisionError), locks.hold("abc", SHORT):
            raise ZeroDivisionError
        with locks.hold("abc", SHORT), locks.hold("other", SHORT):
            pass


def test_two_threads_exclude_each_other(real: FileLocks) -> None:
    """Two threads of one process never hold the same lock."""
    inside, most = [0], [0]

    def work() -> None:
        for _ in range(20):
            with real.hold("abc", LONG):
                inside[0] += 1
                most[0] = max(most[0], inside[0])
                inside[0] -= 1

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert most[0] == 1


def test_a_thread_waits_no_longer_than_told(real: FileLocks) -> None:
    """A lock that another thread keeps ends in 'cannot tell'."""
    with real.hold("abc", SHORT):
        caught: list[CannotTell] = []

        def work() -> None:
            try:
                with real.hold("abc", SHORT):
                    pass
            except CannotTell as error:
                caught.append(error)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()

        assert caught


def test_processes_exclude_each_other(real: FileLocks, tmp_path: Path) -> None:
    """A lock that another process holds is waited for, but not for ever."""
    process = holder(tmp_path)

    with pytest.raises(CannotTell), real.hold("abc", SHORT):
        pass
    with real.hold("another", SHORT):
        pass
    process.communicate("")
    with real.hold("abc", LONG):
        pass


def test_a_killed_holder_leaves_no_lock(real: FileLocks, tmp_path: Path) -> None:
    """The system gives back what a crashed process held."""
    process = holder(tmp_path)
    process.kill()
    process.communicate()

    with real.hold("abc", SHORT):
        pass


def test_one_cache_by_two_names_is_one_lock(tmp_path: Path) -> None:
    """Two homes that share a token file share its lock."""
    (tmp_path / "cache").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "cache")
    one = FileLocks(tmp_path / "locks", tmp_path / "cache")
    two = FileLocks(tmp_path / "locks", tmp_path / "link")

    with (
        one.hold("abc", SHORT),
        pytest.raises(CannotTell),
        two.hold("abc", SHORT),
    ):
        pass


def test_without_a_folder_it_goes_on(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Where no lock file can be made, renewals go on, and that is told once."""
    (tmp_path / "file").write_text("")
    locks = FileLocks(tmp_path / "file" / "locks", tmp_path)

    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            with locks.hold("abc", SHORT):
                pass

    assert len(caplog.records) == 1


def test_nothing_lies_in_the_cache_folder(real: FileLocks, tmp_path: Path) -> None:
    """Other tools list AWS's folder: no lock of ours is ever there."""
    (tmp_path / "cache").mkdir()
    with real.hold("abc", SHORT):
        until(lambda: True)

    assert not list((tmp_path / "cache").iterdir())
