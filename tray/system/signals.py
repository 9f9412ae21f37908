"""SIGTERM and SIGINT, also while the main thread sits in somebody else's loop.

Python runs a signal's code on the main thread, which may be inside a tray's loop that
never comes back to Python. The number is written to a socket at once, though, and a
thread of ours waits there.
"""

from __future__ import annotations

import os
import signal
import socket
import threading
from collections.abc import Callable

SIGNALLED = 128
"""A shell's exit status for a program ended by a signal is 128 and its number."""

NAMES = ("SIGTERM", "SIGINT", "SIGHUP", "SIGBREAK")


class Signals:
    """Calls back, on a thread of its own, when the system asks us to end."""

    def __init__(self, on_stop: Callable[[], None]) -> None:
        self._on_stop = on_stop
        self._before: dict[int, object] = {}
        self._ends: tuple[socket.socket, socket.socket] | None = None
        self._wakeup_before = -1

    def start(self) -> None:
        """Take the signals over; only on the main thread.

        The first one calls back; a second one ends the process at once, in case the
        orderly way is stuck. What was ignored before (nohup) stays ignored.
        """
        reader, writer = self._ends = socket.socketpair()
        writer.settimeout(0)
        self._wakeup_before = signal.set_wakeup_fd(
            writer.fileno(), warn_on_full_buffer=False
        )
        for name in NAMES:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) != signal.SIG_IGN:
                self._before[number] = signal.signal(number, _nothing)
        threading.Thread(
            target=self._wait, args=(reader,), name="signals", daemon=True
        ).start()

    def stop(self) -> None:
        """Give the signals back; only on the main thread."""
        if self._ends is None:
            return
        for number, handler in self._before.items():
            signal.signal(number, handler)  # type: ignore[arg-type]
        signal.set_wakeup_fd(self._wakeup_before)
        reader, writer = self._ends
        self._ends = None
        writer.close()
        del reader  # the waiting thread closes it

    def _wait(self, reader: socket.socket) -> None:
        asked = False
        with reader:
            while received := reader.recv(1):
                number = received[0]
                if number not in self._before:
                    continue
                if asked:
                    os._exit(SIGNALLED + number)
                asked = True
                self._on_stop()


def _nothing(_: int, __: object) -> None:
    """Let the signal do nothing but wake our thread."""
