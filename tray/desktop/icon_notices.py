"""Notices through the icon itself, on macOS and Windows: one at a time, no buttons."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any, Protocol

from tray.desktop.prompter import LoggedNotices

MakeIcon = Callable[..., Any]


class NoticingIcon(Protocol):
    """What is needed of an icon."""

    def notify(self, message: str, title: str) -> None:
        """Show a notice in place of the last one."""
        ...

    def remove_notification(self) -> None:
        """Take it away."""
        ...


class IconNotices:
    """`Notices` by the icon that `watching` has seen made; until then they are logged.

    Whatever is shown takes the place of what stood there.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._icon: NoticingIcon | None = None
        self._standing: str | None = None
        self._log = LoggedNotices()

    def watching(self, make: MakeIcon) -> MakeIcon:
        """Give the same maker of icons, whose icon then shows the notices."""

        def watched(*words: object) -> Any:  # noqa: ANN401 - pystray has no types
            self._icon = make(*words)
            return self._icon

        return watched

    def show(  # noqa: PLR0913 - what a notice is made of
        self,
        key: str,
        title: str,
        body: str,
        *,
        buttons: tuple[tuple[str, str], ...] = (),
        urgent: bool = False,
        without_buttons: str = "",
        news: bool = True,
    ) -> None:
        """Show a notice; `without_buttons` tells what to do."""
        del buttons
        with self._lock:
            if not news and self._standing != key:
                return
            icon, self._standing = self._icon, key
        if icon is not None:
            icon.notify(f"{body} {without_buttons}".rstrip(), title)
        else:
            self._log.show(
                key, title, body, urgent=urgent, without_buttons=without_buttons
            )

    def withdraw(self, key: str) -> None:
        """Take it away if it is the one that stands."""
        with self._lock:
            icon, stands = self._icon, self._standing == key
            if stands:
                self._standing = None
        if stands and icon is not None:
            icon.remove_notification()
