"""pystray's own icons, with every update handed over to the thread of the screen.

pystray does that by itself on X and GTK, but not on macOS and Windows (its issue 60);
on current macOS a menu that is set from another thread ends the process.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

PICTURE_SIZE = 64
"""These backends take one picture and scale it themselves."""

Job = Callable[[], None]
Picture = Callable[[int], Any]


class Marshalled:
    """pystray's interface over one of its icons; from any thread."""

    def __init__(
        self,
        icon: Any,  # noqa: ANN401 - pystray has no types
        post: Callable[[Job], None],
        fit: Callable[[str], str] = str,
    ) -> None:
        self._icon = icon
        self._post = post
        self._picture: Picture = lambda _: icon.icon
        self._fit = fit
        self._lock = threading.RLock()
        self._waiting: list[Job] | None = []

    def run(self, ready: Callable[[Any], None]) -> None:
        """Be on the screen until `stop`; what was asked for before comes now."""

        def begin(_: object) -> None:
            with self._lock:  # held, so that nothing newer is done before
                for job in self._waiting or ():
                    self._post(job)
                self._waiting = None
            ready(self)

        self._icon.run(begin)

    def stop(self) -> None:
        """Leave the screen."""
        self._later(self._icon.stop)

    def update_menu(self) -> None:
        """Ask for the menu's rows anew."""
        self._later(self._icon.update_menu)

    @property
    def icon(self) -> Picture:
        """The picture, as a function of its size."""
        return self._picture

    @icon.setter
    def icon(self, picture: Picture) -> None:
        self._picture = picture
        drawn = picture(PICTURE_SIZE)
        self._later(lambda: setattr(self._icon, "icon", drawn))

    @property
    def title(self) -> str:
        """The tooltip."""
        return str(self._icon.title)

    @title.setter
    def title(self, text: str) -> None:
        fitting = self._fit(text)
        self._later(lambda: setattr(self._icon, "title", fitting))

    @property
    def visible(self) -> bool:
        """Whether it is on the screen."""
        return bool(self._icon.visible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self._later(lambda: setattr(self._icon, "visible", value))

    def notify(self, message: str, title: str) -> None:
        """Show a notice of the system's, without buttons."""
        self._later(lambda: self._icon.notify(message, title))

    def remove_notification(self) -> None:
        """Take the notice away, where the system can."""
        self._later(self._icon.remove_notification)

    def _later(self, job: Job) -> None:
        with self._lock:
            if self._waiting is not None:
                self._waiting.append(job)
            else:
                self._post(job)
