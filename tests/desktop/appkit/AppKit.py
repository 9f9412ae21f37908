"""So much of AppKit as pystray asks for; it tells what is done, and on which thread.

Like AppKit it may only be touched from the main thread.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

NSVariableStatusItemLength = -1
NSApplicationDefined = 15
NSOnState, NSOffState = 1, 0
NSFontAttributeName = "NSFont"

_jobs: queue.Queue[Callable[[], object]] = queue.Queue()
_shown: list[Any] = []


def tell(*words: object) -> None:
    """Print what happens; fail where AppKit would crash."""
    assert threading.current_thread() is threading.main_thread(), words
    print(*words)  # noqa: T201 - this is what the test reads


def later(job: Callable[[], object]) -> None:
    """Do it in the application's loop; from any thread."""
    _jobs.put(job)


def choose(number: int) -> None:
    """Click a row of the menu that is shown."""
    item = _shown[-1].items[number]
    item.target.activate_menu_item(item)


class Anything:
    """An object that takes every message."""

    @classmethod
    def alloc(cls) -> Any:  # noqa: ANN401 - Objective-C has its own types
        """Give a new one."""
        return cls()

    def init(self) -> Any:  # noqa: ANN401 - as above
        """Give itself."""
        return self

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as above
        if not name.endswith("_"):
            raise AttributeError(name)
        return lambda *_: self


class NSApplication(Anything):
    """The application: a loop."""

    running = True

    @classmethod
    def sharedApplication(cls) -> NSApplication:  # noqa: N802 - Apple's name
        """Give the one there is."""
        return cls()

    def run(self) -> None:
        """Do what comes, until it is stopped."""
        while self.running:
            _jobs.get(timeout=10)()

    def stop_(self, _: object) -> None:
        """End the loop."""
        self.running = False


class NSButton(Anything):
    """The icon in the menu bar."""

    def setHidden_(self, hidden: bool) -> None:  # noqa: FBT001, N802 - Apple's
        """Tell it."""
        tell("hidden", hidden)

    def setToolTip_(self, text: str) -> None:  # noqa: N802 - Apple's name
        """Tell it."""
        tell("tip", text)

    def setImage_(self, _: object) -> None:  # noqa: N802 - Apple's name
        """Tell it."""
        tell("picture")


class NSStatusItem(Anything):
    """A place in the menu bar."""

    def __init__(self) -> None:
        self._button = NSButton()

    def button(self) -> NSButton:
        """Give its button."""
        return self._button

    def setMenu_(self, menu: NSMenu) -> None:  # noqa: N802 - Apple's name
        """Tell it."""
        _shown.append(menu)
        tell("menu", menu.words())


class NSStatusBar(Anything):
    """The menu bar."""

    @classmethod
    def systemStatusBar(cls) -> NSStatusBar:  # noqa: N802 - Apple's name
        """Give the one there is."""
        return cls()

    def statusItemWithLength_(self, _: int) -> NSStatusItem:  # noqa: N802 - Apple's
        """Give a place."""
        return NSStatusItem()

    def thickness(self) -> float:
        """Give its height."""
        return 22.0


class NSImage(Anything):
    """A picture."""

    def size(self) -> tuple[int, int]:
        """Give what fits."""
        return (22, 22)


class NSMenu(Anything):
    """A menu."""

    def __init__(self) -> None:
        self.items: list[NSMenuItem] = []

    def addItem_(self, item: NSMenuItem) -> None:  # noqa: N802 - Apple's name
        """Take a row."""
        self.items.append(item)

    def words(self) -> str:
        """Give what it says."""
        return ", ".join(item.words() for item in self.items)


class NSMenuItem(Anything):
    """A row."""

    title = "-"
    below: NSMenu | None = None
    target: Any = None

    @classmethod
    def separatorItem(cls) -> NSMenuItem:  # noqa: N802 - Apple's name
        """Give a line."""
        return cls()

    def initWithTitle_action_keyEquivalent_(  # noqa: N802 - Apple's name
        self, title: str, *_: object
    ) -> NSMenuItem:
        """Take its words."""
        self.title = title
        return self

    def setSubmenu_(self, menu: NSMenu) -> None:  # noqa: N802 - Apple's name
        """Take what opens beside it."""
        self.below = menu

    def setTarget_(self, target: object) -> None:  # noqa: N802 - Apple's name
        """Take who is told."""
        self.target = target

    def setTag_(self, number: int) -> None:  # noqa: N802 - Apple's name
        """Take its number."""
        self._tag = number

    def tag(self) -> int:
        """Give its number."""
        return self._tag

    def words(self) -> str:
        """Give what it says."""
        return f"{self.title} ({self.below.words()})" if self.below else self.title


class NSEvent(Anything):
    """An event."""


def NSPoint(*_: float) -> None:  # noqa: N802 - Apple's name
    """Give a place."""


setattr(  # noqa: B010 - too long a name to be written as one
    NSEvent,
    "otherEventWithType_location_modifierFlags_timestamp_windowNumber_context_"
    "subtype_data1_data2_",
    staticmethod(lambda *_: None),
)
