"""pystray's own icons: every update reaches the screen's thread, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tray.core.errors import TrayError
from tray.desktop.icon_windows import LONGEST_TITLE, WM_JOB, fitting, poster
from tray.desktop.icon_xembed import make_icon
from tray.desktop.marshalled import Marshalled

Job = Callable[[], None]


@dataclass
class Screen:
    """An icon of pystray's that notes what is done to it, and a loop that can wait."""

    done: list[str] = field(default_factory=list)
    queue: list[Job] = field(default_factory=list)
    _message_handlers: dict[int, Callable[[object, object], None]] = field(
        default_factory=dict
    )
    _hwnd: int = 77

    def __setattr__(self, name: str, value: object) -> None:
        if name in {"icon", "title", "visible"}:
            self.done.append(f"{name} {value}")
        object.__setattr__(self, name, value)

    def update_menu(self) -> None:
        """Note it."""
        self.done.append("menu")

    def notify(self, message: str, title: str) -> None:
        """Note it."""
        self.done.append(f"{title}: {message}")

    def remove_notification(self) -> None:
        """Note it."""
        self.done.append("no notice")

    def stop(self) -> None:
        """Note it."""
        self.done.append("stop")

    def run(self, setup: Callable[[object], None]) -> None:
        """Call back and return."""
        setup(self)

    def work(self) -> None:
        """Let the screen's thread do what waits."""
        while self.queue:
            self.queue.pop(0)()


def test_updates_wait_for_the_loop_and_then_for_its_thread() -> None:
    """Nothing touches the screen from the caller's thread, before or while it runs."""
    screen = Screen()
    icon = Marshalled(screen, screen.queue.append)
    icon.title = "early"
    assert screen.queue == []

    icon.run(lambda one: setattr(one, "visible", True))
    icon.icon = lambda size: f"picture of {size}"
    assert icon.icon(16) == "picture of 16"
    icon.update_menu()
    icon.notify("Body.", "Title")
    icon.remove_notification()
    icon.stop()
    assert screen.done == []
    screen.work()

    assert screen.done == [
        "title early",
        "visible True",
        "icon picture of 64",
        "menu",
        "Title: Body.",
        "no notice",
        "stop",
    ]
    assert icon.title == "early"
    assert icon.visible is True


def test_windows_jobs_are_done_when_their_message_comes() -> None:
    """A job waits for the message that its loop gets, and is done there."""
    screen, posted = Screen(), list[tuple[object, ...]]()
    post = poster(screen, lambda *words: posted.append(words))
    post(screen.update_menu)
    assert (screen.done, posted) == ([], [(77, WM_JOB, 0, 0)])

    screen._message_handlers[WM_JOB](0, 0)

    assert screen.done == ["menu"]


def test_windows_tooltips_fit() -> None:
    """A tooltip that Windows would refuse is cut, with a sign that it was."""
    assert fitting("short") == "short"
    assert len(fitting("x" * 500)) == LONGEST_TITLE
    assert fitting("x" * 500).endswith("…")
    assert len(fitting("\U0001f600" * 200).encode("utf-16-le")) <= 2 * LONGEST_TITLE


def test_without_an_x_server_there_is_no_old_tray() -> None:
    """The last resort says so in words when there is no X server either."""
    with pytest.raises(TrayError, match="no tray icons"):
        make_icon(lambda size: size, "title", lambda: ())
