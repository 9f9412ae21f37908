"""Whether a panel shows our icon, as far as it is worth telling people.

At log-in panels start after us, and they restart by themselves; nobody needs to hear
of that.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Final

from tray.desktop.packets import Reply

PATIENCE: Final = 15.0
"""Seconds that a panel may be away before it is said."""

_GONE: Final = frozenset(
    {"ServiceUnknown", "NameHasNoOwner", "NoReply", "Disconnected"}
)


class HostTeller:
    """Tells of every change; that no panel is there, only after `patience` seconds.

    May be used from any thread; `tell` runs in the caller's or a timer's, and must not
    wait for anything.
    """

    def __init__(self, tell: Callable[[bool], None], patience: float = 0) -> None:
        self._tell, self._patience = tell, patience
        self._lock = threading.Lock()
        self._told: bool | None = None
        self._timer: threading.Timer | None = None

    def heard(self, *, there: bool) -> None:
        """Take the newest fact."""
        with self._lock:
            if there or not self._patience or self._told is False:
                self._cancel()
                self._say(there=there)
            elif self._timer is None:
                self._timer = threading.Timer(self._patience, self._lose_patience)
                self._timer.daemon = True
                self._timer.start()

    def unknown(self) -> None:
        """Nothing can be known for now, and nothing is said until it can."""
        with self._lock:
            self._cancel()

    def _lose_patience(self) -> None:
        with self._lock:
            if self._timer is threading.current_thread():  # no panel came just now
                self._timer = None
                self._say(there=False)

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = None

    def _say(self, *, there: bool) -> None:
        changed, self._told = there != self._told, there
        if changed:
            self._tell(there)


def host_there(reply: Reply) -> bool | None:
    """Read a watcher's IsStatusNotifierHostRegistered.

    None: the watcher is gone, of which its name tells. One that takes icons and can't
    say more is believed to show them.
    """
    if reply.error.rpartition(".")[2] in _GONE:
        return None
    match reply.body:
        case ((str(), bool(there)), *_):
            return there
    return True
