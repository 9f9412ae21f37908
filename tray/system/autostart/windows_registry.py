"""The registry of Windows, as little of it as start at log-in needs."""

from __future__ import annotations

import sys

from tray.core.errors import TrayError
from tray.core.wording import autostart as wording

assert sys.platform == "win32"  # noqa: S101 - for type checkers, and for imports

import winreg  # noqa: E402 - see above

ROOTS = {"HKCU": winreg.HKEY_CURRENT_USER, "HKLM": winreg.HKEY_LOCAL_MACHINE}


class WindowsRegistry:
    """The real one."""

    def read(self, key: str, name: str) -> str | bytes | None:
        """Give a value; None: it is not there, or of another kind."""
        root, _, path = key.partition("\\")
        try:
            with winreg.OpenKey(ROOTS[root], path) as opened:
                value, _ = winreg.QueryValueEx(opened, name)
        except OSError:
            return None
        return value if isinstance(value, str | bytes) else None

    def write(self, key: str, name: str, text: str) -> None:
        """Set a text."""
        root, _, path = key.partition("\\")
        try:
            with winreg.CreateKeyEx(ROOTS[root], path, 0, winreg.KEY_SET_VALUE) as made:
                winreg.SetValueEx(made, name, 0, winreg.REG_SZ, text)
        except OSError as error:
            raise _unwritable(key, error) from None

    def delete(self, key: str, name: str) -> None:
        """Take a value away, if it is there."""
        root, _, path = key.partition("\\")
        try:
            with winreg.OpenKey(ROOTS[root], path, 0, winreg.KEY_SET_VALUE) as opened:
                winreg.DeleteValue(opened, name)
        except FileNotFoundError:
            return
        except OSError as error:
            raise _unwritable(key, error) from None


def _unwritable(key: str, error: OSError) -> TrayError:
    reason = error.strerror or type(error).__name__
    return TrayError(*wording.unwritable(key, reason))
