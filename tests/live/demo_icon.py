"""A program for `test_backend`: an icon with one row of each kind.

It prints one line for everything that happens.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageDraw

from tray.desktop.dbus import Bus
from tray.desktop.statusnotifier import Icon
from tray.desktop.toolkit import SEPARATOR, Menu, Row

COLOURS = ("#2e7d32", "#c62828")


class Demo:
    """The program's state, and its menu."""

    def __init__(self) -> None:
        self.paused, self.choice, self.colour, self.seconds = True, 1, 0, 0
        self.icon = Icon(
            "demo",
            self.draw,
            "demo & <signed> in",
            Menu(self.rows),
            bus=Bus(os.environ),
            on_host=lambda there: self.say("host", there),
        )

    def say(self, *words: object) -> None:
        """Print a line at once."""
        sys.stdout.write(" ".join(map(str, words)) + "\n")
        sys.stdout.flush()

    def draw(self, size: int) -> Image.Image:
        """Draw a disk in the colour of the moment."""
        image = Image.new("RGBA", (size, size), (0, 0, 0, 0))
        disk = (0, 0, size - 1, size - 1)
        ImageDraw.Draw(image).ellipse(disk, fill=COLOURS[self.colour])
        return image

    def rows(self) -> Iterator[Any]:
        """Give the menu anew, as the real program does."""
        say = self.say
        yield Row("Log in", lambda: say("login"), key="login", default=True)
        yield Row(f"Expires_in {self.seconds} s", None, key="left", enabled=False)
        yield SEPARATOR
        paused = self.paused
        yield Row("Paused", self.pause, key="paused", checked=lambda _: paused)
        yield Row("Profiles", Menu(self.radio(1), self.radio(2)), key="profiles")
        yield Row("Recolour", self.recolour, key="recolour")
        yield Row("Count", self.count, key="count")
        yield Row("Quit", self.quit, key="quit")

    def radio(self, number: int) -> Row:
        """Give a row that excludes its neighbour."""

        def choose() -> None:
            self.choice = number
            self.say("choice", number)

        chosen = self.choice == number
        name = f"profile_{number}"
        return Row(name, choose, key=number, checked=lambda _: chosen, radio=True)

    def pause(self) -> None:
        """Turn the check mark."""
        self.paused = not self.paused
        self.say("paused", self.paused)

    def recolour(self) -> None:
        """Change colour and tooltip."""
        self.colour = 1 - self.colour
        self.icon.icon = self.draw
        self.icon.title = f"changed {self.colour}"
        self.say("recolour")

    def count(self) -> None:
        """Let the time run in the menu, ten times a second."""

        def run() -> None:
            while True:
                time.sleep(0.1)
                self.seconds += 1
                self.icon.update_menu()

        threading.Thread(target=run, daemon=True).start()
        self.say("counting")

    def quit(self) -> None:
        """End the program."""
        self.say("quit")
        self.icon.stop()


if __name__ == "__main__":
    demo = Demo()
    demo.icon.run()
    demo.say("ended")
