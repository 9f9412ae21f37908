"""Replacing small files that others share: whole, in time, and with nothing left."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tray.aws.files import (
    Manner,
    Unfinished,
    always,
    can_overwrite,
    overwrite,
    replace_json,
)
from tray.aws.leftovers import OLD, is_left_behind


def nothing(_: float) -> None:
    """Wait for nothing."""


def test_room_is_taken_and_given_back(tmp_path: Path) -> None:
    """An unfinished file is private, as large as asked, and leaves no trace."""
    unfinished = Unfinished(tmp_path / "deep" / "file.json")
    unfinished.begin(4096)
    (begun,) = (tmp_path / "deep").iterdir()
    status = begun.stat()
    unfinished.drop()
    unfinished.drop()

    assert (status.st_size, status.st_mode & 0o777) == (4096, 0o600)
    assert list((tmp_path / "deep").iterdir()) == []


def test_the_content_alone_is_left(tmp_path: Path) -> None:
    """The room that was too much is not part of the file."""
    path = tmp_path / "file.json"
    unfinished = Unfinished(path)
    unfinished.begin(4096)

    assert unfinished.finish(b"{}", always)
    assert path.read_bytes() == b"{}"
    assert list(tmp_path.iterdir()) == [path]


def test_who_changed_at_the_last_moment_wins(tmp_path: Path) -> None:
    """Asked right before replacing; a no leaves the other's file."""
    path = tmp_path / "file.json"
    path.write_text("theirs")

    assert not replace_json(path, {"a": 1}, nothing, Manner(unchanged=lambda: False))
    assert path.read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_begun_and_swept_is_begun_anew(tmp_path: Path) -> None:
    """Somebody deleted our unfinished file: the content still gets there."""
    path = tmp_path / "file.json"
    unfinished = Unfinished(path)
    unfinished.begin(10)
    for each in tmp_path.iterdir():
        each.unlink()

    assert replace_json(path, {"a": 1}, nothing, Manner(ready=unfinished))
    assert json.loads(path.read_text()) == {"a": 1}
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_begun_is_no_content(tmp_path: Path) -> None:
    """One that was never begun, or ended already, can't be finished."""
    unfinished = Unfinished(tmp_path / "file.json")
    with pytest.raises(FileNotFoundError):
        unfinished.finish(b"{}", always)


@pytest.mark.parametrize("size", [2, 40, 4000])
def test_writing_in_place_leaves_only_the_new(tmp_path: Path, size: int) -> None:
    """Shorter or longer than before, but within the room on the disk."""
    path = tmp_path / "file.json"
    path.write_text("x" * 100)
    number = path.stat().st_ino

    assert can_overwrite(path, 100)
    assert overwrite(path, b"y" * size)
    assert path.read_text() == "y" * size
    assert path.stat().st_ino == number


def test_what_does_not_fit_is_not_begun(tmp_path: Path) -> None:
    """Half a token would be worse than the old one."""
    path = tmp_path / "file.json"
    path.write_text("old")

    assert not overwrite(path, b"y" * 5000)
    assert path.read_text() == "old"
    assert not overwrite(tmp_path / "missing", b"")
    assert not overwrite(tmp_path, b"")
    assert not can_overwrite(tmp_path / "missing", 0)


def test_a_folder_in_the_files_place_is_seen_before(tmp_path: Path) -> None:
    """It can't be replaced: that is told when room is taken, not too late."""
    (tmp_path / "file.json").mkdir()
    with pytest.raises(IsADirectoryError):
        Unfinished(tmp_path / "file.json").begin(1)


def test_whose_process_is_gone() -> None:
    """Left behind is what a dead process began, or what is old; nothing of others'."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        process.wait()
    mark = "0123456789ab.sso-tray.tmp"

    assert is_left_behind(f"a.json.{process.pid}-{mark}", 0)
    assert is_left_behind("a.json.whatever.sso-tray.tmp", OLD + 1)
    assert not is_left_behind("a.json.whatever.sso-tray.tmp", OLD - 1)
    assert not is_left_behind(f"a.json.{os.getpid()}-{mark}", 0)
    assert not is_left_behind("a.json.tmp", OLD + 1)
    assert not is_left_behind(f"a.json.{'9' * 30}-{mark}", 0)
