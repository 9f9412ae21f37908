"""What systemd-logind tells: a locked session, and a machine that goes to sleep.

The interface is described in org.freedesktop.login1(5).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import Final

from tray.core.presence import Presence
from tray.desktop.dbus import Bus, Call, Match, Reply
from tray.desktop.packets import Body

NAME: Final = "org.freedesktop.login1"
PATH: Final = "/org/freedesktop/login1"
MANAGER: Final = f"{NAME}.Manager"
SESSION: Final = f"{NAME}.Session"
USER: Final = f"{NAME}.User"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"


class Logind:
    """Hears of locks and sleep, and asks for nothing after the beginning.

    The signals `Lock` and `Unlock` only ask for a lock, and not every desktop obeys.
    """

    def __init__(
        self, bus: Bus, environ: Mapping[str, str], on_change: Callable[[], None]
    ) -> None:
        self._bus = bus
        self._session_id = environ.get("XDG_SESSION_ID", "")
        self._on_change = on_change
        self._session = ""
        self._locked = self._asleep = False
        bus.subscribe(
            Match(MANAGER, "PrepareForSleep", path=PATH, sender=NAME), self._sleeping
        )
        bus.attach(self._find, self._lost)

    def look(self) -> Presence:
        """Give what was heard."""
        return Presence(locked=self._locked, asleep=self._asleep)

    def _find(self) -> None:
        """Ask which session is ours: by its id, else the user's own screen."""
        if self._session_id:
            found = Call(NAME, PATH, MANAGER, "GetSession", "s", (self._session_id,))
            self._bus.call(found, self._found)
        else:
            self._ask_user()

    def _ask_user(self) -> None:
        user = Call(NAME, PATH, MANAGER, "GetUser", "u", (_uid(),))
        self._bus.call(user, self._found_user)

    def _found_user(self, reply: Reply) -> None:
        if not reply.error:
            display = Call(
                NAME, str(reply.body[0]), PROPERTIES, "Get", "ss", (USER, "Display")
            )
            self._bus.call(display, self._found_display)

    def _found_display(self, reply: Reply) -> None:
        if not reply.error:
            self._found(Reply((reply.body[0][1][1],)))

    def _found(self, reply: Reply) -> None:
        if reply.error:
            if self._session_id:  # of a session that is gone, as after `su`
                self._session_id = ""
                self._ask_user()
            return
        path = str(reply.body[0])
        if path != self._session:
            self._session = path
            self._bus.subscribe(
                Match(PROPERTIES, "PropertiesChanged", path=path, arg0=SESSION),
                self._changed,
            )
        hint = Call(NAME, path, PROPERTIES, "Get", "ss", (SESSION, "LockedHint"))
        self._bus.call(hint, self._hinted)

    def _hinted(self, reply: Reply) -> None:
        if not reply.error:
            self._note(locked=reply.body[0][1] is True)

    def _changed(self, body: Body) -> None:
        if "LockedHint" in body[1]:
            self._note(locked=body[1]["LockedHint"][1] is True)

    def _sleeping(self, body: Body) -> None:
        self._asleep = body[:1] == (True,)
        self._on_change()

    def _note(self, *, locked: bool) -> None:
        if locked != self._locked:
            self._locked = locked
            self._on_change()

    def _lost(self) -> None:
        self._locked = self._asleep = False


def _uid() -> int:
    number = 0
    if sys.platform != "win32":
        number = os.getuid()
    return number
