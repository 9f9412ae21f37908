"""The notices that xfce4-notifyd draws: where they are, and where their buttons are."""

from __future__ import annotations

import time
from typing import Final

from tests.live.real import Program
from tests.live.screen import Box, poll

FROM_RIGHT: Final = {
    ("log in", "snooze", "mute"): (314, 222, 93),
    ("log in", "snooze"): (149, 57),
    ("unlock", "once", "not now"): (348, 213, 78),
}
"""How far from a notice's right edge the buttons are, by all that it has."""

ENDING: Final = ("log in", "snooze", "mute")
"""The buttons before a sign-in ends."""

OVER: Final = ("log in", "snooze")
"""The buttons when it has ended, and when a program waits."""

QUESTION: Final = ("unlock", "once", "not now")
"""The buttons when a program wants a protected profile."""

SETTLED: Final = 0.3
"""Seconds in which a notice that stands has not moved."""


def notices(program: Program) -> list[Box]:
    """Give the notices on the screen."""
    return [box for box in program.desk.popups() if box.w < 600 and box.h < 300]


def wait_notice(program: Program) -> Box:
    """Wait for a notice that no longer moves, and give where it is."""

    def standing() -> Box | None:
        before = notices(program)
        time.sleep(SETTLED)
        return before[-1] if before and before == notices(program) else None

    return poll(standing, "the notice")


def press(program: Program, name: str, among: tuple[str, ...] = ENDING) -> None:
    """Wait for the notice with these buttons, and click one of them."""
    notice = wait_notice(program)
    from_right = FROM_RIGHT[among][among.index(name)]
    program.desk.click((notice.x + notice.w - from_right, notice.y + notice.h - 31))


def wait_no_notice(program: Program) -> None:
    """Wait until none is left."""
    poll(lambda: not notices(program), "the notice is gone")
