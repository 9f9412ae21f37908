"""The token files, as every other AWS tool writes and reads them."""

from __future__ import annotations

import json
import os
import stat
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOON, a_session, a_token
from tray.aws.cache import TokenFiles
from tray.core.errors import TrayError
from tray.core.model import CachedToken, Secret

CORP = a_session()
KEY = CORP.cache_key
TOKEN = a_token().token


def never(_: float) -> None:
    """Stand in for a pause that must not happen."""
    raise AssertionError


class Pauses:
    """Counts pauses, and does something in one of them."""

    def __init__(self, during: Callable[[], object] = lambda: None) -> None:
        self.taken: list[float] = []
        self._during = during

    def __call__(self, seconds: float) -> None:
        """Note the pause."""
        self.taken.append(seconds)
        self._during()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a cache folder that is not there yet."""
    return tmp_path / ".aws" / "sso" / "cache"


def put(folder: Path, text: str | bytes, key: str = KEY) -> Path:
    """Write a token file as another program would, in place."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{key}.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def text_of(**members: object) -> str:
    """Give a token file's text with these members beside the two needed ones."""
    base = {"accessToken": "access-1", "expiresAt": "2026-03-02T12:42:00Z"}
    return json.dumps({**base, **members})


def test_names_are_those_of_the_cli(folder: Path) -> None:
    """The session 'corp' lies where AWS CLI v2 looks for it."""
    TokenFiles(folder, never).write(CORP, TOKEN)

    names = [path.name for path in folder.iterdir()]

    assert names == ["ee0bfd2552fbd840c02cc48b6e823320543c450f.json"]


def test_members_are_those_of_the_cli(folder: Path) -> None:
    """The file is one line of JSON with the CLI's members, and nothing of ours."""
    TokenFiles(folder, never).write(CORP, TOKEN)

    text = (folder / f"{KEY}.json").read_text()

    assert "\n" not in text
    assert json.loads(text) == {
        "startUrl": "https://acme.awsapps.com/start",
        "region": "eu-west-1",
        "accessToken": "access-1",
        "expiresAt": "2026-03-02T12:42:00Z",
        "clientId": "client-1",
        "clientSecret": "client-secret-1",
        "registrationExpiresAt": "2026-05-01T12:00:00Z",
        "refreshToken": "refresh of access-1",
    }


