"""The settings file: read when it changes, never fatal."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from tray.core.settings import Mode, ProfileSettings, Settings
from tray.system.settings_file import SettingsFile


def test_no_file_means_defaults(tmp_path: Path) -> None:
    """Nobody needs a settings file."""
    reader = SettingsFile(tmp_path / "none" / "settings.toml")

    assert reader.read() == Settings()
    assert reader.read() is reader.read()


def test_changes_are_seen(tmp_path: Path) -> None:
    """The same object while the file is unchanged, the new settings after."""
    path = tmp_path / "settings.toml"
    path.write_text('snooze = "1h"')
    reader = SettingsFile(path)
    first = reader.read()
    assert first.snooze == timedelta(hours=1)
    assert reader.read() is first
    path.write_text('snooze = "30m"')
    assert reader.read().snooze == timedelta(minutes=30)
    path.unlink()

    assert reader.read() == Settings()


@pytest.mark.parametrize(
    "content",
    [b"snooze = ", b"\xff\xfe", b"snooze = 3", b"snoze = '1h'", b"[" * 5000],
)
def test_a_bad_file_is_told_of_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes
) -> None:
    """What is wrong names the file, is logged once, and stops nothing."""
    path = tmp_path / "settings.toml"
    path.write_bytes(content)
    reader = SettingsFile(path)

    with caplog.at_level(logging.WARNING):
        assert reader.read() == Settings()
        reader.read()

    assert len(caplog.records) == 1
    assert str(path) in caplog.text
    assert len(reader.problems) == 1


def test_a_folder_in_its_place(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A folder is told of like a bad file."""
    (tmp_path / "settings.toml").mkdir()
    reader = SettingsFile(tmp_path / "settings.toml")

    with caplog.at_level(logging.WARNING):
        assert reader.read() == Settings()

    assert len(caplog.records) == 1


def test_a_byte_order_mark_is_no_error(tmp_path: Path) -> None:
    """Windows' editors put one in front."""
    path = tmp_path / "settings.toml"
    path.write_bytes(b'\xef\xbb\xbfsnooze = "1h"')

    assert SettingsFile(path).read().snooze == timedelta(hours=1)


def test_every_mistake_has_its_line(tmp_path: Path) -> None:
    """All mistakes are told at once, each with file and line."""
    path = tmp_path / "settings.toml"
    path.write_text('snooze = 3\n\n[sessions.corp]\nmode = "loud"\ncolour = 1\n')
    reader = SettingsFile(path)
    reader.read()

    places = [problem.title.split(":")[0] for problem in reader.problems]
    assert places == [f"{path}, line {line}" for line in (1, 4, 5)]


def test_a_wrong_form_has_its_line(tmp_path: Path) -> None:
    """What is no TOML at all is told with the line, too."""
    path = tmp_path / "settings.toml"
    path.write_text('snooze = "1h"\nmode = \n')
    reader = SettingsFile(path)

    assert reader.read() == Settings()
    assert "line 2" in reader.problems[0].title


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    """Give the place of a policy, in a folder that only its owner can write."""
    folder = tmp_path / "etc"
    folder.mkdir(mode=0o755)
    return folder / "policy.toml"


def test_the_policy_wins(tmp_path: Path, policy: Path) -> None:
    """A locked setting holds, the person's line is told of, and changes are seen."""
    path = tmp_path / "settings.toml"
    path.write_text('snooze = "1h"\nmode = "open"\n')
    policy.write_text('mode = "silent"\nsnoze = "1h"\n')
    reader = SettingsFile(path, policy)

    settings = reader.read()

    assert (settings.mode, settings.snooze) == (Mode.SILENT, timedelta(hours=1))
    assert list(reader.locked) == ["mode"]
    assert [problem.title.split(":")[0] for problem in reader.problems] == [
        f"{policy}, line 2",
        f"{path}, line 2",
    ]
    policy.unlink()
    assert reader.read().mode is Mode.OPEN
    assert not reader.locked
    assert not reader.problems


@pytest.mark.parametrize("which", ["file", "folder"])
def test_a_policy_that_others_can_write_does_not_hold(
    tmp_path: Path, policy: Path, which: str
) -> None:
    """What anybody could have written binds nobody, and that is said."""
    policy.write_text('mode = "silent"')
    (policy if which == "file" else policy.parent).chmod(0o777)
    reader = SettingsFile(tmp_path / "none", policy)

    assert reader.read() == Settings()
    assert "chmod" in reader.problems[0].remedy


def test_a_policy_that_cannot_be_read(tmp_path: Path, policy: Path) -> None:
    """A broken policy stops nothing and is told of."""
    policy.write_text("mode = ")
    reader = SettingsFile(tmp_path / "none", policy)

    assert reader.read() == Settings()
    assert str(policy) in reader.problems[0].title


def test_a_slip_unlocks_nothing(tmp_path: Path) -> None:
    """While people edit the file, what was protected stays so."""
    path = tmp_path / "settings.toml"
    path.write_text('snooze = "1h"\n[profiles.prod]\nprotected = true\nmirror = true')
    reader = SettingsFile(path)
    reader.read()
    path.write_text("[profiles.prod\nprotected = ")

    assert reader.read() == Settings(profiles={"prod": ProfileSettings(protected=True)})
    path.write_text("")
    assert reader.read() == Settings()
