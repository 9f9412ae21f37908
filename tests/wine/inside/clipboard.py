"""Windows' own clipboard: what we copy is what others paste."""

from __future__ import annotations

import ctypes
import sys

import pytest

from tray.desktop.clipboard import DesktopClipboard, own_ways

assert sys.platform == "win32"


def pasted() -> str:
    """Give what another program would paste."""
    user, kernel = ctypes.WinDLL("user32"), ctypes.WinDLL("kernel32")
    user.GetClipboardData.restype = ctypes.c_void_p
    kernel.GlobalLock.restype = ctypes.c_void_p
    assert user.OpenClipboard(None)
    memory = ctypes.c_void_p(user.GetClipboardData(13))
    text = ctypes.wstring_at(kernel.GlobalLock(memory))
    kernel.GlobalUnlock(memory)
    user.CloseClipboard()
    return text


@pytest.mark.parametrize("text", ["dev", "R&D — ä 🚀", "one\ntwo", "x" * 50_000])
def test_it_can_be_pasted(text: str) -> None:
    """Whole, with no letter more, each in place of the one before."""
    clipboard = DesktopClipboard({}, lambda *_: 1, tuple(own_ways({}, None)))
    clipboard.copy(text)

    assert pasted() == text.replace("\n", "\r\n")
