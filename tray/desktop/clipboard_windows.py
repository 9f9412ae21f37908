"""Windows' clipboard, through its own functions.

No program is needed, and no guess at how `clip` reads the mark of UTF-16's order.
From "Using the Clipboard" in Microsoft's documentation of Win32.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable
from ctypes import c_size_t, c_void_p, c_wchar_p
from typing import Any, Final

CF_UNICODETEXT: Final = 13
GMEM_MOVEABLE: Final = 2
"""The memory that the clipboard wants."""

TRIES: Final = 10
PAUSE: Final = 0.05
"""Seconds between two tries: another program may have it open for a moment."""

Library = Callable[[str], Any]  # ctypes has no types for what a library holds


class WindowsClipboard:
    """Copies by handing a text over to the system, which keeps it when we end."""

    def __init__(self, library: Library | None = None) -> None:
        self._library = library

    def take(self, text: str) -> bool:
        """Put a text there; False where another program keeps the clipboard open."""
        # Libraries of our own: others set the types of the functions that all share.
        library = self._library or getattr(ctypes, "WinDLL")  # noqa: B009 - only there
        user, kernel = library("user32"), library("kernel32")
        _set_types(user, kernel)
        owner = c_void_p(user.CreateWindowExW(0, "STATIC", None, *[0] * 5, *[None] * 4))
        try:
            if not _open(user, owner):
                return False
            try:
                user.EmptyClipboard()
                return _put(user, kernel, text)
            finally:
                user.CloseClipboard()
        finally:
            user.DestroyWindow(owner)


def _set_types(user: Any, kernel: Any) -> None:  # noqa: ANN401 - as above
    """Say what is wider than an int: handles and addresses."""
    for function in (kernel.GlobalAlloc, kernel.GlobalLock):
        function.restype = c_void_p
    kernel.GlobalAlloc.argtypes = [ctypes.c_uint, c_size_t]
    user.SetClipboardData.restype = c_void_p
    user.CreateWindowExW.restype = c_void_p
    user.CreateWindowExW.argtypes = (
        [ctypes.c_uint, c_wchar_p, c_wchar_p, ctypes.c_uint]
        + [ctypes.c_int] * 4
        + [c_void_p] * 4
    )


def _open(user: Any, owner: c_void_p) -> bool:  # noqa: ANN401 - as above
    pause = threading.Event()
    for _ in range(TRIES):
        if user.OpenClipboard(owner):
            return True
        pause.wait(PAUSE)
    return False


def _put(user: Any, kernel: Any, text: str) -> bool:  # noqa: ANN401 - as above
    """Give the system memory with the text; once it has it, it is the system's."""
    raw = ("\r\n".join(text.split("\n")) + "\0").encode("utf-16-le", "replace")
    memory = c_void_p(kernel.GlobalAlloc(GMEM_MOVEABLE, len(raw)))
    place = c_void_p(kernel.GlobalLock(memory))
    if not place:
        return False
    ctypes.memmove(place, raw, len(raw))
    kernel.GlobalUnlock(memory)
    if user.SetClipboardData(CF_UNICODETEXT, memory):
        return True
    kernel.GlobalFree(memory)
    return False
