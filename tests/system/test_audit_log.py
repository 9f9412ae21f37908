"""The record of who asked for what, on a real disk."""

from __future__ import annotations

import stat
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOON
from tests.fakes.basics import ListedAudit
from tray.core.audit import Asked, line_of
from tray.core.ports import AuditLog
from tray.system.audit_log import LARGEST, AuditFile

assert sys.platform != "win32"

ALL = 1_000_000


def asked(number: int) -> Asked:
    """Give one of many."""
    return Asked(NOON + timedelta(seconds=number), "aws", f"p{number}", "served")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the place, in a folder that is not there yet."""
    return tmp_path / "state" / "audit.jsonl"


@pytest.mark.parametrize("real", [True, False])
def test_the_newest_comes_first(path: Path, *, real: bool) -> None:
    """What every record promises."""
    log: AuditLog = AuditFile(path) if real else ListedAudit()
    assert log.recent(9) == ()
    log.add([asked(1), asked(2)])
    log.add([asked(3)])

    assert log.recent(2) == (asked(3), asked(2))
    assert log.recent(9) == (asked(3), asked(2), asked(1))


def test_only_its_owner_can_read_it(path: Path) -> None:
    """File and folder are closed to others."""
    AuditFile(path).add([asked(1)])

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_it_stays_small(path: Path) -> None:
    """The oldest go; the newest thousand are there at every moment."""
    log = AuditFile(path)
    for start in range(0, 20_000, 100):
        log.add([asked(number) for number in range(start, start + 100)])

    kept = log.recent(ALL)
    assert 1000 < len(kept) < 10_000
    assert kept[0] == asked(19_999)
    assert [one.at for one in kept] == sorted((one.at for one in kept), reverse=True)
    sizes = [file.stat().st_size for file in path.parent.glob("audit*")]
    assert sum(sizes) < 2 * LARGEST + 20_000


def test_what_is_damaged_is_skipped(path: Path) -> None:
    """Half a line from a crash spoils neither itself nor the next one."""
    log = AuditFile(path)
    log.add([asked(1)])
    with path.open("ab") as file:
        file.write(b'\xff\x00{"at":"2026-03-02T12:0')
    log.add([asked(2)])

    assert log.recent(9) == (asked(2), asked(1))
    assert path.read_text("utf-8", "replace").endswith(f"\n{line_of(asked(2))}\n")


def test_many_write_at_once(path: Path) -> None:
    """Daemon and commands share it: no line is lost or mixed with another."""

    def work(first: int) -> None:
        log = AuditFile(path)
        for number in range(first, first + 25):
            log.add([asked(number)])

    threads = [threading.Thread(target=work, args=(n * 100,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(AuditFile(path).recent(ALL)) == 100


def as_link(path: Path) -> None:
    """Put a link to something precious there."""
    path.symlink_to(path.parent / "precious")


def as_folder(path: Path) -> None:
    """Put a folder there."""
    path.mkdir()


@pytest.mark.parametrize("put", [as_link, as_folder])
def test_something_else_is_in_its_place(
    path: Path, put: object, caplog: pytest.LogCaptureFixture
) -> None:
    """Nothing is written anywhere else, it is said once, and nobody is stopped."""
    path.parent.mkdir()
    (path.parent / "precious").write_text("precious")
    assert callable(put)
    put(path)
    log = AuditFile(path)
    log.add([asked(1)])
    log.add([asked(2)])

    assert log.recent(9) == ()
    assert (path.parent / "precious").read_text() == "precious"
    assert len(caplog.records) == 1
    assert "audit = false" in caplog.text


def test_its_folder_cannot_be_made(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A file where the folder should be is told of too."""
    (tmp_path / "state").write_text("")
    AuditFile(tmp_path / "state" / "audit.jsonl").add([asked(1)])

    assert "can't be noted" in caplog.text
