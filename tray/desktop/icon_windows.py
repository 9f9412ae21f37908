"""The icon in the notification area of Windows: pystray's, updated on its own thread.

It is tried under wine; no real Windows was at hand (docs/platforms.md).
"""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from tray.desktop.marshalled import PICTURE_SIZE, Job, Lengths, Marshalled, Picture, cut
from tray.desktop.toolkit import SEPARATOR, Menu, Row

NAME = "sso-tray"

LENGTHS: Final = Lengths(title=127, notice_title=63, notice=255)
"""The fields of NOTIFYICONDATAW less the zero at their end; longer texts are refused
(https://learn.microsoft.com/windows/win32/api/shellapi/ns-shellapi-notifyicondataw)."""

WM_JOB: Final = 0x400 + 40
"""A message of our own (WM_USER + 40; pystray uses 10 and 11)."""


def make_icon(
    picture: Picture, title: str, rows: Callable[[], Iterable[Any]]
) -> Marshalled:
    """Give the icon; a message wakes its loop, which then does what waits."""
    import importlib

    backend = importlib.import_module("pystray._win32")
    api = importlib.import_module("pystray._util.win32")
    menu = Menu(lambda: escaped(rows()))
    icon = backend.Icon(NAME, picture(PICTURE_SIZE), cut(title, LENGTHS.title), menu)
    marshalled = Marshalled(icon, rows, poster(icon, api.PostMessage), LENGTHS)
    spare_open_menu(icon, api.WM_NOTIFY, marshalled)
    return marshalled


def escaped(items: Iterable[Any]) -> Iterator[Any]:
    """Give the same rows for Windows, where a single `&` underlines a letter."""
    for item in items:
        yield item if item is SEPARATOR else _escaped(item)


def _escaped(item: Any) -> Row:  # noqa: ANN401 - pystray has no types
    below = item.submenu
    return Row(
        item.text.replace("&", "&&"),
        Menu(lambda: escaped(below.items)) if below is not None else _click(item),
        enabled=item.enabled,
        checked=lambda _: item.checked,
        default=item.default,
        radio=item.radio,
    )


def _click(item: Any) -> Callable[[Any, Any], Any]:  # noqa: ANN401 - as above
    return lambda icon, _: item(icon)


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


def spare_open_menu(
    icon: Any,  # noqa: ANN401 - pystray has no types
    message: int,
    marshalled: Marshalled,
) -> None:
    """Keep the menu as it is while it is open; its own loop serves our messages too.

    `message` is the one by which the system tells of clicks on the icon.
    """
    handlers = icon._message_handlers  # noqa: SLF001 - pystray has no other door
    original = handlers[message]

    def clicked(wparam: object, lparam: object) -> object:
        with marshalled.menu_open():
            return original(wparam, lparam)

    handlers[message] = clicked
