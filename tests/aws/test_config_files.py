"""AWS's two files in every state that a disk can have them in."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.aws.config_cases import DEV, SESSION
from tray.aws.config import ConfigFile
from tray.aws.config_sections import MOST_FAULTS
from tray.aws.config_text import LARGEST, ConfigPaths
from tray.core.model import AwsConfig, Subject

SOUND = f"{SESSION}{DEV}"


def read_bytes(folder: Path, data: bytes) -> AwsConfig:
    """Read a config of these bytes."""
    (folder / "config").write_bytes(data)
    return ConfigFile({"AWS_CONFIG_FILE": str(folder / "config")}, folder).read()


def titles(found: AwsConfig) -> str:
    """Give all that is wrong in one text."""
    return "\n".join(p.problem.title for p in found.problems)


def test_no_files_at_all(tmp_path: Path) -> None:
    """A machine without AWS config is no problem."""
    found = ConfigFile({}, tmp_path).read()

    assert found == AwsConfig(path=str(tmp_path / ".aws" / "config"))


@pytest.mark.parametrize(
    ("environ", "config"),
    [
        ({}, "{home}/.aws/config"),
        ({"AWS_CONFIG_FILE": ""}, "{home}/.aws/config"),
        ({"AWS_CONFIG_FILE": "~/c"}, "{home}/c"),
        ({"AWS_CONFIG_FILE": "~"}, "{home}"),
        ({"AWS_CONFIG_FILE": "/etc/c"}, "/etc/c"),
        ({"AWS_CONFIG_FILE": "$WHERE/c", "WHERE": "/x"}, "/x/c"),
        ({"AWS_CONFIG_FILE": "${WHERE}/$c", "WHERE": "/x"}, "/x/$c"),
    ],
)
def test_the_paths(tmp_path: Path, environ: dict[str, str], config: str) -> None:
    """AWS's variables name the files, with `~` and `$NAME` replaced."""
    paths = ConfigFile(environ, tmp_path).paths

    wanted = Path(config.format(home=tmp_path))
    assert paths == ConfigPaths(wanted, tmp_path / ".aws" / "credentials")


def test_the_credentials_path(tmp_path: Path) -> None:
    """The credentials file has its own variable."""
    environ = {"AWS_SHARED_CREDENTIALS_FILE": "~/keys"}

    assert ConfigFile(environ, tmp_path).paths.credentials == tmp_path / "keys"


@pytest.mark.parametrize(
    ("data", "words", "line"),
    [
        (b"\xef\xbb\xbf" + SOUND.encode(), "byte order mark", 1),
        (SOUND.encode("utf-16"), "UTF-16", 0),
        (SOUND.encode("utf-16-le"), "UTF-16", 0),
        (SOUND.encode("utf-16-be"), "UTF-16", 0),
        (f"{SOUND}# \u00e9\n".encode("latin-1"), "not UTF-8", 8),
        (f"junk\n{SOUND}".encode(), "before the first section", 1),
        (f"{SOUND}[profile dev]\n".encode(), "[profile dev] for the second", 8),
        (f"{SOUND}SSO_SESSION = corp\n".encode(), "'sso_session' for the", 8),
        (f"{SOUND}secret-of-mine\n".encode(), "neither a [header] nor", 8),
        (f"{SOUND}s3 =\n  x\n".encode(), "under 's3'", 8),
    ],
    ids=list("abcdefghij"),
)
def test_what_can_be_used_is_used(
    tmp_path: Path, data: bytes, words: str, line: int
) -> None:
    """AWS's tools refuse such a file; here it is named and its rest is read."""
    found = read_bytes(tmp_path, data)
    problem = found.problems[0]

    assert [s.name for s in found.sessions] == ["corp"]
    assert [p.name for p in found.profiles] == ["dev"]
    assert (problem.subject, problem.line) == (Subject.FILE, line)
    assert problem.name == str(tmp_path / "config")
    assert words in problem.problem.title
    assert "refuse" in problem.problem.title
    assert "secret" not in titles(found)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (bytes(range(256)) * 1000, "not a text file"),
        (b"\0" * 1000, "neither"),
        (b"x" * (LARGEST + 1), "larger than 16 MB"),
    ],
    ids=["binary", "zeros", "huge"],
)
def test_junk(tmp_path: Path, data: bytes, words: str) -> None:
    """Junk is named, whatever its size, and nothing is made of it."""
    found = read_bytes(tmp_path, data)

    assert (found.sessions, found.profiles, len(found.problems)) == ((), (), 1)
    assert words in titles(found) or "before the first section" in titles(found)


