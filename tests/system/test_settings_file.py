"""The settings file: read when it changes, never fatal."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path

import pytest

from tray.core.settings import Settings
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
