"""The icon moves while somebody logs in, and costs nothing after."""

from __future__ import annotations

import threading

import pytest

from tests.builders import NOON
from tests.fakes.basics import FakeClock
from tests.fakes.desktop import Desktop, a_board, a_status
from tests.waiting import stays, until
from tray.core.board import Phase
from tray.core.face import FRAMES, Face, Mood, face
from tray.core.wording import board as wording
from tray.desktop.animation import PAUSE, Animation
from tray.desktop.artwork import draw
from tray.desktop.icon import TrayIcon

LOGIN = a_board(a_status(phase=Phase.LOGGING_IN))
FINE = a_board(a_status())


def moving() -> bool:
    """Tell whether anything moves."""
    return any(one.name == "animation" for one in threading.enumerate())


def test_one_picture_after_the_other_until_it_stops() -> None:
    """The numbers come in turn; started twice it is one movement."""
    shown = list[int]()
    animation = Animation(FRAMES, shown.append, pause=0.001)
    animation.start()
    animation.start()
    until(lambda: len(shown) > 2 * FRAMES)
    assert sum(one.name == "animation" for one in threading.enumerate()) == 1
    animation.stop()
    animation.stop()

    until(lambda: not moving())
    assert shown[: 2 * FRAMES] == [*range(FRAMES), *range(FRAMES)]


def test_the_icon_moves_while_somebody_logs_in_and_no_longer() -> None:
    """The dots light up one after the other; after that nothing wakes up."""
    desktop = Desktop()
    view = TrayIcon(desktop.make, desktop.commands.append, FakeClock())
    view.show(LOGIN, NOON)
    until(lambda: len(set(desktop.icon.pictures)) == FRAMES)
    view.show(FINE, NOON)
    until(lambda: not moving())

    shown = len(desktop.icon.pictures)
    assert desktop.icon.pictures[-1] == draw(face(FINE, NOON), 16).tobytes()
    stays(lambda: len(desktop.icon.pictures) == shown, PAUSE * 1.5)


def test_a_movement_ends_with_the_icon(caplog: pytest.LogCaptureFixture) -> None:
    """A desktop that breaks in the middle of it is told of once; leaving ends it."""
    desktop = Desktop()
    view = TrayIcon(desktop.make, desktop.commands.append, FakeClock())
    desktop.icon.broken = True
    view._board = LOGIN
    view._moving.start()
    until(lambda: caplog.records)
    until(lambda: not moving())
    view._moving.start()
    view.stop()
    until(lambda: not moving())

    assert [record.getMessage() for record in caplog.records] == [wording.ICON_FAULT]


def test_every_picture_of_a_movement_is_another_one() -> None:
    """At the smallest size too, people see that something is going on."""
    pictures = {draw(Face(Mood.BUSY, frame=n), 16).tobytes() for n in range(FRAMES)}

    assert len(pictures) == FRAMES
    assert draw(Face(Mood.BUSY), 16).tobytes() not in pictures
