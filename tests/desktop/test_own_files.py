"""Our settings and our log, opened in whatever the desktop has."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path

import pytest

from tray.core.errors import TrayError
from tray.core.setting_keys import from_mapping
from tray.core.settings import Settings
from tray.core.settings_template import template
from tray.desktop.own_files import DesktopFiles

assert sys.platform == "linux"

SCREEN = {"DISPLAY": ":1"}


class Place:
    """A folder with openers in it, and what was opened."""

    def __init__(self, folder: Path, *openers: str, well: bool = True) -> None:
        self.settings = folder / "config" / "settings.toml"
        self.logs, self.well = folder / "log", well
        self.opened = list[Sequence[str]]()
        programs = folder / "bin"
        programs.mkdir()
        for name in openers:
            (programs / name).write_text("")
            (programs / name).chmod(0o755)
        self.files = DesktopFiles(
            SCREEN | {"PATH": str(programs)}, self.settings, self.logs, self.launch
        )

    def launch(self, command: Sequence[str]) -> bool:
        """Note it, and fail where a test says so."""
        self.opened.append(command)
        if not self.well and command[0] == "gio":
            raise TrayError("gio is broken.", "")
        return self.well


def test_settings_are_made_before_they_are_opened(tmp_path: Path) -> None:
    """Who never had settings finds a file that explains them."""
    place = Place(tmp_path, "xdg-open", "gio")
    place.files.open_settings()

    assert place.settings.read_text() == template()
    assert place.opened == [("xdg-open", str(place.settings))]


def test_settings_that_are_there_stay_as_they_are(tmp_path: Path) -> None:
    """Nobody's settings are ever written over."""
    place = Place(tmp_path, "gio")
    place.settings.parent.mkdir()
    place.settings.write_text('mode = "open"\n')
    place.files.open_settings()

    assert place.settings.read_text() == 'mode = "open"\n'
    assert place.opened == [("gio", "open", str(place.settings))]


def test_the_folder_with_the_log_is_opened(tmp_path: Path) -> None:
    """The log is one click away."""
    place = Place(tmp_path, "exo-open")
    place.files.open_logs()

    assert place.opened == [("exo-open", str(place.logs))]


@pytest.mark.parametrize("openers", [(), ("xdg-open", "gio")])
def test_without_an_editor_the_place_is_told(
    tmp_path: Path, openers: tuple[str, ...]
) -> None:
    """No opener, or none that can: the error names the file."""
    place = Place(tmp_path, *openers, well=False)

    with pytest.raises(TrayError) as caught:
        place.files.open_settings()
    assert str(place.settings) in caught.value.remedy
    assert len(place.opened) == len(openers)


def test_settings_that_can_not_be_made(tmp_path: Path) -> None:
    """A file in the way of the folder is named, with the reason."""
    place = Place(tmp_path, "gio")
    place.settings.parent.write_text("")

    with pytest.raises(TrayError, match="can't be made"):
        place.files.open_settings()


def test_without_a_screen_nothing_is_started(tmp_path: Path) -> None:
    """Over SSH there is nothing to open files in."""
    files = DesktopFiles({}, tmp_path / "s", tmp_path / "l", lambda _: True)

    with pytest.raises(TrayError, match="No program"):
        files.open_logs()


def test_the_template_holds_every_setting_and_is_right() -> None:
    """Uncommented, the file we make is read without a mistake, and lacks nothing."""
    lines = template().splitlines()
    live = "\n".join(line[1:] for line in lines if line[:1] == "#" and line[1:2] != " ")
    data = tomllib.loads(live)

    assert from_mapping(data)[1] == ()
    assert {field.name for field in fields(Settings)} == set(data)
    assert from_mapping(tomllib.loads(template())) == (Settings(), ())
