"""What Windows promises to our edges; run by Windows' own Python, see `test_inside`."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import keyring
import keyring.errors
import pytest

from tray.aws import files
from tray.core.errors import AlreadyRunning, CannotTell
from tray.core.memory import Memory
from tray.system.instance import Instance
from tray.system.locks import FileLocks
from tray.system.store import JsonStore

assert sys.platform == "win32"

HOLD = """
import sys, datetime, pathlib
from tray.system.{module} import {name}
{begin}
print("held", flush=True)
sys.stdin.read()
"""
BRIEFLY = timedelta(seconds=0.3)


def holder(module: str, name: str, begin: str) -> subprocess.Popen[str]:
    """Start another process that holds something until its stdin ends."""
    program = HOLD.format(module=module, name=name, begin=begin)
    other = subprocess.Popen(
        [sys.executable, "-c", program],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    return other


def test_one_daemon_for_each_world(tmp_path: Path) -> None:
    """A second one is told the first one's number; a killed one leaves no trace."""
    path = tmp_path / "it.lock"
    begin = f"it = Instance(pathlib.Path({str(path)!r})); it.acquire()"
    with holder("instance", "Instance", begin) as other:
        with pytest.raises(AlreadyRunning, match=str(other.pid)):
            Instance(path).acquire()
        other.kill()
        other.communicate()
    mine = Instance(path)
    mine.acquire()
    mine.release()


def test_locks_hold_between_processes(tmp_path: Path) -> None:
    """Who comes second waits, says so, and gets the lock when the first one ends."""
    begin = (
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "held = FileLocks(folder, folder).hold('it', datetime.timedelta(seconds=5))\n"
        "held.__enter__()"
    )
    mine = FileLocks(tmp_path, tmp_path)
    with holder("locks", "FileLocks", begin) as other:
        with pytest.raises(CannotTell), mine.hold("it", BRIEFLY):
            pytest.fail("two hold it")
        other.kill()
        other.communicate()
    with mine.hold("it", timedelta(seconds=5)):
        pass


def test_a_file_that_somebody_reads_is_never_lost(tmp_path: Path) -> None:
    """Windows refuses to replace an open file: it is tried again, then said."""
    path, pauses = tmp_path / "token.json", list[float]()
    files.replace_json(path, {"a": 1}, pauses.append)
    with path.open("rb") as reader:
        with pytest.raises(PermissionError):
            files.replace_json(path, {"a": 2}, pauses.append)
        assert pauses == list(files.WRITE_PAUSES)
        assert reader.read() == b'{"a": 1}'
    assert path.read_bytes() == b'{"a": 1}'
    assert [one.name for one in tmp_path.iterdir()] == ["token.json"]


def test_a_file_is_replaced_when_its_reader_has_gone(tmp_path: Path) -> None:
    """The next try finds it free, as after a virus scanner."""
    path = tmp_path / "token.json"
    files.replace_json(path, {"a": 1}, list[float]().append)
    reader = path.open("rb")

    def pause(_: float) -> None:
        reader.close()

    files.replace_json(path, {"a": 2}, pause)
    assert path.read_bytes() == b'{"a": 2}'


def test_memory_outlives_a_reader(tmp_path: Path) -> None:
    """What cannot be saved now leaves what was saved before."""
    store = JsonStore(tmp_path / "state.json")
    store.save(Memory(paused=True))
    with (tmp_path / "state.json").open("rb"):
        store.save(Memory(paused=False))
    assert store.load().paused
    store.save(Memory(paused=False))
    assert not store.load().paused


def test_the_credential_store_keeps_a_secret() -> None:
    """The store that keyring finds by itself is Windows' own: set, get, delete."""
    assert type(keyring.get_keyring()).__name__ in {"WinVaultKeyring", "ChainerBackend"}
    keyring.set_password("sso-tray test", "R&D", "made up")
    assert keyring.get_password("sso-tray test", "R&D") == "made up"
    keyring.delete_password("sso-tray test", "R&D")
    assert keyring.get_password("sso-tray test", "R&D") is None
    with pytest.raises(keyring.errors.PasswordDeleteError):
        keyring.delete_password("sso-tray test", "R&D")
