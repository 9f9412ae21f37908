"""The config is replaced whole, and all that people have made of it stays."""

from __future__ import annotations

import os
import stat
import sys
from pathlib import Path

import pytest

from tests.limits import smaller_files
from tray.aws import config_backups
from tray.aws.config_writer import ConfigWriter
from tray.core.edits import Add, Change, Head, Kind
from tray.core.errors import CannotTell, ConfigError, TrayError
from tray.system.locks import FileLocks

assert sys.platform != "win32"  # modes, links and full disks

DEV = Head(Kind.PROFILE, "dev")
OPS = Head(Kind.PROFILE, "ops")
ADD = [Add(DEV, (("region", "x"),))]


def writer(home: Path, name: str = "config") -> ConfigWriter:
    """Give the editor of a file in a home."""
    locks = FileLocks(home / "locks", home / "cache")
    return ConfigWriter(lambda: home / ".aws" / name, home, locks)


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Give a config with one profile."""
    path = tmp_path / ".aws" / "config"
    path.parent.mkdir()
    path.write_bytes(b"[profile ops]\nregion = x\n")
    return path


def others(path: Path) -> list[str]:
    """Give what lies beside a file."""
    return sorted(one.name for one in path.parent.iterdir() if one != path)


def test_no_config_yet(tmp_path: Path) -> None:
    """Folder and file are made, for the owner's eyes only; undoing empties the file."""
    written = writer(tmp_path).write(ADD)
    path = tmp_path / ".aws" / "config"

    assert written is not None
    assert written.path == "~/.aws/config"
    assert written.backup.startswith("~/.aws/config.sso-tray-1-")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    writer(tmp_path).undo()
    assert path.read_bytes() == b""


@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664])
def test_mode_stays(config: Path, tmp_path: Path, mode: int) -> None:
    """The file and its backup have the mode that people gave it."""
    config.chmod(mode)

    writer(tmp_path).write(ADD)

    assert stat.S_IMODE(config.stat().st_mode) == mode
    (backup,) = config_backups.backups_of(config)
    assert stat.S_IMODE(backup.path.stat().st_mode) == mode & ~0o022
    assert backup.path.read_bytes() == b"[profile ops]\nregion = x\n"


def test_owner_stays(config: Path, tmp_path: Path) -> None:
    """Where we may, the owner is kept; else nothing is written."""
    if os.geteuid() == 0:
        os.chown(config, 12345, 54321)
    before = config.stat()

    writer(tmp_path).write(ADD)

    after = config.stat()
    assert (after.st_uid, after.st_gid) == (before.st_uid, before.st_gid)


def test_links_stay(config: Path, tmp_path: Path) -> None:
    """A link to a file elsewhere stays one; the file that it leads to is changed."""
    real = tmp_path / "dotfiles" / "aws"
    real.parent.mkdir()
    config.rename(real)
    config.symlink_to(real)

    writer(tmp_path).write(ADD)

    assert config.is_symlink()
    assert b"[profile dev]" in real.read_bytes()
    assert others(real) == []
    assert len(others(config)) == 1


def test_bytes_that_are_no_text_stay(config: Path, tmp_path: Path) -> None:
    """Comments in another encoding come out as they went in."""
    config.write_bytes(b"# ol\xe9\n[profile ops]\nx = \xff\n")

    writer(tmp_path).write(ADD)

    assert config.read_bytes().startswith(
        b"# ol\xe9\n[profile ops]\nx = \xff\n\n[profile"
    )


UNFIT = [
    ("UTF-16", "[profile x]\n".encode("utf-16"), "UTF-16"),
    ("merge marks", b"[a]\n=======\n", "line 2"),
    ("no text at all", b"[a]\n\0\0", "nothing was changed"),
]


@pytest.mark.parametrize(("about", "data", "title"), UNFIT)
def test_unfit_files_are_left_alone(
    config: Path,
    tmp_path: Path,
    about: str,
    data: bytes,
    title: str,
) -> None:
    """What can't be read safely is not written, and the place is named."""
    assert about
    config.write_bytes(data)

    with pytest.raises(ConfigError) as refused:
        writer(tmp_path).write(ADD)

    assert title in refused.value.title
    assert "~/.aws/config" in refused.value.title
    assert config.read_bytes() == data
    assert others(config) == []


