"""pystray's own icons, with every update handed over to the thread of the screen.

pystray does that by itself on X and GTK, but not on macOS and Windows (its issue 60);
on current macOS a menu that is set from another thread ends the process.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tray.core.wording import board as wording

log = logging.getLogger(__name__)

PICTURE_SIZE = 64
"""These backends take one picture and scale it themselves."""

Job = Callable[[], None]
Picture = Callable[[int], Any]
Rows = Callable[[], Iterable[Any]]


@dataclass(frozen=True, slots=True)
class Lengths:
    """How long texts may be, in UTF-16 units; None: as long as they like."""

    title: int | None = None
    """The tooltip."""

    notice_title: int | None = None
    """A notice's first line."""

    notice: int | None = None
    """A notice's text."""


class Marshalled:
    """pystray's interface over one of its icons; from any thread.

    A menu is set only when it says something new, because these backends make it anew
    each time, which closes one that is open.
    """

    def __init__(
        self,
        icon: Any,  # noqa: ANN401 - pystray has no types
        rows: Rows,
        post: Callable[[Job], None],
        lengths: Lengths | None = None,
    ) -> None:
        self._icon = icon
        self._rows = rows
        self._post = post
        self._lengths = lengths or Lengths()
        self._picture: Picture = lambda _: icon.icon
        self._lock = threading.RLock()
        self._waiting: list[Job] | None = []
        self._shown: object = None
        self._menu_open = self._menu_stale = False

    def run(self, ready: Callable[[Any], None]) -> None:
        """Be on the screen until `stop`; what was asked for before comes now."""

        def begin(_: object) -> None:
            with self._lock:  # held, so that nothing newer is done before
                for job in self._waiting or ():
                    self._hand_over(job)
                self._waiting = None
            ready(self)

        self._icon.run(begin)

    def stop(self) -> None:
        """Leave the screen."""
        self._later(self._icon.stop)

    def update_menu(self) -> None:
        """Ask for the menu's rows anew."""
        self._later(self._set_menu)

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
        fitting = cut(text, self._lengths.title)
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
        body = cut(message, self._lengths.notice)
        head = cut(title, self._lengths.notice_title)
        self._later(lambda: self._icon.notify(body, head))

    def remove_notification(self) -> None:
        """Take the notice away, where the system can."""
        self._later(self._icon.remove_notification)

    @contextmanager
    def menu_open(self) -> Iterator[None]:
        """Leave the menu alone while people look at it; on the screen's thread."""
        self._menu_open = True
        try:
            yield
        finally:
            self._menu_open = False
            if self._menu_stale:
                self._menu_stale = False
                self._set_menu()

    def _set_menu(self) -> None:
        if self._menu_open:
            self._menu_stale = True
            return
        says = _says(self._rows())
        if says != self._shown:
            self._icon.update_menu()
            self._shown = says

    def _later(self, job: Job) -> None:
        with self._lock:
            if self._waiting is not None:
                self._waiting.append(job)
            else:
                self._hand_over(job)

    def _hand_over(self, job: Job) -> None:
        try:
            self._post(lambda: _safely(job))
        except Exception:  # what decorates never kills; the loop may have ended
            log.debug(wording.ICON_FAULT, exc_info=True)


def cut(text: str, longest: int | None) -> str:
    """Give a text of at most so many UTF-16 units, with a sign where it was cut."""
    if longest is None:
        return text
    units = text.encode("utf-16-le", "replace")
    if len(units) <= 2 * longest:
        return text
    return units[: 2 * (longest - 1)].decode("utf-16-le", "ignore") + "…"


def _safely(job: Job) -> None:
    """Do it; in the screen's loop nobody else would bear its failure."""
    try:
        job()
    except Exception:  # what decorates never kills
        log.exception(wording.ICON_FAULT)


def _says(items: Iterable[Any]) -> tuple[object, ...]:
    """Give what a menu says, to be compared; a static row is itself."""
    return tuple(
        item
        if getattr(item, "static", False)
        else (
            item.text,
            item.enabled,
            item.checked,
            item.default,
            item.submenu is not None and _says(item.submenu.items),
        )
        for item in items
    )
