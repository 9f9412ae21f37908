"""For how long nothing was touched, as the X server knows it.

From the MIT-SCREEN-SAVER extension
(https://www.x.org/releases/current/doc/scrnsaverproto/saver.html). Under Wayland an X
server sees only a part of what people do, and is not asked.
"""

from __future__ import annotations

from datetime import timedelta

from tray.core.presence import PRESENT, Presence


class X11Idle:
    """Asks the X server when it is looked at, over a connection of its own each time.

    A notice is rare, and an open connection would wake us with every event.
    """

    def __init__(self, display: str) -> None:
        self._display = display
        self._given_up = False

    def look(self) -> Presence:
        """Give the idle time; nothing where the server or the extension is missing."""
        if self._given_up:
            return PRESENT
        from Xlib.display import Display
        from Xlib.error import DisplayError
        from Xlib.ext import screensaver

        try:
            display = Display(self._display)
        except (DisplayError, OSError):
            return PRESENT
        try:
            if not display.has_extension(screensaver.extname):
                self._given_up = True
                return PRESENT
            found = screensaver.query_info(display.screen().root)
            return Presence(idle_for=timedelta(milliseconds=int(found.idle)))
        finally:
            display.close()
