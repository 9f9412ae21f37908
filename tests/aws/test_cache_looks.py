"""The token cache by names and modes."""

from __future__ import annotations

from pathlib import Path

from tray.aws.cache_looks import look_at_cache
from tray.core.looks import CacheFacts


def test_no_folder(tmp_path: Path) -> None:
    """Before the first log-in there is none, and that is no fault."""
    assert look_at_cache(tmp_path / "none").there is False


def test_files_and_modes(tmp_path: Path) -> None:
    """Token files are counted, guests named, and open files found."""
    (tmp_path / f"{'a' * 40}.json").touch(0o600)
    (tmp_path / f"{'b' * 40}.json").touch(0o600)
    (tmp_path / f"{'b' * 40}.json").chmod(0o644)
    (tmp_path / "toolkit.json").touch(0o600)
    (tmp_path / "lost").symlink_to(tmp_path / "nowhere")

    assert look_at_cache(tmp_path) == CacheFacts(
        str(tmp_path), 2, ("lost", "toolkit.json"), (f"{'b' * 40}.json",)
    )


def test_no_folder_but_a_file(tmp_path: Path) -> None:
    """Whatever stands in its place is told."""
    (tmp_path / "cache").touch()

    assert "directory" in look_at_cache(tmp_path / "cache").fault
