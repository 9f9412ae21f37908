"""Whether somebody is at a Mac: idle time and a locked screen.

It has been checked by types and against a small stand-in only. Sources: Apple's
CGEventSourceSecondsSinceLastEventType and CGSessionCopyCurrentDictionary.
"""

from __future__ import annotations

import importlib
from datetime import timedelta
from typing import Any

from tray.core.presence import Presence

SESSION_STATE = 0
"""kCGEventSourceStateCombinedSessionState: all keyboards and mice."""

ANY_INPUT = 0xFFFFFFFF
"""kCGAnyInputEventType."""

LOCKED = "CGSSessionScreenIsLocked"


class MacPresence:
    """Asks Quartz when it is looked at; `quartz` stands in for it in tests."""

    def __init__(self, quartz: Any = None) -> None:  # noqa: ANN401 - it has no types
        self._quartz = quartz

    def look(self) -> Presence:
        """Give what the system says."""
        quartz = self._quartz or importlib.import_module("Quartz")
        seconds = quartz.CGEventSourceSecondsSinceLastEventType(
            SESSION_STATE, ANY_INPUT
        )
        session = quartz.CGSessionCopyCurrentDictionary() or {}
        return Presence(
            locked=bool(session.get(LOCKED, False)),
            idle_for=timedelta(seconds=float(seconds)),
        )
