"""An X screen seen and touched from outside: pixels, windows, a real pointer."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeVar

from PIL import Image, ImageGrab
from Xlib import X
from Xlib.display import Display
from Xlib.error import XError
from Xlib.ext import xtest

T = TypeVar("T")
GREEN: Final = (0x2E, 0x7D, 0x32)


def poll(test: Callable[[], T | None], what: str, seconds: float = 20) -> T:
    """Give the first true answer; fail with `what` after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if result := test():
            return result
        time.sleep(0.03)
    message = f"{what}: not within {seconds} s"
    raise TimeoutError(message)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the screen, in pixels."""

    x: int
    """Its left edge."""
    y: int
    """Its upper edge."""
    w: int
    """Its width."""
    h: int
    """Its height."""

    @property
    def middle(self) -> tuple[int, int]:
        """The pixel in the middle."""
        return self.x + self.w // 2, self.y + self.h // 2


class Screen:
    """What people see and do; a `Desktop` is one."""

    env: dict[str, str]
    _x: Display

    # -- the screen -----------------------------------------------------------------
    def screenshot(self, path: Path | None = None) -> Image.Image:
        """Give the screen; write it as PNG too, if a path is given."""
        image = ImageGrab.grab(xdisplay=self.env["DISPLAY"]).convert("RGB")
        if path is not None:
            image.save(path)
        return image

    def find(self, colour: tuple[int, int, int]) -> Box | None:
        """Give the box around all pixels of about this colour; None without 20."""
        near = [
            band.point([255 * (abs(value - wanted) <= 12) for value in range(256)])
            for band, wanted in zip(self.screenshot().split(), colour, strict=True)
        ]
        mask = Image.merge("RGB", near).convert("L").point([0] * 255 + [255])
        edges = mask.getbbox()
        if edges is None or mask.histogram()[255] < 20:
            return None
        left, upper, right, lower = edges
        return Box(left, upper, right - left, lower - upper)

    def icon_box(
        self, colour: tuple[int, int, int] = GREEN, seconds: float = 20
    ) -> Box:
        """Wait for an icon of this colour; give where it is."""
        return poll(lambda: self.find(colour), f"an icon of colour {colour}", seconds)

    def wait_gone(self, colour: tuple[int, int, int] = GREEN) -> None:
        """Wait until nothing on the screen has this colour."""
        poll(lambda: self.find(colour) is None, f"nothing of colour {colour}")

    def move(self, place: tuple[int, int]) -> None:
        """Move the pointer."""
        xtest.fake_input(self._x, X.MotionNotify, x=place[0], y=place[1])
        self._x.sync()

    def click(self, place: tuple[int, int], button: int = 1) -> None:
        """Click with a real pointer; button 3 is the right one."""
        self.move(place)
        time.sleep(0.15)  # panels want to see the pointer arrive
        for kind in (X.ButtonPress, X.ButtonRelease):
            xtest.fake_input(self._x, kind, button)
            self._x.sync()
            time.sleep(0.05)

    def popups(self) -> list[Box]:
        """Give the windows that look like menus or notices, newest last."""
        boxes = []
        for window in self._x.screen().root.query_tree().children:
            try:
                attributes, shape = window.get_attributes(), window.get_geometry()
            except XError:
                continue  # gone meanwhile
            seen = attributes.map_state == X.IsViewable and attributes.override_redirect
            if seen and shape.width > 50 and shape.height > 40:
                boxes.append(Box(shape.x, shape.y, shape.width, shape.height))
        return boxes

    def wait_menu(self, known: Sequence[Box] = (), seconds: float = 10) -> Box:
        """Wait for a menu that is not among `known`; give where it is."""

        def fresh() -> list[Box]:
            return [box for box in self.popups() if box not in known]

        poll(fresh, "a menu", seconds)
        time.sleep(0.3)  # some themes move it once
        return poll(fresh, "a menu that stays open", 1)[-1]

    def wait_no_menu(self) -> None:
        """Wait until no menu is open."""
        poll(lambda: not self.popups(), "all menus closed")
