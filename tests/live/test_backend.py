"""Our icon, menu and notices in real panels, clicked with a real pointer."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.live.desktop import Desktop
from tests.live.panels import PANELS
from tests.live.screen import Box, poll

pytestmark = pytest.mark.live

ROOT: Final = Path(__file__).parents[2]
RED: Final = (0xC6, 0x28, 0x28)
ROWS: Final = (
    "Log in", "Expires_in", "-", "Paused", "Profiles", "Recolour", "Count", "Quit",
)  # fmt: skip
SEPARATOR_HEIGHT: Final = 9  # pixels, about, in all three


@pytest.fixture(params=PANELS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desktop]:
    """Give a desktop with each panel."""
    with Desktop(panel=request.param, home=tmp_path) as desk:
        yield desk


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Desktop]:
    """Give a desktop with a notification server and no panel."""
    with Desktop(home=tmp_path, notifications=True) as desk:
        yield desk


def start(desk: Desktop, program: str, *words: str) -> subprocess.Popen[bytes]:
    """Start one of the programs beside this file."""
    command = [sys.executable, "-m", f"tests.live.{program}", *words]
    return desk.run(command, "app", env={"PYTHONPATH": str(ROOT)})


def open_menu(desk: Desktop) -> Box:
    """Open the icon's menu with the right button."""
    desk.wait_no_menu()
    desk.click(desk.icon_box().middle, 3)
    return desk.wait_menu()


def row(menu: Box, label: str) -> tuple[int, int]:
    """Give the middle of a row, from the menu's height and the order of rows."""
    rows = [name for name in ROWS if name != "-"]
    height = (menu.h - SEPARATOR_HEIGHT) / len(rows)
    above = SEPARATOR_HEIGHT * (ROWS.index(label) > ROWS.index("-"))
    return menu.x + 40, int(menu.y + above + (rows.index(label) + 0.5) * height)


def test_a_click_in_the_menu_reaches_the_callback(desk: Desktop) -> None:
    """A row that people click does what it says; the panel counts as host."""
    start(desk, "demo_icon")

    desk.click(row(open_menu(desk), "Log in"))

    desk.wait_line("app", "login")
    assert desk.log("app")[0] == "host True"


def test_a_left_click_runs_the_default_row(desk: Desktop) -> None:
    """The one thing that matters needs one click."""
    start(desk, "demo_icon")

    desk.click(desk.icon_box().middle)

    desk.wait_line("app", "login")


def test_marks_change_and_disabled_rows_do_nothing(desk: Desktop) -> None:
    """A check mark turns with each click, in the exported menu too."""
    start(desk, "demo_icon")
    menu = open_menu(desk)
    desk.click(row(menu, "Expires_in"))
    time.sleep(0.3)
    if not desk.popups():
        menu = open_menu(desk)  # some panels close it

    desk.click(row(menu, "Paused"))

    desk.wait_line("app", "paused False")
    poll(lambda: desk.menu_rows()[3].checked is False, "the mark is gone")
    desk.click(row(open_menu(desk), "Paused"))
    desk.wait_line("app", "paused True")


def test_a_submenu_opens_and_its_rows_work(desk: Desktop) -> None:
    """What lies in a submenu can be chosen."""
    start(desk, "demo_icon")
    menu = open_menu(desk)

    desk.click(row(menu, "Profiles"))
    below = desk.wait_menu(known=[menu])
    desk.click((below.x + 40, below.y + int(below.h * 0.75)))

    desk.wait_line("app", "choice 2")


def test_icon_and_tooltip_change(desk: Desktop) -> None:
    """A new picture and a new title are shown at once."""
    start(desk, "demo_icon")
    menu = open_menu(desk)
    assert desk.tooltip() == "demo \uff06 \u2039signed\u203a in"

    desk.click(row(menu, "Recolour"))

    desk.icon_box(RED)
    desk.wait_gone()
    assert desk.tooltip() == "changed 1"


def test_the_icon_survives_a_panel_restart(desk: Desktop) -> None:
    """After the panel has crashed and come back, icon and menu work again."""
    start(desk, "demo_icon")
    desk.icon_box()

    desk.kill_panel()
    desk.wait_line("app", "host False")
    desk.wait_gone()
    desk.start_panel()

    desk.wait_line("app", "host True", count=2)
    desk.click(row(open_menu(desk), "Log in"))
    desk.wait_line("app", "login")


def test_a_panel_may_come_late(tmp_path: Path) -> None:
    """The icon appears as soon as there is a panel."""
    with Desktop(home=tmp_path) as desk:
        start(desk, "demo_icon")
        desk.wait_line("app", "host False")
        desk.panel = "xfce4-panel"

        desk.start_panel()

        desk.wait_line("app", "host True")
        desk.icon_box()


def test_an_open_menu_follows_and_stays(desk: Desktop) -> None:
    """Time left goes on in an open menu, which does not close."""
    start(desk, "demo_icon")
    desk.click(row(open_menu(desk), "Count"))
    desk.wait_line("app", "counting")
    menu = open_menu(desk)
    strip = (menu.x, row(menu, "Expires_in")[1] - 8, menu.x + menu.w, menu.y + menu.h)
    before = desk.screenshot().crop(strip).tobytes()

    def follows() -> bool:
        return desk.screenshot().crop(strip).tobytes() != before

    poll(follows, "another label")
    time.sleep(0.5)
    assert desk.popups()
    desk.click(row(menu, "Log in"))
    desk.wait_line("app", "login")


def test_quitting_takes_the_icon_away(desk: Desktop) -> None:
    """After the last row nothing is left, and the program ends by itself."""
    app = start(desk, "demo_icon")

    desk.click(row(open_menu(desk), "Quit"))

    desk.wait_line("app", "ended")
    assert app.wait(8) == 0
    desk.wait_gone()


def test_a_button_of_a_notice_works(bare: Desktop) -> None:
    """A replaced notice is one notice, and its button is heard once."""
    start(bare, "demo_notices")
    bare.wait_line("app", "replaced")
    time.sleep(0.7)
    (box,) = bare.popups()

    bare.click((box.x + box.w - 60, box.y + box.h - 28))

    bare.wait_line("app", "pressed one snooze")
    bare.wait_no_menu()


def test_a_notice_is_withdrawn(bare: Desktop) -> None:
    """What is no longer true is taken from the screen."""
    start(bare, "demo_notices", "withdraw")
    poll(bare.popups, "a notice")

    bare.wait_line("app", "withdrawn")

    bare.wait_no_menu()
