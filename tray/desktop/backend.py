"""Which icon this desktop gets; chosen once, imported late."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from tray.core.errors import TrayError
from tray.core.wording import menu as wording
from tray.desktop.dbus import Bus
from tray.desktop.notices import Notifier

if TYPE_CHECKING:
    from tray.desktop.icon_notices import IconNotices

NAME = "sso-tray"

MakeIcon = Callable[..., Any]


def icon_maker(
    environ: Mapping[str, str],
    bus: Bus | None,
    notifier: Notifier | None,
    on_host: Callable[[bool], None],
) -> MakeIcon:
    """Give what makes this desktop's icon from picture, title and rows.

    The picture is a function from a size in pixels, the rows a function that gives
    them. Raises `TrayError` where there is no place for an icon.
    """
    if sys.platform == "win32":
        from tray.desktop.icon_windows import make_icon
    elif sys.platform == "darwin":
        from tray.desktop.icon_macos import make_icon
    elif bus is not None:
        desktop = environ.get("XDG_CURRENT_DESKTOP", "")
        make_icon = _on_the_bus(bus, notifier, on_host, desktop)
    elif environ.get("DISPLAY"):
        from tray.desktop.icon_xembed import make_icon
    else:
        desktop = environ.get("XDG_CURRENT_DESKTOP", "")
        raise TrayError(*wording.no_tray(desktop))
    return make_icon


def icon_notices() -> IconNotices | None:
    """Give notices through the icon, where the system has no other way for us."""
    found = None
    if sys.platform == "win32" or sys.platform == "darwin":
        from tray.desktop.icon_notices import IconNotices

        found = IconNotices()
    return found


def _on_the_bus(
    bus: Bus, notifier: Notifier | None, on_host: Callable[[bool], None], desktop: str
) -> MakeIcon:
    from tray.desktop.hosts import PATIENCE
    from tray.desktop.menutree import EVERY
    from tray.desktop.statusnotifier import Icon
    from tray.desktop.toolkit import Menu

    def make(picture: object, title: str, rows: Callable[[], Any]) -> Icon:
        return Icon(
            NAME,
            picture,  # type: ignore[arg-type]
            title,
            Menu(rows),
            bus=bus,
            notifier=notifier,
            on_host=on_host,
            patience=PATIENCE,
            # GNOME's extension takes only the first pair of underscores back
            doubled=1 if "GNOME" in desktop.upper() else EVERY,
        )

    return make
