"""A disk in trouble: the truth is told, with place and remedy, and no token is lost."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app.test_daemon import COMMAND
from tests.faults import disks
from tests.faults.sharers import Shared, gone, shared, workers
from tests.waiting import stays, until
from tray.demo.center import Failure
from tray.demo.person import Person

assert sys.platform != "win32"
pytestmark = pytest.mark.live  # mounts disks, which takes root or sudo

DUE = timedelta(minutes=16)
FRESH = timedelta(minutes=50)
RENEWAL = "CreateToken/refresh_token"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Shared]:
    """Give a home whose cache is a disk of its own."""
    aws = tmp_path / ".aws"
    with shared(tmp_path) as place:
        cache = place.world.cache_folder
        cache.parent.mkdir()
        with disks.small_disk(cache):
            yield place
            place.end_all()
    assert aws.exists()


def write(place: Shared, left: timedelta) -> str:
    """Be logged in, on whatever disk the cache is."""
    cache = place.world.cache_folder
    real = cache.with_name("real")
    place.write_to(real, left)
    shutil.copy2(real / place.path.name, place.path)
    os.utime(place.path, ns=2 * ((real / place.path.name).stat().st_mtime_ns,))
    return str(place.members["accessToken"])


def problem(place: Shared) -> str:
    """Give what the daemon says is wrong."""
    sessions = place.status()["sessions"]
    assert isinstance(sessions, list)
    return json.dumps(sessions[0].get("problem"))


def test_a_full_disk_does_not_keep_a_token_from_being_renewed(place: Shared) -> None:
    """A token needs no more room than the one before it: it is written in its place."""
    old = write(place, DUE)
    with disks.full(place.path.parent):
        done = place.command("refresh")
    assert done.returncode == 0, done.stderr
    assert place.asked == 1
    assert place.check_file().token.value.reveal() != old
    assert place.renew_as_others_do() is not None


def test_a_full_disk_and_a_log_in(place: Shared) -> None:
    """No room for a first token: told before the code is used, with the place."""
    with disks.full(place.path.parent):
        process = place.begin([*COMMAND, "login", "--no-browser", "--device-code"])
        assert process.stderr is not None
        first = process.stderr.readline()
        if "http" in first:
            Person("alice").visit(first.split()[-1])
        ended = place.finish(process)
    assert ended.status == 1
    assert str(place.path.parent) in first + ended.err
    assert "No space left on device" in first + ended.err
    assert not place.path.exists()


def test_a_disk_that_takes_nothing_is_told_before_anything_is_asked(
    place: Shared,
) -> None:
    """Read-only: the old refresh token stays good, and others may go on with it."""
    write(place, DUE)
    with disks.read_only(place.path.parent):
        done = place.command("refresh")
        assert done.returncode == 1
        assert str(place.path.parent) in done.stderr
        assert "Read-only file system" in done.stderr
        assert place.asked == 0
    assert place.command("refresh").returncode == 0
    assert place.asked == 1


def test_the_daemon_tells_of_a_disk_and_forgets_it_again(place: Shared) -> None:
    """The problem shows beside a live token, and goes when anybody has renewed."""
    write(place, DUE)
    with disks.read_only(place.path.parent):
        place.started()
        until(lambda: "can't be written" in problem(place), 20)
        assert place.phase() in {"valid", "refreshing"}
        assert place.asked == 0
    write(place, FRESH)

    until(lambda: problem(place) == "null")


def test_a_token_that_could_not_be_written_is_written_later(place: Shared) -> None:
    """The folder goes while the service answers: the child keeps the token and waits.

    Also when the daemon has been ended, and without another request.
    """
    folder = place.path.parent.parent
    away = folder.with_name("away")
    old = write(place, DUE)
    place.center.fail(RENEWAL, Failure.hang(2.5, after=True))
    daemon = place.started()
    until(place.unfinished, 20)
    time.sleep(1)  # until it has asked
    folder.rename(away)
    folder.write_text("no folder")
    until(lambda: "kept in memory" in place.log(), 20)
    (child,) = workers(daemon)
    daemon.terminate()
    daemon.wait(20)
    stays(lambda: not gone(child), 2.5)
    folder.unlink()
    away.rename(folder)

    until(lambda: gone(child), 20)
    assert place.members["accessToken"] != old
    assert place.asked == 1
    place.check_file()
    assert place.command("refresh", "--force").returncode == 0
    assert place.litter() == []


def test_a_full_disk_for_what_is_remembered(tmp_path: Path) -> None:
    """Log, memory and locks find no room: all goes on, and the log tells it once."""
    with shared(tmp_path) as place:
        state = place.world.state_folder
        state.parent.mkdir(parents=True)
        with disks.small_disk(state, 64), disks.full(state):
            place.write_token(DUE)
            daemon = place.start()  # its log, which would say so, finds no room either
            until(lambda: place.asked, 20)
            until(lambda: place.phase() == "valid")
            done = place.command("refresh", "--force")
            assert done.returncode == 0, done.stderr
            place.end_all()
        assert daemon.returncode is not None
        place.check_file()


def test_a_read_only_home(tmp_path: Path) -> None:
    """Nothing at all can be written: commands answer, the daemon says what is wrong."""
    with disks.small_disk(tmp_path), shared(tmp_path) as place:
        place.write_token(DUE)
        with disks.read_only(tmp_path):
            assert place.phase() == "valid"
            done = place.command("refresh")
            assert (done.returncode, place.asked) == (1, 0)
            assert "Read-only file system" in done.stderr
            assert place.command("profiles").returncode == 0
            place.end_all()


@pytest.mark.parametrize("call", ["fsync:error=EIO", "ftruncate:error=EDQUOT"])
def test_calls_that_fail(place: Shared, call: str) -> None:
    """A dying disk and a quota: the token is in the file all the same."""
    old = write(place, DUE)
    name = call.partition(":")[0]
    inject = ["-e", f"trace={name}", "-e", f"inject={call}"]
    tracing = ["strace", "-f", "-qq", "-o", os.devnull, *inject]
    ended = place.finish(place.begin([*tracing, *COMMAND, "refresh"]))

    assert ended.status == 0, ended
    assert place.asked == 1
    assert place.check_file().token.value.reveal() != old
    assert place.litter() == []


@pytest.fixture
def open_place(tmp_path: Path) -> Iterator[Shared]:
    """Give a home where somebody is logged in with a token that is due."""
    with shared(tmp_path) as place:
        place.write_token(DUE)
        yield place


@pytest.mark.parametrize("refused", ["folder", "folder and file"])
def test_a_folder_without_permission(open_place: Shared, refused: str) -> None:
    """The file alone may be written: it is. Nothing may be written: told, not asked."""
    place = open_place
    folder = place.path.parent
    before = place.path.stat()
    folder.chmod(0o555)
    if refused == "folder and file":
        place.path.chmod(0o444)
    ended = place.finish(place.begin(disks.without_privilege([*COMMAND, "refresh"])))
    folder.chmod(0o755)

    if refused == "folder":
        assert ended.status == 0, ended
        assert (place.asked, place.path.stat().st_ino) == (1, before.st_ino)
        assert place.renew_as_others_do() is not None
    else:
        assert (ended.status, place.asked) == (1, 0), ended
        assert "Permission denied" in ended.err
        assert str(folder) in ended.err


def test_a_file_without_permission(open_place: Shared) -> None:
    """A token file that can't be read says nothing: unknown, and no end."""
    place = open_place
    place.path.chmod(0o000)
    ended = place.finish(place.begin(disks.without_privilege([*COMMAND, "refresh"])))

    assert (ended.status, place.asked) == (4, 0), ended
    assert "Permission denied" in ended.err


