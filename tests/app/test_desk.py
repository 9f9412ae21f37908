"""The desktop's part of the wiring, without a desktop: what is told goes to the log."""

from __future__ import annotations

import logging
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes.basics import FakeClock
from tests.fakes.center import DictCache, ScriptedCenter, ScriptedPortal, ScriptedSts
from tests.fakes.keystore import DictKeystore
from tests.waiting import until
from tray.app.desk import Desk
from tray.app.house import build
from tray.app.looking import Files
from tray.app.net import Net
from tray.core.commands import StartAtLogin
from tray.system.paths import World
from tray.system.workers import Pool

assert sys.platform == "linux"


def test_start_at_log_in_says_what_it_leaves_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The tick in the menu follows, and a proxy's password is named, never written."""
    caplog.set_level(logging.INFO)
    environ = {"HOME": str(tmp_path), "HTTPS_PROXY": "http://me:hush@proxy.example:80"}
    pool, ticks = Pool(), list[bool]()
    center = ScriptedCenter(FakeClock(), DictCache())
    portal = ScriptedPortal()
    net = Net(center, portal, pool, center, portal, DictKeystore(), ScriptedSts())
    house = build(Files.of(World.of(environ)), net, None, lambda: None)
    desk = Desk(environ, house, pool, threading.Event(), lambda: ticks.append(True))
    assert desk.starts_at_login() is False

    desk.clicks(StartAtLogin(wanted=True))
    until(lambda: ticks)
    assert desk.starts_at_login() is True
    assert "HTTPS_PROXY" in caplog.text
    written = "".join(
        path.read_text() for path in tmp_path.rglob("*") if path.is_file()
    )
    assert "sso-tray" in written
    assert "hush" not in written + caplog.text

    desk.clicks(StartAtLogin(wanted=False))
    until(lambda: len(ticks) > 1)
    pool.stop(timedelta(seconds=5))
    assert desk.starts_at_login() is False
