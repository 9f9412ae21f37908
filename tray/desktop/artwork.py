"""Draws the icon: a ring that drains, and a mark in it that tells the mood by form.

Shapes are drawn large and scaled down, so that they are crisp at every size. Each has
a dark rim, so that it can be seen on light panels and dark ones.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from tray.core.face import SLICES, Face, Mood

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

SCALE = 8
"""How much larger than asked for it is drawn."""

GRID = 32
"""The drawing's own units: it is laid out on so many by so many."""

COLOURS = {
    Mood.FINE: "#2fae60",
    Mood.ENDING: "#f2a71b",
    Mood.ENDED: "#e5484d",
    Mood.BUSY: "#3b8ee0",
    Mood.UNKNOWN: "#9aa3ad",
    Mood.CONFIG: "#b07cd8",
    Mood.LOGGED_OUT: "#9aa3ad",
    Mood.PAUSED: "#9aa3ad",
    Mood.EMPTY: "#9aa3ad",
}
"""One colour for each mood; the mark inside tells the same without colour."""

RIM = "#14181dcc"
TRACK = "#9aa3ad66"
MARK = "#ffffff"


@lru_cache(maxsize=64)
def draw(face: Face, size: int) -> Image:
    """Give the picture of a face, `size` pixels wide and high."""
    from PIL import Image, ImageDraw

    wide = size * SCALE
    image = Image.new("RGBA", (wide, wide), (0, 0, 0, 0))
    pen = _Pen(ImageDraw.Draw(image), wide / GRID)
    colour = COLOURS[face.mood]
    pen.disk(16, 16, 15.6, RIM)
    if face.mood in {Mood.FINE, Mood.ENDING}:
        _ring(pen, face, colour)
    else:
        pen.disk(16, 16, 14.4, colour)
    _mark(pen, face)
    return image.resize((size, size), Image.Resampling.LANCZOS)


def _ring(pen: _Pen, face: Face, colour: str) -> None:
    pen.disk(16, 16, 14.4, TRACK)
    pen.pie(14.4, face.slices / SLICES, colour)
    pen.disk(16, 16, 9.2, RIM)
    pen.disk(16, 16, 8.2, colour)


def _mark(pen: _Pen, face: Face) -> None:
    if face.count > 1 and face.mood in {Mood.ENDING, Mood.ENDED}:
        pen.number(face.count)
        return
    marks = {
        Mood.FINE: ((11.8, 16.4, 14.8, 19.4), (14.8, 19.4, 20.4, 12.8)),
        Mood.ENDING: ((16, 11, 16, 16.8), (16, 20.6, 16, 20.8)),
        Mood.ENDED: ((16, 8, 16, 18), (16, 23.6, 16, 23.8)),
        Mood.BUSY: ((16, 8.4, 16, 16), (16, 16, 21.6, 19.4)),
        Mood.UNKNOWN: (
            (12, 12.4, 14, 9.8),
            (14, 9.8, 18, 9.8),
            (18, 9.8, 20, 12.4),
            (20, 12.4, 16, 16.4),
            (16, 16.4, 16, 18.6),
            (16, 23.4, 16, 23.6),
        ),
        Mood.CONFIG: ((10.4, 10.4, 21.6, 21.6), (21.6, 10.4, 10.4, 21.6)),
        Mood.LOGGED_OUT: ((9.6, 16, 22.4, 16),),
        Mood.PAUSED: ((12.6, 10, 12.6, 22), (19.4, 10, 19.4, 22)),
        Mood.EMPTY: ((16, 9.6, 16, 22.4), (9.6, 16, 22.4, 16)),
    }
    for x1, y1, x2, y2 in marks[face.mood]:
        pen.line((x1, y1), (x2, y2))


class _Pen:
    """Draws in the grid's units."""

    def __init__(self, surface: ImageDraw, unit: float) -> None:
        self._surface = surface
        self._unit = unit

    def disk(self, x: float, y: float, radius: float, colour: str) -> None:
        u = self._unit
        box = ((x - radius) * u, (y - radius) * u, (x + radius) * u, (y + radius) * u)
        self._surface.ellipse(box, fill=colour)

    def pie(self, radius: float, share: float, colour: str) -> None:
        """Draw the part of a disk that is left: from the top, draining clockwise."""
        if share <= 0:
            return
        u = self._unit
        low, high = (16 - radius) * u, (16 + radius) * u
        start = 270 + (1 - share) * 360
        self._surface.pieslice((low, low, high, high), start, 630, fill=colour)

    def line(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        u, width = self._unit, 3.2
        points = (start[0] * u, start[1] * u, end[0] * u, end[1] * u)
        self._surface.line(points, fill=MARK, width=round(width * u))
        for x, y in (start, end):
            self.disk(x, y, width / 2, MARK)

    def number(self, count: int) -> None:
        from PIL import ImageFont

        text = str(count) if count < 10 else "9+"  # noqa: PLR2004 - one digit fits
        font = ImageFont.load_default(18 * self._unit if len(text) == 1 else 13)
        middle = (16 * self._unit, 16 * self._unit)
        self._surface.text(middle, text, fill=MARK, font=font, anchor="mm")
