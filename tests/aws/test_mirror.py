"""The shared credentials file as such: mode, links, locks, and others who write."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.aws.test_mirror_blocks import HAND, keys, members, read
from tests.fakes.basics import FakeLocks
from tray.aws import mirror
from tray.aws.config import ConfigFile
from tray.aws.files import LARGEST
from tray.aws.mirror import SharedCredentials
from tray.core.errors import CannotTell, TrayError

assert sys.platform != "win32"

WORLD = "0a1b2c3d"
DEV = {"dev": keys()}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give a file that people wrote."""
    path = tmp_path / "credentials"
    path.write_text(HAND)
    path.chmod(0o600)
    return path


def shared(path: Path, locks: FakeLocks | None = None) -> SharedCredentials:
    """Give the edge."""
    return SharedCredentials(path, WORLD, locks or FakeLocks())


def test_it_is_written_and_taken_away(path: Path) -> None:
    """What people wrote comes back to the byte; nothing else is left in the folder."""
    locks = FakeLocks()
    assert shared(path, locks).show(DEV) == {}
    assert read(path.read_text())["dev"] == members(keys())
    assert shared(path).show({}) == {}

    assert path.read_text() == HAND
    assert list(path.parent.iterdir()) == [path]
    assert locks.held == [mirror.LOCK]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """It is made for its owner alone, and not for nothing."""
    path = tmp_path / "deep" / "credentials"
    shared(path).show({})
    assert not path.parent.exists()
    shared(path).show(DEV)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    shared(path).show({})
    assert path.read_bytes() == b""


def test_what_holds_nothing_of_ours_is_let_be(tmp_path: Path) -> None:
    """Where nothing is wanted, it is no obstacle that no file could stand there."""
    locks = FakeLocks()

    assert shared(tmp_path, locks).show({}) == {}
    assert shared(tmp_path / "x" / "credentials", locks).show({}) == {}
    assert locks.held == []
    with pytest.raises(TrayError):
        shared(tmp_path).show(DEV)


def test_what_can_not_be_read_may_hold_blocks_of_ours(tmp_path: Path) -> None:
    """It is told and tried again, so that nothing of ours stays there."""
    path = tmp_path / "credentials"
    path.symlink_to(path)

    with pytest.raises(CannotTell):
        shared(path).show({})


def test_mode_and_link_stay(path: Path, tmp_path: Path) -> None:
    """The file that a link leads to is replaced, with its own mode."""
    path.chmod(0o400)
    link = tmp_path / "link"
    link.symlink_to(path)
    shared(link).show(DEV)

    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert path.stat().st_uid == os.geteuid()
    assert "[dev]" in path.read_text()


def test_nothing_is_written_where_nothing_changes(path: Path) -> None:
    """The same again leaves the file alone, so that nobody reads it anew."""
    shared(path).show(DEV)
    before = path.stat()
    shared(path).show(DEV)

    assert path.stat().st_ino == before.st_ino
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_what_others_can_read_gets_no_secret(path: Path) -> None:
    """It is told with the remedy; taking away is possible always."""
    shared(path).show(DEV)
    path.chmod(0o644)

    with pytest.raises(TrayError, match="chmod 600"):
        shared(path).show({**DEV, "test": keys()})
    shared(path).show({})

    assert path.read_text() == HAND
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_a_section_by_hand_stays(path: Path) -> None:
    """Its profile is told; the others are mirrored."""
    told = shared(path).show({"old": keys(), **DEV})

    assert list(told) == ["old"]
    assert "stands there already" in told["old"].title
    assert read(path.read_text()).keys() == {"old", "dev"}
    assert path.read_text().startswith(HAND)


@pytest.mark.parametrize("kind", ["folder", "pipe", "huge"])
def test_what_is_no_such_file(tmp_path: Path, kind: str) -> None:
    """A folder, a pipe, something huge: told, and never waited for."""
    path = tmp_path / "credentials"
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(b"#" * (LARGEST + 1))

    with pytest.raises(TrayError, match="credentials"):
        shared(path).show(DEV)


def test_a_folder_that_can_not_be_made(path: Path) -> None:
    """A file where the folder should be is told as such."""
    with pytest.raises(TrayError, match="can't be written"):
        shared(path / "credentials").show(DEV)


class Meddled(SharedCredentials):
    """The edge, with somebody who writes right before the file is replaced."""

    def __init__(self, path: Path, texts: list[str]) -> None:
        super().__init__(path, WORLD, FakeLocks())
        self._texts = texts

    def _is(self, content: bytes) -> bool:
        if self._texts:
            self._path.write_text(self._texts.pop(0))
        return super()._is(content)


def test_who_writes_meanwhile_is_not_overwritten(path: Path) -> None:
    """All begins anew with what the other one wrote."""
    Meddled(path, [f"{HAND}[more]\nx = 1\n"]).show(DEV)

    assert read(path.read_text()).keys() == {"old", "more", "dev"}


def test_who_writes_all_the_time_wins(path: Path) -> None:
    """After some tries it is left for later."""
    texts = [f"{HAND}[m{number}]\n" for number in range(9)]

    with pytest.raises(CannotTell, match="all the"):
        Meddled(path, texts).show(DEV)
    assert "dev" not in path.read_text()


def test_a_lock_that_is_taken(path: Path) -> None:
    """Another daemon that is at it for long is told."""

    class Taken(FakeLocks):
        """Locks that somebody else holds."""

        @contextmanager
        def hold(self, name: str, timeout: timedelta) -> Iterator[None]:
            """Wait in vain."""
            if timeout:
                raise CannotTell(f"{name} is held.", f"for {timeout}")
            yield

    with pytest.raises(CannotTell, match="is held"):
        shared(path, Taken()).show(DEV)
    assert path.read_text() == HAND


def test_our_own_blocks_are_no_part_of_the_config(path: Path, tmp_path: Path) -> None:
    """A mirrored SSO profile is not told as one with two sources of credentials."""
    config = tmp_path / "config"
    config.write_text(
        "[sso-session corp]\nsso_start_url = https://acme.awsapps.com/start\n"
        "sso_region = eu-west-1\n[profile dev]\nsso_session = corp\n"
        "sso_account_id = 111122223333\nsso_role_name = Admin\n"
    )
    environ = {
        "AWS_CONFIG_FILE": str(config),
        "AWS_SHARED_CREDENTIALS_FILE": str(path),
    }
    before = ConfigFile(environ, tmp_path).read()
    shared(path).show(DEV)

    assert ConfigFile(environ, tmp_path).read() == before
    assert not before.problems