def test_files_are_for_the_owner_alone(folder: Path) -> None:
    """File 0600, folders that we make 0700, even where a looser file was there."""
    put(folder, "{}").chmod(0o644)
    TokenFiles(folder, never).write(CORP, TOKEN)
    other = folder / "new" / "deeper"
    TokenFiles(other, never).write(CORP, TOKEN)

    assert stat.S_IMODE((folder / f"{KEY}.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(other.stat().st_mode) == 0o700
    assert stat.S_IMODE(other.parent.stat().st_mode) == 0o700


def test_what_is_not_known_is_not_written(folder: Path) -> None:
    """A token that can't be renewed has no such members, above all no null."""
    TokenFiles(folder, never).write(CORP, a_token(refreshable=False).token)

    members = json.loads((folder / f"{KEY}.json").read_text())

    assert set(members) == {"startUrl", "region", "accessToken", "expiresAt"}


def test_a_renewal_keeps_foreign_members(folder: Path) -> None:
    """What another tool keeps in the file survives our renewal; its nulls do not."""
    put(folder, text_of(ideState={"a": 1}, refreshToken=None, odd=None))
    TokenFiles(folder, never).write(
        CORP, a_token(refreshable=False).token, renewing=True
    )

    members = json.loads((folder / f"{KEY}.json").read_text())

    assert members["ideState"] == {"a": 1}
    assert "odd" not in members
    assert "refreshToken" not in members


def test_a_login_starts_anew(folder: Path) -> None:
    """A log-in leaves nothing of the file before."""
    put(folder, text_of(ideState={"a": 1}))
    TokenFiles(folder, never).write(CORP, TOKEN)

    assert "ideState" not in json.loads((folder / f"{KEY}.json").read_text())


def test_what_is_written_is_read(folder: Path) -> None:
    """A token comes back as it went in, and the file's date with it."""
    files = TokenFiles(folder, never)
    files.write(CORP, TOKEN)

    cached = files.read_all([KEY])[KEY]

    assert isinstance(cached, CachedToken)
    assert cached.token == TOKEN
    changed = (folder / f"{KEY}.json").stat().st_mtime
    assert cached.written_at.timestamp() == pytest.approx(changed)
    assert files.read(KEY) == cached


def test_links_stay_links(folder: Path, tmp_path: Path) -> None:
    """A linked file is replaced and removed where it really lies; the link stays."""
    real = tmp_path / "elsewhere" / "token.json"
    real.parent.mkdir()
    link = put(folder, "{}")
    link.unlink()
    link.symlink_to(real)
    files = TokenFiles(folder, never)
    files.write(CORP, TOKEN)

    assert link.is_symlink()
    assert json.loads(real.read_text())["accessToken"] == "access-1"
    files.remove(KEY)
    assert link.is_symlink()
    assert not real.exists()
    assert files.read_all([KEY]) == {}


def test_a_linked_folder_stays_one(folder: Path, tmp_path: Path) -> None:
    """A linked cache folder is used where it really lies."""
    real = tmp_path / "dotfiles"
    real.mkdir()
    folder.parent.mkdir(parents=True)
    folder.symlink_to(real)
    TokenFiles(folder, never).write(CORP, TOKEN)

    assert folder.is_symlink()
    assert [path.name for path in real.iterdir()] == [f"{KEY}.json"]


def test_a_reader_never_meets_half_a_file(folder: Path) -> None:
    """However often we write, a reader in between reads a whole token."""
    files = TokenFiles(folder, never)
    long = replace(TOKEN, value=Secret("x" * 50_000))
    files.write(CORP, TOKEN)
    done = threading.Event()
    torn = []

    def read() -> None:
        while not done.is_set():
            text = (folder / f"{KEY}.json").read_text()
            try:
                json.loads(text)
            except ValueError:
                torn.append(len(text))

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(60):
        files.write(CORP, long if number % 2 else TOKEN, renewing=True)
    done.set()
    reader.join()

    assert torn == []
    assert [path.name for path in folder.iterdir()] == [f"{KEY}.json"]


def test_a_folder_that_refuses_is_told(tmp_path: Path) -> None:
    """A cache that can't be written is told with the folder and the system's reason."""
    (tmp_path / "file").write_text("")
    files = TokenFiles(tmp_path / "file" / "cache", Pauses())

    with pytest.raises(TrayError, match="can't be written") as caught:
        files.write(CORP, TOKEN)

    assert "access-1" not in str(caught.value)
    files.remove(KEY)


def test_a_removal_that_fails_is_told(folder: Path) -> None:
    """What can't be deleted is told."""
    (folder / f"{KEY}.json").mkdir(parents=True)

    with pytest.raises(TrayError, match="can't be written"):
        TokenFiles(folder, never).remove(KEY)


def test_a_moment_of_trouble_is_waited_out(tmp_path: Path) -> None:
    """A write that fails for a moment is tried again before anybody hears of it."""
    obstacle = tmp_path / "cache"
    obstacle.write_text("")
    pauses = Pauses(obstacle.unlink)
    files = TokenFiles(obstacle, pauses)
    files.write(CORP, TOKEN)

    assert len(pauses.taken) == 1
    assert isinstance(files.read(KEY), CachedToken)


def test_remains_of_crashes_are_swept(folder: Path) -> None:
    """Our own unfinished files of long ago go; fresh and foreign ones stay."""
    folder.mkdir(parents=True)
    old, fresh = folder / "a.json.1.sso-tray.tmp", folder / "b.json.2.sso-tray.tmp"
    foreign = folder / "c.tmp"
    for path in (old, fresh, foreign):
        path.write_text("{}")
    long_ago = (NOON - timedelta(hours=1)).timestamp()
    os.utime(old, (long_ago, long_ago))
    os.utime(foreign, (long_ago, long_ago))
    os.utime(fresh, (NOON.timestamp(), NOON.timestamp()))
    TokenFiles(folder, never).tidy(NOON)
    TokenFiles(folder / "missing", never).tidy(NOON)

    assert {path.name for path in folder.iterdir()} == {fresh.name, foreign.name}


def test_no_secret_shows(folder: Path) -> None:
    """An entry's text shows no token."""
    files = TokenFiles(folder, never)
    files.write(CORP, TOKEN)

    shown = repr(files.read_all([KEY]))

    assert "access-1" not in shown
    assert "client-secret-1" not in shown
