"""Windows' clipboard over a stand-in; the real functions are met under wine."""

from __future__ import annotations

from ctypes import addressof, create_string_buffer
from typing import Any

from tray.desktop import clipboard_windows
from tray.desktop.clipboard_windows import WindowsClipboard


class Function:
    """A function that notes that it was called, and answers as told."""

    def __init__(self, name: str, windows: Windows) -> None:
        self._name, self._windows = name, windows

    def __call__(self, *_: object) -> object:
        """Note it."""
        self._windows.called.append(self._name)
        return self._windows.answers.get(self._name, 1)


class Windows:
    """Libraries with every function that is asked for."""

    def __init__(self, **answers: object) -> None:
        self.memory = create_string_buffer(100)
        self.answers = {"GlobalLock": addressof(self.memory), **answers}
        self.called: list[str] = []
        self._functions: dict[str, Function] = {}

    def __call__(self, name: str) -> Any:  # noqa: ANN401 - as ctypes gives them
        """Give a library."""
        del name
        return self

    def __getattr__(self, name: str) -> Function:
        return self._functions.setdefault(name, Function(name, self))


def test_the_text_is_handed_over() -> None:
    """As UTF-16 without a mark, with Windows' ends of lines, and all is closed."""
    windows = Windows()
    assert WindowsClipboard(windows).take("R&D — ä\nline")

    text = "R&D — ä\r\nline\0".encode("utf-16-le")
    assert windows.memory.raw[: len(text)] == text
    assert windows.called[-2:] == ["CloseClipboard", "DestroyWindow"]
    assert "GlobalFree" not in windows.called


def test_what_windows_refuses() -> None:
    """No memory, or a text that is not taken: told, and nothing is left."""
    refused = Windows(SetClipboardData=0)
    assert not WindowsClipboard(refused).take("dev")
    assert "GlobalFree" in refused.called
    full = Windows(GlobalLock=None)
    assert not WindowsClipboard(full).take("dev")
    assert full.called[-2:] == ["CloseClipboard", "DestroyWindow"]


def test_who_keeps_it_open_is_waited_for_briefly() -> None:
    """Another program's moment is waited for; its whole day is not."""
    busy = Windows(OpenClipboard=0)
    assert not WindowsClipboard(busy).take("dev")
    assert busy.called.count("OpenClipboard") == clipboard_windows.TRIES
    assert "EmptyClipboard" not in busy.called
