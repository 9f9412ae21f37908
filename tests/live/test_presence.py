"""Presence on a real screen: real keys, and a notice that waits for the person."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.desktop.fake_session import own
from tests.fakes.presence import SAVER, FakeService, serving
from tests.live.desktop import Desktop
from tests.live.notices import notices
from tests.live.real import the_program
from tests.live.screen import poll
from tray.desktop.dbus import Bus
from tray.desktop.presence_x11 import X11Idle

assert sys.platform == "linux"

pytestmark = pytest.mark.live


def test_the_x_server_knows_when_the_last_key_was(tmp_path: Path) -> None:
    """Idle time grows while nothing is touched, and begins anew with a key."""
    with Desktop(home=tmp_path, panel=None) as desk:
        idle = X11Idle(desk.env["DISPLAY"])
        desk.move((5, 5))
        time.sleep(0.6)
        grown = idle.look().idle_for
        desk.move((50, 50))
        fresh = idle.look().idle_for

    assert grown is not None
    assert fresh is not None
    assert timedelta(seconds=0.4) < grown < timedelta(seconds=5)
    assert fresh < grown


def test_a_notice_waits_until_the_screen_is_unlocked(tmp_path: Path) -> None:
    """Locked: icon and menu tell, and no notice comes; unlocked, it comes at once."""
    with the_program(tmp_path, panel="xfce4-panel", notifications=True) as program:
        bus = Bus(program.desk.env)
        saver = FakeService(bus, SAVER, "/org/gnome/ScreenSaver", SAVER)
        saver.answers = {"GetActive": ("", "b", (True,))}
        saver.signals = {"ActiveChanged": "b"}
        saver.export()
        with serving(bus):
            own(bus, SAVER)
            program.write_token(left=timedelta(minutes=3))
            program.drop_refresh_token()
            program.start()
            program.wait_tooltip("corp: ends in")
            time.sleep(1)
            assert not notices(program)
            program.desk.screenshot(tmp_path / "held.png")
            saver.emit("ActiveChanged", (False,))
            poll(lambda: notices(program), "the notice", 3)
            program.desk.screenshot(tmp_path / "asked.png")
