"""The real tray icon of Windows on wine's taskbar, with a real pointer."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from tests.live.screen import poll
from tests.wine.machine import ROOT, Windows, windows_path
from tray.core.face import Mood
from tray.desktop.artwork import COLOURS

pytestmark = pytest.mark.wine

PROGRAM = ROOT / "tests" / "wine" / "inside" / "shown_icon.py"
ROW = 17
"""Pixels from row to row of wine's menus; they open upwards from the pointer."""

QUIT, PAUSE = 0, 2
"""Where these rows are, from below."""
EXPECTED = ["shown", "Login", "Pause", "Pause", "Quit", "ended"]
"""All that the program says, and so no fault of the icon's."""


def rgb(text: str) -> tuple[int, int, int]:
    """Give the parts of a colour."""
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


RED = rgb(COLOURS[Mood.ENDED])


def test_icon_menu_and_notice(windows: Windows, tmp_path: Path) -> None:
    """It shows itself, pauses and ends by clicks on rows, and tells without a fault."""
    told = tmp_path / "told"
    windows.on_the_desktop(told, windows_path(PROGRAM))

    def said(words: str) -> None:
        def found() -> bool:
            return told.exists() and words in told.read_text(encoding="utf-8")

        poll(found, f"the program says {words}", 30)

    def pick(rows_from_below: int) -> None:
        x, y = icon.middle
        windows.desk.click((x, y), 3)
        time.sleep(1)  # the menu is no window of its own that could be waited for
        windows.desk.click((x - 100, y - 12 - ROW * rows_from_below))

    said("shown")
    icon = windows.desk.icon_box(RED)
    windows.desk.click(icon.middle)
    said("Login")
    pick(PAUSE)
    said("Pause(paused=True)")
    pick(PAUSE)
    said("Pause(paused=False)")
    pick(QUIT)
    said("ended")
    lines = told.read_text(encoding="utf-8").splitlines()
    assert [line.partition("(")[0] for line in lines] == EXPECTED
