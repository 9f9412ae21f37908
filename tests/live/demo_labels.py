"""A program for `test_odd_labels`: an icon whose rows have names like something else.

It prints the number of each row that is clicked.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any, Final

from PIL import Image

from tray.core.wording.labels import label
from tray.desktop.dbus import Bus
from tray.desktop.statusnotifier import Icon
from tray.desktop.toolkit import Menu, Row

GREEN: Final = "#2e7d32"
NAMES: Final = (
    "-",
    "—",
    "",
    "a_b & c__d",
    "_File &Quit",
    "$(reboot); `id` <b>x</b> &amp;",
    "\u05e9\u05dc\u05d5\u05dd (Admin)",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467 family",
    "long " * 1000,
    "last",
)


def rows() -> Iterator[Any]:
    """Give a row for each name, as the real menu labels it."""
    for number, name in enumerate(NAMES):
        yield Row(label(name), _say(number), key=number)


def _say(number: int) -> Any:  # noqa: ANN401 - pystray has no types
    def say() -> None:
        sys.stdout.write(f"clicked {number}\n")
        sys.stdout.flush()

    return say


def draw(size: int) -> Image.Image:
    """Draw a square."""
    return Image.new("RGBA", (size, size), GREEN)


if __name__ == "__main__":
    Icon("labels", draw, "labels", Menu(rows), bus=Bus(os.environ)).run()
