"""The icon in the menu bar of macOS: pystray's, updated on AppKit's own thread.

It is tried over a stand-in for AppKit; no Mac was at hand (docs/platforms.md).
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterable
from typing import Any

from tray.desktop.marshalled import PICTURE_SIZE, Job, Marshalled, Picture
from tray.desktop.toolkit import Menu

NAME = "sso-tray"


def make_icon(
    picture: Picture, title: str, rows: Callable[[], Iterable[Any]]
) -> Marshalled:
    """Give the icon; AppKit may only be touched from the main thread's loop."""
    import importlib

    backend = importlib.import_module("pystray._darwin")
    helper = importlib.import_module("PyObjCTools.AppHelper")
    icon = backend.Icon(NAME, picture(PICTURE_SIZE), title, Menu(rows))

    def post(job: Job) -> None:
        helper.callAfter(job)

    return InterruptKept(icon, rows, post)


class InterruptKept(Marshalled):
    """An icon that leaves Ctrl-C to us.

    pystray's loop takes it and then ends the process from within AppKit, past
    everything that we do at the end.
    """

    def run(self, ready: Callable[[Any], None]) -> None:
        """Be on the screen until `stop`."""
        self._later(_take_interrupt_back)
        super().run(ready)


def _take_interrupt_back() -> None:
    """Let Python hear Ctrl-C again; in the main thread, once the loop runs."""
    signal.signal(signal.SIGINT, signal.getsignal(signal.SIGINT))
