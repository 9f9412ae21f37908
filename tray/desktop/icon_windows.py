"""The icon in the notification area of Windows: pystray's, updated on its own thread.

It has been checked by types and against a small stand-in only; no Windows was at hand.
"""

from __future__ import annotations

import queue
from collections.abc import Callable
from typing import Any

from tray.desktop.marshalled import PICTURE_SIZE, Job, Marshalled, Picture
from tray.desktop.toolkit import Menu

NAME = "sso-tray"

LONGEST_TITLE = 127
"""UTF-16 units of a tooltip; the system's field holds one more for its end."""

WM_JOB = 0x400 + 40
"""A message of our own (WM_USER + 40; pystray uses 10 and 11)."""


def fitting(text: str) -> str:
    """Give a tooltip that Windows takes."""
    units = text.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_TITLE:
        return text
    cut = units[: 2 * (LONGEST_TITLE - 1)].decode("utf-16-le", "ignore")
    return f"{cut}…"


def make_icon(picture: Picture, title: str, rows: Callable[[], Any]) -> Marshalled:
    """Give the icon; a message wakes its loop, which then does what waits."""
    import importlib

    backend = importlib.import_module("pystray._win32")
    api = importlib.import_module("pystray._util.win32")
    icon = backend.Icon(NAME, picture(PICTURE_SIZE), fitting(title), Menu(rows))
    return Marshalled(icon, poster(icon, api.PostMessage), fitting)


def poster(
    icon: Any,  # noqa: ANN401 - pystray has no types
    post_message: Callable[[object, int, int, int], object],
) -> Callable[[Job], None]:
    """Give what hands jobs to the thread that runs this icon's message loop."""
    jobs: queue.SimpleQueue[Job] = queue.SimpleQueue()

    def work(_wparam: object, _lparam: object) -> None:
        while not jobs.empty():
            jobs.get()()

    icon._message_handlers[WM_JOB] = work  # noqa: SLF001 - pystray has no other door

    def post(job: Job) -> None:
        jobs.put(job)
        post_message(icon._hwnd, WM_JOB, 0, 0)  # noqa: SLF001 - as above

    return post
