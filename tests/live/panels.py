"""The panels that the live tests drive: their programs, packages and settings."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from tests.live import shells

PANELS: Final = ("xfce4-panel", "lxqt-panel", "mate-panel")
PACKAGES: Final = {
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus",
    "xfce4-panel": "xfce4-panel",
    "lxqt-panel": "lxqt-panel",
    "mate-panel": "mate-panel",
    "xclip": "xclip",
    "chromium": "chromium",
    "chromedriver": "chromium-driver",
    "xfce4-notifyd": "xfce4-notifyd",
    **shells.PACKAGES,
}
"""The Debian package of each program."""

_LIBRARY: Final = Path("/usr/lib")
_XFCE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<channel name="xfce4-panel" version="1.0">
  <property name="configver" type="int" value="2"/>
  <property name="panels" type="array">
    <value type="int" value="1"/>
    <property name="panel-1" type="empty">
      <property name="position" type="string" value="p=6;x=0;y=0"/>
      <property name="length" type="uint" value="100"/>
      <property name="position-locked" type="bool" value="true"/>
      <property name="size" type="uint" value="28"/>
      <property name="plugin-ids" type="array">
        <value type="int" value="1"/><value type="int" value="2"/>
      </property>
    </property>
  </property>
  <property name="plugins" type="empty">
    <property name="plugin-1" type="string" value="separator">
      <property name="expand" type="bool" value="true"/>
    </property>
    <property name="plugin-2" type="string" value="systray"/>
  </property>
</channel>
"""
_LXQT: Final = """[General]
__userfile__=true
panels=panel1
[panel1]
alignment=-1
animation-duration=0
desktop=0
hidable=false
iconSize=22
lineCount=1
lockPanel=false
panelSize=32
plugins=spacer, statusnotifier
position=Top
reserve-space=true
width=100
width-percent=true
[spacer]
alignment=Left
type=spacer
[statusnotifier]
alignment=Right
type=statusnotifier
"""


def find(program: str) -> str:
    """Give the path of a program; fail with the remedy where it is missing."""
    hidden = sorted(_LIBRARY.glob(f"*/xfce4/notifyd/{program}"))
    path = shutil.which(program) or (str(hidden[0]) if hidden else None)
    if path is None:
        packages = " ".join(PACKAGES.values())
        message = (
            f"{program} is missing; the live tests need: "
            f"apt-get install --no-install-recommends {packages}"
        )
        raise FileNotFoundError(message)
    return path


def require(*programs: str) -> None:
    """Fail with the remedy unless all these programs are installed."""
    for program in programs:
        find(program)


def prepare(panel: str, config: Path) -> list[str]:
    """Write a panel's settings below `config`; give the command that starts it."""
    if panel == "xfce4-panel":
        folder = config / "xfce4/xfconf/xfce-perchannel-xml"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "xfce4-panel.xml").write_text(_XFCE)
        return [panel, "--disable-wm-check"]
    if panel == "lxqt-panel":
        path = config / "lxqt/panel.conf"
        path.parent.mkdir(exist_ok=True)
        path.write_text(_LXQT)
        return [panel, "-c", str(path)]
    return [panel]
