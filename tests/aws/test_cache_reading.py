"""Reading token files: whatever lies there, whoever writes it at this moment."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import NOON, a_session, a_token, some_facts
from tray.aws.cache import TokenFiles
from tray.core.model import CachedToken, Secret, Unreadable
from tray.core.settings import Settings
from tray.core.status import assess

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


@pytest.mark.parametrize(
    "content",
    [
        text_of(),
        text_of(refreshToken=None, clientId=None, registrationExpiresAt=None),
        json.dumps(json.loads(text_of()), indent=2),
        "\ufeff" + text_of(),
        text_of(unknown=[1, 2], clientSecret=""),
    ],
)
def test_other_tools_files_are_read(folder: Path, content: str) -> None:
    """Indentation, nulls, unknown members and a byte order mark do no harm."""
    put(folder, content)

    cached = TokenFiles(folder, never).read_all([KEY])[KEY]

    assert isinstance(cached, CachedToken)
    assert cached.token == a_token(refreshable=False).token


@pytest.mark.parametrize(
    "content",
    [
        "[]",
        '"text"',
        "",
        '{"accessToken": "access-1", "expi',
        "[" * 100_000,
        b"\xff\xfe\x00",
    ],
)
def test_half_a_file_is_not_known_yet(folder: Path, content: str | bytes) -> None:
    """A file that is no JSON object is tried a few times within a moment, then told."""
    put(folder, content)
    pauses = Pauses()

    entry = TokenFiles(folder, pauses).read_all([KEY])[KEY]

    assert isinstance(entry, Unreadable)
    assert 0 < sum(pauses.taken) <= 0.06 + 1e-9


@pytest.mark.parametrize(
    "content",
    [
        "{}",
        json.dumps({"clientId": "a", "clientSecret": "b", "expiresAt": "2026-01-01"}),
        text_of(expiresAt="soon"),
        text_of(expiresAt=1772454645),
        text_of(accessToken=17),
        text_of(accessToken=""),
    ],
)
def test_foreign_json_is_told(folder: Path, content: str) -> None:
    """A whole file without a token is told at once as what it is."""
    put(folder, content)

    assert isinstance(TokenFiles(folder, never).read_all([KEY])[KEY], Unreadable)


def test_a_file_that_is_being_written_is_read_when_done(folder: Path) -> None:
    """A reader that met half a file gives the whole one a moment later."""
    path = put(folder, "")
    pauses = Pauses(lambda: path.write_text(text_of()))

    entry = TokenFiles(folder, pauses).read_all([KEY])[KEY]

    assert isinstance(entry, CachedToken)
    assert len(pauses.taken) == 1


def test_many_torn_files_wait_together(folder: Path) -> None:
    """A hundred torn files take no longer than one, and are not tried again."""
    keys = [f"{number:040x}" for number in range(100)]
    for key in keys:
        put(folder, "{", key)
    pauses = Pauses()
    files = TokenFiles(folder, pauses)
    files.read_all(keys)
    taken = len(pauses.taken)
    files.read_all(keys)

    assert taken <= 3
    assert len(pauses.taken) == taken


def test_unchanged_files_are_not_read_again(folder: Path) -> None:
    """The very same objects come back until a file changes."""
    files = TokenFiles(folder, never)
    other = replace(CORP, name="other")
    files.write(CORP, TOKEN)
    files.write(other, TOKEN)
    keys = [KEY, other.cache_key]
    first = files.read_all(keys)
    files.write(other, replace(TOKEN, value=Secret("access-2")))
    second = files.read_all(keys)

    assert second[KEY] is first[KEY]
    entry = second[other.cache_key]
    assert isinstance(entry, CachedToken)
    assert entry.token.value == Secret("access-2")


def test_only_what_is_asked_for_is_there(folder: Path) -> None:
    """Other files are not looked at; missing ones and missing folders are left out."""
    files = TokenFiles(folder, never)
    before = files.read_all([KEY])
    put(folder, text_of(), "f" * 40)
    after = files.read_all([KEY])

    assert before == after == {}
    assert files.read(KEY) is None


def test_a_file_that_goes_is_gone(folder: Path) -> None:
    """A token that somebody deletes is not remembered; deleting twice is no error."""
    files = TokenFiles(folder, never)
    files.write(CORP, TOKEN)
    files.read_all([KEY])
    files.remove(KEY)
    files.remove(KEY)

    assert files.read_all([KEY]) == {}


def test_a_huge_file_is_not_swallowed(folder: Path) -> None:
    """Fifty megabytes are told as too big without being read."""
    path = put(folder, "{")
    os.truncate(path, 50 << 20)

    entry = TokenFiles(folder, never).read_all([KEY])[KEY]

    assert isinstance(entry, Unreadable)
    assert "big" in entry.problem.title


def test_no_pipe_or_folder_stops_us(folder: Path) -> None:
    """A pipe, a folder, a ring of links under a token's name: told, never waited on."""
    folder.mkdir(parents=True)
    subprocess.run(["mkfifo", folder / f"{KEY}.json"], check=True)
    (folder / f"{'a' * 40}.json").mkdir()
    (folder / f"{'b' * 40}.json").symlink_to(folder / f"{'b' * 40}.json")
    keys = [KEY, "a" * 40, "b" * 40]

    entries = TokenFiles(folder, never).read_all(keys)

    assert set(entries) == set(keys)
    assert all(isinstance(entry, Unreadable) for entry in entries.values())


@pytest.mark.parametrize("member", ["accessToken", "refreshToken", "clientSecret"])
def test_half_a_character_is_no_token(folder: Path, member: str) -> None:
    """What can't be sent to anybody is no token, and stops no tick."""
    put(folder, text_of(**{member: "\ud800"}))

    entry = TokenFiles(folder, never).read_all([KEY])[KEY]

    if isinstance(entry, CachedToken):
        assert not entry.token.renewable_at(a_token().token.expires_at)
        assert entry.token.value.reveal() == "access-1"
    else:
        assert member == "accessToken"


def test_a_token_of_the_year_one_stops_no_tick(folder: Path) -> None:
    """A program that writes its zero date takes nobody else's sign-in off the board."""
    put(folder, text_of(expiresAt="0001-01-01T00:00:00Z", refreshToken="r"))
    entry = TokenFiles(folder, never).read_all([KEY])[KEY]

    board = assess(some_facts(entry), NOON, Settings())

    assert board.sessions[0].expires_at is not None
    assert board.sessions[0].expires_at < NOON
