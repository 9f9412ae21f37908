"""The two large desktops: how GNOME Shell and Plasma are started under Xvfb.

Neither needs a system bus or a session manager: the session bus stands in for both.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

SHELLS: Final = ("gnome-shell", "plasmashell")
PACKAGES: Final = {
    "gnome-shell": "gnome-shell gnome-shell-extension-appindicator gjs libgl1-mesa-dri",
    "plasmashell": "plasma-workspace plasma-desktop-data kwin-x11 breeze-icon-theme",
}
"""The Debian packages of each."""

_LIBRARY: Final = Path("/usr/lib")
_EXTENSIONS: Final = (
    "['ubuntu-appindicators@ubuntu.com', 'appindicatorsupport@rgcjonas.gmail.com']"
)
_GNOME: Final = f"""[org/gnome/shell]
enabled-extensions={_EXTENSIONS}
disable-user-extensions=false
welcome-dialog-last-shown-version='99'
[org/gnome/shell/extensions/appindicator]
icon-opacity=255
[org/gnome/desktop/interface]
enable-animations=false
[org/gnome/desktop/background]
picture-options='none'
[org/gnome/desktop/sound]
event-sounds=false
"""


class Room(Protocol):
    """What of a `Desktop` is needed to start a shell on it."""

    home: Path
    """Its folder."""
    env: dict[str, str]
    """The environment of its programs."""

    def run(
        self,
        command: Sequence[str],
        name: str = "",
        env: Mapping[str, str] | None = None,
        pipe: int | None = None,
    ) -> object:
        """Start a program."""
        ...


def prepare(shell: str, room: Room) -> list[str]:
    """Start what a shell needs beside it; give the command of the shell itself."""
    room.env |= {
        "LIBGL_ALWAYS_SOFTWARE": "1",
        "DBUS_SYSTEM_BUS_ADDRESS": room.env["DBUS_SESSION_BUS_ADDRESS"],
    }
    if shell == "gnome-shell":
        return _gnome(room)
    return _plasma(room)


def _gnome(room: Room) -> list[str]:
    folder = room.home / "config/glib-2.0/settings"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "keyfile").write_text(_GNOME)
    told = room.home / "data/gnome-shell/lock-warning-shown"
    told.parent.mkdir(parents=True, exist_ok=True)
    told.touch()  # its own first notice would stand in the way of ours
    room.env |= {"GSETTINGS_BACKEND": "keyfile", "XDG_CURRENT_DESKTOP": "GNOME"}
    return ["gnome-shell", "--x11", "--sm-disable"]


def _plasma(room: Room) -> list[str]:
    command = ["plasmashell", "--no-respawn"]
    if "KDE_SESSION_VERSION" in room.env:
        return command  # a restart; the others are still there
    daemon = shutil.which("kded6") or shutil.which("kded5")
    assert daemon is not None
    room.env |= {
        "QT_QUICK_BACKEND": "software",
        "XDG_CURRENT_DESKTOP": "KDE",
        "KDE_FULL_SESSION": "true",
        "KDE_SESSION_VERSION": daemon[-1],
        "QT_LOGGING_RULES": "*.debug=false",
        "XDG_CONFIG_DIRS": "/etc/xdg",
        "XDG_DATA_DIRS": "/usr/local/share:/usr/share",
    }
    room.run(["kwin_x11", "--no-kactivities"], "kwin")
    for activities in sorted(_LIBRARY.glob("*/libexec/kactivitymanagerd")):
        room.run([str(activities)], "kactivitymanagerd")
    room.run([daemon], "kded")  # it takes the icons; the shell draws them
    return command
