"""pystray's own icons: every update reaches the screen's thread, in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from tray.core.errors import TrayError
from tray.desktop.icon_windows import (
    LENGTHS,
    WM_JOB,
    escaped,
    poster,
    spare_open_menu,
)
from tray.desktop.icon_xembed import make_icon
from tray.desktop.marshalled import Lengths, Marshalled, cut
from tray.desktop.toolkit import SEPARATOR, Menu, Row

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
    icon = Marshalled(screen, list, screen.queue.append)
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


def test_texts_fit_into_windows_fields() -> None:
    """A text that Windows would refuse is cut, with a sign that it was."""
    assert cut("short", 10) == "short"
    assert cut("x" * 500, None) == "x" * 500
    assert cut("x" * 500, 127) == "x" * 126 + "…"
    assert len(cut("\U0001f600" * 200, 127).encode("utf-16-le")) <= 2 * 127


def test_a_long_notice_and_tooltip_are_cut() -> None:
    """Tooltip, title and text of a notice each have the length of their field."""
    screen = Screen()
    icon = Marshalled(screen, list, lambda job: job(), LENGTHS)
    icon.run(lambda _: None)
    icon.title = "t" * 300
    icon.notify("b" * 300, "h" * 300)

    title, notice = screen.done
    assert title == "title " + "t" * 126 + "…"
    assert notice == "h" * 62 + "…: " + "b" * 254 + "…"


def test_a_menu_that_says_the_same_is_left_alone() -> None:
    """Making it anew would close one that is open; only news is worth that."""
    screen, words = Screen(), ["one"]
    icon = Marshalled(
        screen,
        lambda: [Row(words[0], lambda: None), Row("more", Menu(lambda: iter(())))],
        lambda job: job(),
    )
    icon.run(lambda _: None)
    icon.update_menu()
    icon.update_menu()
    words[0] = "two"
    icon.update_menu()

    assert screen.done == ["menu", "menu"]


def test_an_open_menu_is_left_alone_until_it_closes() -> None:
    """While people look at it nothing moves; what was missed comes right after."""
    screen, words = Screen(), ["one"]
    icon = Marshalled(
        screen, lambda: [Row(words[0], lambda: None)], lambda job: job(), Lengths()
    )
    icon.run(lambda _: None)
    icon.update_menu()
    looked = list[str]()

    def clicked(*_: object) -> None:
        words[0] = "two"
        icon.update_menu()
        looked.extend(screen.done)

    screen._message_handlers[11] = clicked
    spare_open_menu(screen, 11, icon)
    screen._message_handlers[11](0, 0)
    assert (looked, screen.done) == (["menu"], ["menu", "menu"])
    with icon.menu_open():
        pass
    assert screen.done == ["menu", "menu"]


def test_what_the_screen_throws_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """A job that fails ends neither the loop nor the caller."""
    screen = Screen()
    icon = Marshalled(screen, list, lambda job: job())
    icon.run(lambda _: None)
    screen.update_menu = fail  # type: ignore[method-assign]
    icon.update_menu()
    gone = Marshalled(screen, list, fail)
    gone.run(lambda _: None)
    gone.stop()

    assert [record.levelname for record in caplog.records] == ["ERROR"]


def fail(*_: object) -> None:
    """Be a screen that is gone."""
    raise OSError


def test_an_ampersand_is_an_ampersand_on_windows() -> None:
    """A single one would underline a letter; what a row is and does stays the same."""
    chosen = list[str]()
    rows = [
        Row("R&D", lambda: chosen.append("R&D"), checked=lambda _: True, default=True),
        SEPARATOR,
        Row("More & more", Menu(lambda: iter([Row("a&b", lambda: None)]))),
    ]
    one, line, more = escaped(rows)

    assert (one.text, one.checked, one.default) == ("R&&D", True, True)
    one(None)
    assert chosen == ["R&D"]
    assert line is SEPARATOR
    assert [item.text for item in more.submenu.items] == ["a&&b"]


def test_without_an_x_server_there_is_no_old_tray() -> None:
    """The last resort says so in words when there is no X server either."""
    with pytest.raises(TrayError, match="no tray icons"):
        make_icon(lambda size: size, "title", lambda: ())
