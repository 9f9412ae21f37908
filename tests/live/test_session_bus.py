"""The session bus dies under the real program, and another one comes in its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live.real import the_program
from tests.live.screen import poll
from tests.live.test_program import FINE, RED

pytestmark = pytest.mark.live


def test_the_program_outlives_its_bus(tmp_path: Path) -> None:
    """It goes on without a bus, and shows the newest state on the next one."""
    with the_program(tmp_path, panel="xfce4-panel") as program:
        desk = program.desk
        program.write_token()
        program.start()
        desk.icon_box(FINE)
        desk.kill_panel()
        desk.kill_bus()
        desk.wait_gone(FINE)
        program.write_ended_token()
        desk.start_bus()
        desk.start_panel()

        desk.icon_box(RED, 40)
        program.wait_tooltip("corp: ended at")
        assert program.process is not None
        assert program.process.poll() is None
        desk.click_row("Log in to corp")
        program.wait_tooltip("corp: signed in, renews itself")
        poll(lambda: desk.find(FINE), "the icon follows")
        logs = tmp_path / "state" / "sso-tray" / "log"
        said = "".join(path.read_text() for path in logs.glob("*.log"))
        assert said.count("message bus can't be reached") == 1
        assert "Traceback" not in said