@pytest.mark.parametrize("kind", ["pipe", "folder", "link to nothing"])
def test_something_else_in_the_files_place(tmp_path: Path, kind: str) -> None:
    """Never waited for, never a false end; a log-in mends what can be mended."""
    with shared(tmp_path) as place:
        place.path.parent.mkdir(parents=True)
        if kind == "pipe":
            os.mkfifo(place.path)
        elif kind == "folder":
            place.path.mkdir()
        else:
            place.path.symlink_to(tmp_path / "elsewhere")
        began = time.monotonic()
        phase = place.phase()
        done = place.command("refresh")
        login = place.begin([*COMMAND, "login", "--no-browser", "--device-code"])
        assert login.stderr is not None
        first = login.stderr.readline()
        if "http" in first:
            Person("alice").visit(first.split()[-1])
        ended = place.finish(login)

        assert time.monotonic() - began < 20
        if kind == "folder":
            assert (phase, done.returncode, ended.status) == ("unknown", 4, 1)
            assert "Is a directory" in first + ended.err
        else:
            told = ("logged_out", 3) if kind == "link to nothing" else ("unknown", 4)
            assert (phase, done.returncode) == told
            assert ended.status == 0, first + ended.err
            assert stat.S_ISREG(place.path.stat().st_mode)
            assert place.phase() == "valid"
        assert place.path.is_symlink() is (kind == "link to nothing")


def test_a_folder_that_is_replaced_under_the_daemon(tmp_path: Path) -> None:
    """`rm -rf ~/.aws/sso` and a new log-in elsewhere: both are seen at once."""
    with shared(tmp_path) as place:
        place.write_token(FRESH)
        place.started()
        assert place.phase() == "valid"
        for _ in range(3):
            shutil.rmtree(place.path.parent.parent)
            until(lambda: place.phase() == "logged_out", 3)
            place.write_token(FRESH)
            until(lambda: place.phase() == "valid", 3)
