"""The icon in the menu bar of macOS: pystray's, updated on AppKit's own thread.

It has been checked by types and against a small stand-in only; no Mac was at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tray.desktop.marshalled import PICTURE_SIZE, Job, Marshalled, Picture
from tray.desktop.toolkit import Menu

NAME = "sso-tray"


def make_icon(picture: Picture, title: str, rows: Callable[[], Any]) -> Marshalled:
    """Give the icon; AppKit may only be touched from the main thread's loop."""
    import importlib

    backend = importlib.import_module("pystray._darwin")
    helper = importlib.import_module("PyObjCTools.AppHelper")
    icon = backend.Icon(NAME, picture(PICTURE_SIZE), title, Menu(rows))

    def post(job: Job) -> None:
        helper.callAfter(job)

    return Marshalled(icon, post)