def test_many_faults_are_counted(tmp_path: Path) -> None:
    """Not every line of a long faulty file is listed."""
    found = read_bytes(tmp_path, b"[a]\n" + b"junk\n" * 5000)

    assert len(found.problems) == MOST_FAULTS + 1
    assert f"{5000 - MOST_FAULTS} more" in found.problems[-1].problem.title


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    """A folder is named as such."""
    found = ConfigFile({"AWS_CONFIG_FILE": str(tmp_path)}, tmp_path / "home").read()

    assert "is a folder" in titles(found)


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """A pipe, as a shell gives it for `<(...)`, is named and not read."""
    path = tmp_path / "pipe"
    if sys.platform != "win32":  # which has no pipes in folders
        os.mkfifo(path)
        found = ConfigFile({"AWS_CONFIG_FILE": str(path)}, tmp_path).read()

        assert "not an ordinary file" in titles(found)


def test_the_null_device_switches_the_file_off(tmp_path: Path) -> None:
    """`AWS_CONFIG_FILE=/dev/null` is a way to have no config."""
    assert not ConfigFile({"AWS_CONFIG_FILE": os.devnull}, tmp_path).read().problems


def test_a_circle_of_links(tmp_path: Path) -> None:
    """What the system says of the path is passed on."""
    (tmp_path / "config").symlink_to(tmp_path / "config")
    reader = ConfigFile({"AWS_CONFIG_FILE": str(tmp_path / "config")}, tmp_path)
    found = reader.read()

    assert "~/config can't be read: " in titles(found)
    assert reader.read() is found


def test_a_path_that_can_not_be(tmp_path: Path) -> None:
    """A path below a file, or with a NUL in it, is simply not there."""
    (tmp_path / "file").touch()
    for name in (str(tmp_path / "file" / "config"), "a\0b"):
        assert not ConfigFile({"AWS_CONFIG_FILE": name}, tmp_path).read().problems


def test_a_file_of_somebody_else(tmp_path: Path) -> None:
    """A file that may not be read is named, with the mode that it needs."""
    path = tmp_path / "config"
    path.write_text(SOUND, encoding="utf-8")
    path.chmod(0)
    with nobody():
        found = ConfigFile({"AWS_CONFIG_FILE": str(path)}, tmp_path).read()

    assert "permission denied" in titles(found)
    assert "0600" in found.problems[0].problem.remedy


def test_the_credentials_file_fails_by_itself(tmp_path: Path) -> None:
    """What is wrong with one file stands under its path and costs the other nothing."""
    (tmp_path / "config").write_text(SOUND, encoding="utf-8")
    (tmp_path / "credentials").mkdir()
    environ = {
        "AWS_CONFIG_FILE": str(tmp_path / "config"),
        "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
    }
    found = ConfigFile(environ, tmp_path).read()

    assert [p.name for p in found.problems] == [str(tmp_path / "credentials")]
    assert [p.name for p in found.profiles] == ["dev"]


@contextmanager
def nobody() -> Iterator[None]:
    """Be a person without rights for a while, if we are the one who has them all."""
    if sys.platform != "win32" and os.getuid() == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        if sys.platform != "win32" and os.getuid() == 0:
            os.seteuid(0)
