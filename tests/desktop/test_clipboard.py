"""Copying: through whichever program the desktop has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tray.core.errors import TrayError
from tray.desktop.clipboard import DesktopClipboard, own_ways
from tray.desktop.dbus import Bus


class Programs:
    """Clipboard programs in a folder; some fail."""

    def __init__(self, folder: Path, *names: str, fails: str = "") -> None:
        self.folder = folder
        self.fails = fails
        self.fed: list[tuple[str, bytes]] = []
        for name in names:
            program = folder / name
            program.write_text("#!/bin/sh\n")
            program.chmod(0o755)

    def feed(self, command: Sequence[str], text: bytes) -> int:
        """Note what it is given; fail where told."""
        if command[0] == self.fails:
            raise TrayError("It can't be started.", "")
        self.fed.append((command[0], text))
        return 1 if command[0] == "xsel" else 0

    def clipboard(self, screen: Mapping[str, str]) -> DesktopClipboard:
        """Give a clipboard on such a screen."""
        return DesktopClipboard({**screen, "PATH": str(self.folder)}, self.feed)


def test_the_text_reaches_the_first_program_that_is_there(tmp_path: Path) -> None:
    """Wayland's program on Wayland, X's on X, and the next one when one fails."""
    programs = Programs(tmp_path, "wl-copy", "xclip", fails="wl-copy")
    both = {"WAYLAND_DISPLAY": "w", "DISPLAY": ":0"}
    programs.clipboard(both).copy("dev — ä")

    assert programs.fed == [("xclip", "dev — ä".encode())]


def test_no_clipboard_is_said_with_the_remedy(tmp_path: Path) -> None:
    """Without a program, or with one that fails, people are told what helps."""
    programs = Programs(tmp_path, "xsel")
    for screen in ({}, {"DISPLAY": ":0"}):
        with pytest.raises(TrayError, match="xclip"):
            programs.clipboard(screen).copy("dev")


def test_where_no_program_copies_others_may(tmp_path: Path) -> None:
    """Programs come first, then the first of the others that can."""
    tried: list[str] = []

    def take(text: str) -> bool:
        tried.append(text)
        return len(tried) > 1

    programs = Programs(tmp_path, "xsel")
    screen = {"DISPLAY": ":0", "PATH": str(tmp_path)}
    DesktopClipboard(screen, programs.feed, (take, take, take)).copy("dev")

    assert tried == ["dev", "dev"]
    assert programs.fed == [("xsel", b"dev")]


def test_which_others_there_are() -> None:
    """Plasma's over the bus; X's held by us, but not for Wayland's windows."""
    assert len(list(own_ways({"DISPLAY": ":0"}, Bus({})))) == 2
    assert len(list(own_ways({"DISPLAY": ":0", "WAYLAND_DISPLAY": "w"}, Bus({})))) == 1
    assert not list(own_ways({}, None))
