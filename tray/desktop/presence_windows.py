"""Whether somebody is at a Windows screen: idle time, lock, and "do not disturb".

It has been checked by types and against a small stand-in only. Sources:
GetLastInputInfo, OpenInputDesktop and SHQueryUserNotificationState in Microsoft's
documentation.
"""

from __future__ import annotations

import ctypes
from ctypes import Structure, byref, c_int, c_uint32, sizeof
from datetime import timedelta
from typing import Any, Final

from tray.core.presence import Presence

TICKS: Final = 1 << 32
"""The system's count of milliseconds begins anew after so many."""

DESKTOP_SWITCHDESKTOP: Final = 0x0100
"""The right to switch to a desktop, which nobody has while the screen is locked."""

BUSY_STATES: Final = frozenset({2, 3, 4, 6, 7})
"""QUERY_USER_NOTIFICATION_STATE: busy, a full-screen game, a presentation, quiet time,
an app; 1 is "not present" and 5 "accepts notifications"."""


class _LastInput(Structure):
    _fields_ = (("size", c_uint32), ("at", c_uint32))


class WindowsPresence:
    """Asks the system when it is looked at; `api` stands in for it in tests."""

    def __init__(self, api: Any = None) -> None:  # noqa: ANN401 - ctypes has no types
        self._api = api

    def look(self) -> Presence:
        """Give what the system says."""
        api = self._api or getattr(ctypes, "windll")  # noqa: B009 - only there
        return Presence(
            locked=_locked(api),
            do_not_disturb=_busy(api),
            idle_for=_idle(api),
        )


def _idle(api: Any) -> timedelta | None:  # noqa: ANN401 - as above
    last = _LastInput(sizeof(_LastInput), 0)
    if not api.user32.GetLastInputInfo(byref(last)):
        return None
    now = int(api.kernel32.GetTickCount()) % TICKS
    return timedelta(milliseconds=(now - int(last.at)) % TICKS)


def _locked(api: Any) -> bool:  # noqa: ANN401 - as above
    desktop = api.user32.OpenInputDesktop(0, 0, DESKTOP_SWITCHDESKTOP)
    if not desktop:
        return True
    api.user32.CloseDesktop(desktop)
    return False


def _busy(api: Any) -> bool:  # noqa: ANN401 - as above
    state = c_int(0)
    failed = api.shell32.SHQueryUserNotificationState(byref(state))
    return not failed and state.value in BUSY_STATES