def test_a_closed_file_is_left_alone(config: Path, tmp_path: Path) -> None:
    """Who made the config read-only meant it."""
    config.chmod(0o444)

    with pytest.raises(TrayError, match="read-only"):
        writer(tmp_path).write(ADD)
    assert others(config) == []


def test_what_is_only_looked_at_may_be_read_only(config: Path, tmp_path: Path) -> None:
    """Names come from the credentials file too, which need not be open for that."""
    config.chmod(0o400)

    assert writer(tmp_path).heads() == {OPS}


def test_a_device_is_never_replaced() -> None:
    """Who switches the config off with /dev/null keeps the device."""
    null = Path(os.devnull)
    home = null.parent
    locks = FileLocks(Path("/nowhere"), Path("/nowhere"))
    editor = ConfigWriter(lambda: null, home, locks)

    with pytest.raises(ConfigError, match="not an ordinary file"):
        editor.diff(ADD)
    assert editor.heads() == frozenset()
    assert stat.S_ISCHR(null.stat().st_mode)


def test_a_folder_in_its_place(config: Path, tmp_path: Path) -> None:
    """It is named, and nothing is made."""
    config.unlink()
    config.mkdir()

    with pytest.raises(TrayError, match="folder"):
        writer(tmp_path).write(ADD)


@pytest.mark.parametrize("room", [0, 25, 40])
def test_a_full_disk(config: Path, tmp_path: Path, room: int) -> None:
    """Wherever the room ends, the config is as it was and nothing lies about."""
    before = config.read_bytes()

    with smaller_files(room), pytest.raises(TrayError, match="It is as it was"):
        writer(tmp_path).write(ADD)

    assert config.read_bytes() == before
    assert others(config) == []
    assert writer(tmp_path).write(ADD) is not None


class Meddler(ConfigWriter):
    """One beside whom somebody else writes, at the worst moment."""

    times = 1

    def _put(self, path: Path, seen: object, content: bytes) -> bool:
        if self.times:
            self.times -= 1
            with path.open("ab") as file:
                file.write(b"# theirs\n")
        return super()._put(path, seen, content)  # type: ignore[arg-type]


def meddler(home: Path, times: int) -> Meddler:
    """Give an editor with somebody else at the file so many times."""
    locks = FileLocks(home / "locks", home / "cache")
    one = Meddler(lambda: home / ".aws" / "config", home, locks)
    one.times = times
    return one


def test_edited_at_the_same_moment(config: Path, tmp_path: Path) -> None:
    """What others write meanwhile is kept, and ours is added to it."""
    assert meddler(tmp_path, 2).write(ADD) is not None

    text = config.read_text()
    assert text.count("# theirs") == 2
    assert "[profile dev]" in text
    assert len(others(config)) == 1


def test_edited_all_the_time(config: Path, tmp_path: Path) -> None:
    """After some tries we give up, and say so."""
    with pytest.raises(CannotTell, match="by another program"):
        meddler(tmp_path, 99).write(ADD)
    assert others(config) == []


def test_an_undo_beside_somebody_else(config: Path, tmp_path: Path) -> None:
    """An undo gives way to who writes at that moment."""
    writer(tmp_path).write(ADD)

    with pytest.raises(CannotTell):
        meddler(tmp_path, 1).undo()
    assert config.read_text().endswith("# theirs\n")


def test_old_backups_go(config: Path, tmp_path: Path) -> None:
    """The ten newest are kept; their numbers go on."""
    for number in range(15):
        writer(tmp_path).write([Change(OPS, (("region", str(number)),))])

    numbers = [one.number for one in config_backups.backups_of(config)]
    assert numbers == list(range(6, 16))


def test_two_files_have_their_own_backups(config: Path, tmp_path: Path) -> None:
    """The backups of `config` are none of `config.old`."""
    config.with_name("config.old").write_bytes(b"")
    writer(tmp_path).write(ADD)
    writer(tmp_path, "config.old").write(ADD)

    assert [one.number for one in config_backups.backups_of(config)] == [1]


def test_thousands_of_sections_cost_one_pass(config: Path, tmp_path: Path) -> None:
    """Two thousand profiles are one change, and one undo."""
    edits = [Add(Head(Kind.PROFILE, f"p{n}"), (("region", "x"),)) for n in range(2000)]

    writer(tmp_path).write(edits)
    assert config.read_text().count("[profile p") == 2000
    writer(tmp_path).undo()
    assert config.read_bytes() == b"[profile ops]\nregion = x\n"
