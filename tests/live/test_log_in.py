"""Switched on by the real command, started by a real session: the icon comes up."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import ImageColor

from tests.live import panels
from tests.live.real import ROOT, Program, the_program
from tests.live.screen import poll
from tray.core.face import Mood
from tray.desktop.artwork import COLOURS

assert sys.platform != "win32"

pytestmark = pytest.mark.live

FINE = ImageColor.getrgb(COLOURS[Mood.FINE])[:3]

SESSION = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-session" version="1.0">
  <property name="general" type="empty">
    <property name="FailsafeSessionName" type="string" value="Failsafe"/>
    <property name="SaveOnExit" type="bool" value="false"/>
  </property>
  <property name="startup" type="empty">
    <property name="ssh-agent" type="empty">
      <property name="enabled" type="bool" value="false"/>
    </property>
    <property name="gpg-agent" type="empty">
      <property name="enabled" type="bool" value="false"/>
    </property>
  </property>
  <property name="sessions" type="empty">
    <property name="Failsafe" type="empty">
      <property name="IsFailsafe" type="bool" value="true"/>
      <property name="Count" type="int" value="1"/>
      <property name="Client0_Command" type="array">
        <value type="string" value="true"/>
      </property>
    </property>
  </property>
</channel>
"""
"""A session of one program that ends at once, and of what starts at log-in."""


@pytest.fixture
def on_xfce(tmp_path: Path) -> Iterator[Program]:
    """Give a program that nobody has started yet, and a panel that waits for it."""
    with the_program(tmp_path, panel="xfce4-panel") as program:
        kept = {k: v for k, v in os.environ.items() if k.startswith("COVERAGE_")}
        nothing = tmp_path / "nothing"
        nothing.mkdir()
        program.desk.env |= kept | {
            "PYTHONPATH": str(ROOT),
            "TZ": "UTC",
            "XDG_CURRENT_DESKTOP": "XFCE",
            "XDG_CONFIG_DIRS": str(nothing),  # no entries of this machine's own
        }
        yield program


def autostart(program: Program, action: str) -> str:
    """Run the real command on that desktop; give what it says."""
    command = [sys.executable, "-m", "tray", "autostart", action]
    return subprocess.run(
        command,
        env=program.desk.env,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    ).stdout


def test_a_fresh_session_brings_the_icon(on_xfce: Program) -> None:
    """After `enable` the next session starts the tray, which works from then on."""
    panels.require("xfce4-session")
    desk = on_xfce.desk
    folder = desk.home / "config/xfce4/xfconf/xfce-perchannel-xml"
    (folder / "xfce4-session.xml").write_text(SESSION, encoding="utf-8")
    on_xfce.write_token()
    said = autostart(on_xfce, "enable")

    assert "by a desktop autostart entry" in said
    assert autostart(on_xfce, "status").startswith("Start at log-in is on, by")
    session = desk.run(["xfce4-session"], "session")
    poll(desk.bus.icons, "the icon comes up", 60)
    try:
        on_xfce.wait_tooltip("corp: signed in, renews itself")
        desk.icon_box(FINE)
    finally:
        desk.click_row("Quit")
        poll(lambda: not desk.bus.icons(), "the program ends", 20)
        desk.end(session)
    assert "not start at log-in any more" in autostart(on_xfce, "disable")
