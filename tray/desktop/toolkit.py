"""The one door to pystray: its menus everywhere, and the base of our own icon.

Nothing else imports pystray's top level, because pystray chooses a backend when it is
imported and fails there without X or GTK.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Hashable
from types import ModuleType
from typing import Any, TypeAlias

Text: TypeAlias = str | Callable[[Any], str]
Flag: TypeAlias = bool | Callable[[Any], bool]


def _import_pystray() -> ModuleType:
    """Import pystray; on Linux with the backend that always loads.

    The variable is put back, so that programs started by us do not inherit it.
    """
    before = os.environ.get("PYSTRAY_BACKEND")
    if sys.platform not in {"darwin", "win32"}:
        os.environ["PYSTRAY_BACKEND"] = "dummy"
    try:
        import pystray
    finally:
        os.environ.pop("PYSTRAY_BACKEND", None)
        if before is not None:
            os.environ["PYSTRAY_BACKEND"] = before
    module: ModuleType = pystray
    return module


pystray = _import_pystray()
MenuItem = pystray.MenuItem
SEPARATOR = pystray.Menu.SEPARATOR
BaseIcon = pystray._base.Icon  # noqa: SLF001  (what every backend derives from)


class Menu(pystray.Menu):  # type: ignore[misc,name-defined]
    """A menu that is not made only to see whether it has rows.

    pystray's backends ask that several times at each level, which makes a menu with
    sub-menus many times over. Ours are never empty.
    """

    def __bool__(self) -> bool:
        """Tell that it has rows."""
        return True


class Row(MenuItem):  # type: ignore[misc,valid-type]
    """A menu item that our own backend can recognise from one menu to the next.

    `key` names it among its siblings: a new object with the same key is the same row
    with another label, and an open menu stays open. `static` promises that this
    object, with all below it, never changes; the backend then looks at it only once.
    Other backends ignore both.

    It is filled here and not by pystray's constructor, which makes six functions for
    each item: most of the memory of a long menu.
    """

    def __init__(
        self,
        text: Text,
        action: object,
        *,
        key: Hashable = None,
        static: bool = False,
        **options: Flag | None,
    ) -> None:
        self.key = key
        self.static = static
        self._text = text
        self._action = self._assert_action(action)
        self._checked = options.get("checked") or _nothing
        self._radio = _flag(options.get("radio", False))
        self._default = _flag(options.get("default", False))
        self._visible = _flag(options.get("visible", True))
        self._enabled = _flag(options.get("enabled", True))

    @property
    def text(self) -> str:
        """The label."""
        return self._text(self) if callable(self._text) else self._text


def _flag(value: Flag | None) -> Callable[[Any], Any]:
    """Give what answers with a flag; all rows share the plain ones."""
    if callable(value):
        return value
    return _yes if value else _no


def _yes(_item: object) -> bool:
    return True


def _no(_item: object) -> bool:
    return False


def _nothing(_item: object) -> None:
    return None
