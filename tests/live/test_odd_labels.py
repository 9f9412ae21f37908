"""Names that look like something else, in the menus of real panels."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.demo_labels import NAMES
from tests.live.desktop import Desktop
from tests.live.panels import PANELS
from tests.live.real import ROOT

pytestmark = pytest.mark.live


@pytest.fixture(params=PANELS)
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desktop]:
    """Give a desktop with each panel, and the icon in it."""
    with Desktop(panel=request.param, home=tmp_path) as desk:
        command = [sys.executable, "-m", "tests.live.demo_labels"]
        desk.run(command, "app", env={"PYTHONPATH": str(ROOT)})
        yield desk


def test_a_row_of_any_name_is_drawn_and_works(desk: Desktop) -> None:
    """Each has its own line, as high as the others, in a menu that fits the screen."""
    for number in (0, 2, 5, 8):
        desk.wait_no_menu()
        desk.click(desk.icon_box().middle, 3)
        menu = desk.wait_menu()
        desk.screenshot(desk.home / "labels.png")
        assert menu.w < desk.size[0]
        height = menu.h / len(NAMES)
        desk.click((menu.x + 40, int(menu.y + (number + 0.5) * height)))

        desk.wait_line("app", f"clicked {number}")
        time.sleep(0.1)
