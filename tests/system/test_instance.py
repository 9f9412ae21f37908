"""One daemon per world."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tray.core.errors import AlreadyRunning, TrayError
from tray.system.instance import Instance

OTHER = """
import sys
from pathlib import Path
from tray.system.instance import Instance
Instance(Path(sys.argv[1])).acquire()
print("running", flush=True)
sys.stdin.read()
"""


def test_a_second_one_is_told_who_runs(tmp_path: Path) -> None:
    """The second daemon names the first one's process and the remedy."""
    path = tmp_path / "run" / "abc.lock"
    first = Instance(path)
    first.acquire()

    with pytest.raises(AlreadyRunning) as caught:
        Instance(path).acquire()

    assert str(os.getpid()) in caught.value.title
    assert caught.value.remedy
    Instance(tmp_path / "run" / "other.lock").acquire()
    first.release()
    first.release()
    Instance(path).acquire()


def test_a_killed_one_leaves_nothing(tmp_path: Path) -> None:
    """After a crash the next one starts without any cleaning."""
    path = tmp_path / "abc.lock"
    process = subprocess.Popen(
        [sys.executable, "-c", OTHER, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    process.stdout.readline()
    with pytest.raises(AlreadyRunning, match=str(process.pid)):
        Instance(path).acquire()
    process.kill()
    process.communicate()

    Instance(path).acquire()


def test_started_programs_do_not_keep_it(tmp_path: Path) -> None:
    """A browser that outlives us does not hold our lock."""
    path = tmp_path / "abc.lock"
    instance = Instance(path)
    instance.acquire()
    child = subprocess.Popen(["sleep", "60"], close_fds=False)
    instance.release()

    Instance(path).acquire()
    child.kill()
    child.wait()


def test_an_unusable_place(tmp_path: Path) -> None:
    """A lock that can't be had is explained."""
    (tmp_path / "abc.lock").mkdir()

    with pytest.raises(TrayError) as caught:
        Instance(tmp_path / "abc.lock").acquire()

    assert str(tmp_path) in caught.value.title
