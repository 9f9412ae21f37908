"""The icon of old X11 trays (XEmbed): pystray's, as a last resort without a bus.

It has no menu; a click does what the menu's default row says, and the rest is said by
the commands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from tray.core.errors import TrayError
from tray.core.wording import menu as wording
from tray.desktop.marshalled import PICTURE_SIZE, Marshalled, Picture
from tray.desktop.toolkit import Menu

NAME = "sso-tray"


def make_icon(
    picture: Picture, title: str, rows: Callable[[], Iterable[Any]]
) -> Marshalled:
    """Give the icon. Raises `TrayError` where the X server can't be reached."""
    import importlib

    try:
        backend = importlib.import_module("pystray._xorg")
        icon = backend.Icon(NAME, picture(PICTURE_SIZE), title, Menu(rows))
    except Exception:  # noqa: BLE001 - python-xlib raises classes of many kinds
        raise TrayError(*wording.no_tray("")) from None
    return Marshalled(icon, rows, lambda job: job())
