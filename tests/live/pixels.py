"""Finding things on a screen that are no windows of their own: by what changed."""

from __future__ import annotations

import time

from PIL import Image, ImageChops

from tests.live.screen import Box, Screen, poll

Picture = Image.Image


def difference(before: Picture, after: Picture, room: Box) -> Box | None:
    """Give the box around all that changed within `room`; None for nothing."""
    corners = (room.x, room.y, room.x + room.w, room.y + room.h)
    changes = ImageChops.difference(before.crop(corners), after.crop(corners))
    red, green, blue = changes.split()  # grey on blue can be equally light
    largest = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    edges = largest.point([0] * 8 + [255] * 248).getbbox()
    if edges is None:
        return None
    left, upper, right, lower = edges
    return Box(room.x + left, room.y + upper, right - left, lower - upper)


def appeared(screen: Screen, before: Picture, room: Box, seconds: float = 15) -> Box:
    """Wait until something large has come up within `room` and stands still."""

    def standing() -> Box | None:
        first = difference(before, screen.screenshot(), room)
        if first is None or first.w < 100 or first.h < 40:
            return None
        time.sleep(0.4)
        return first if difference(before, screen.screenshot(), room) == first else None

    return poll(standing, "something new on the screen", seconds)


def settled(screen: Screen, room: Box) -> None:
    """Wait until nothing moves in `room`."""

    def still() -> bool:
        before = screen.screenshot()
        time.sleep(0.5)
        return difference(before, screen.screenshot(), room) is None

    poll(still, "the screen to settle")


def plain(screen: Screen, room: Box) -> None:
    """Wait until `room` has one colour: no window, menu or notice is left in it.

    GNOME lets a notice stand until people do something, and begins with an overview,
    which a click leaves.
    """
    corners = (room.x, room.y, room.x + room.w, room.y + room.h)

    def empty() -> bool:
        bands = screen.screenshot().crop(corners).getextrema()
        if all(low == high for low, high in bands):  # type: ignore[misc]
            return True
        screen.click(room.middle)
        time.sleep(1)
        return False

    poll(empty, "an empty desktop", 30)


def vanished(screen: Screen, before: Picture, room: Box) -> None:
    """Wait until `room` looks as it did before."""
    poll(
        lambda: difference(before, screen.screenshot(), room) is None,
        "the screen is as before",
    )


def lines_of_text(picture: Picture, box: Box) -> list[int]:
    """Give the middle of each line of text in a menu, from the top.

    A line is a run of rows of pixels in which something differs from the background;
    a separator is a thin one.
    """
    strip = (box.x + 20, box.y, box.x + box.w // 2, box.y + box.h)
    grey = picture.crop(strip).convert("L")
    background = max(enumerate(grey.histogram()), key=lambda pair: pair[1])[0]
    mask = grey.point([255 * (abs(v - background) > 40) for v in range(256)])
    inked = [
        mask.crop((0, y, mask.width, y + 1)).getbbox() is not None
        for y in range(mask.height)
    ]
    return [box.y + (a + b) // 2 for a, b in _runs(inked, gap=3) if b - a > 4]


def light_buttons(picture: Picture, box: Box) -> list[tuple[int, int]]:
    """Give the middle of each light button in the lowest row of them, from the left."""
    for y in range(box.y + box.h - 1, box.y, -1):
        row = picture.crop((box.x, y, box.x + box.w, y + 1)).convert("L")
        light = [value > 240 for value in row.tobytes()]
        wide = [(a, b) for a, b in _runs(light, gap=2) if b - a > 30]
        if len(wide) > 1:
            return [(box.x + (a + b) // 2, y - 8) for a, b in wide]
    return []


def _runs(marks: list[bool], gap: int) -> list[tuple[int, int]]:
    """Give first and last of each run of marks; smaller gaps are bridged."""
    runs: list[tuple[int, int]] = []
    for at, mark in enumerate(marks):
        if not mark:
            continue
        if runs and at - runs[-1][1] <= gap:
            runs[-1] = (runs[-1][0], at)
        else:
            runs.append((at, at))
    return runs
