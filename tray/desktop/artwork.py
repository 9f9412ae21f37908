"""Draws the icon: a ring that drains, and a mark in it that tells the mood by form.

What works is a ring on a dark plate; what needs people is a solid sign with corners.
Shapes are drawn large and scaled down, so that they are crisp at every size. Dark
plates and rims set them off from light panels, bright colours from dark ones.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tray.core.face import RINGED, SLICES, Face, Mood
from tray.desktop.glyphs import MIDDLE, Glyph, Point, Stroke, mark, number

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

GRID = 32
"""The drawing's own units: it is laid out on so many by so many."""

SMALL = 32
"""Up to so many pixels a drawing is scaled down more: there every dot counts."""

SCALES = (8, 4)
"""How much larger than asked for it is drawn: small icons, large ones."""

COLOURS = {
    Mood.FINE: "#3ddc84",
    Mood.ENDING: "#ffb224",
    Mood.ENDED: "#e0313b",
    Mood.BUSY: "#2f7fe0",
    Mood.UNKNOWN: "#7b8794",
    Mood.CONFIG: "#9a5bd0",
    Mood.LOGGED_OUT: "#a3adb8",
    Mood.PAUSED: "#a3adb8",
    Mood.EMPTY: "#a3adb8",
}
"""One colour for each mood; form and mark tell the same without colour."""

PLATE = "#171c22"
TRACK = "#4b5662"
MARK = "#ffffff"
FADED = "#8db8ee"

SIGNS = {
    Mood.ENDED: ((6.2, 6.2), (25.8, 6.2), (25.8, 25.8), (6.2, 25.8)),
    Mood.CONFIG: ((16.0, 4.0), (28.4, 27.4), (3.6, 27.4)),
}
"""The signs with corners: a square for what has ended, a triangle for the config."""

ROUND = {Mood.ENDED: 4.8, Mood.CONFIG: 2.0}
"""How far a sign reaches beyond its corners, which are round."""

RIM = 1.1
"""How far the dark rim reaches beyond a sign."""


def draw(face: Face, size: int) -> Image:
    """Give the picture of a face, `size` pixels wide and high."""
    from PIL import Image, ImageDraw

    scale = SCALES[size > SMALL]
    wide = size * scale
    image = Image.new("RGBA", (wide, wide), (0, 0, 0, 0))
    pen = _Pen(ImageDraw.Draw(image), wide / GRID)
    _body(pen, face)
    glyph = _glyph(face)
    if face.frame is None:
        pen.glyph(glyph, MARK)
    else:  # one dot after the other lights up
        pen.glyph(glyph, FADED)
        pen.glyph(replace(glyph, strokes=(glyph.strokes[face.frame],)), MARK)
    return image.reduce(scale)


def _body(pen: _Pen, face: Face) -> None:
    colour = COLOURS[face.mood]
    if face.mood in SIGNS:
        pen.sign(SIGNS[face.mood], ROUND[face.mood] + RIM, PLATE)
        pen.sign(SIGNS[face.mood], ROUND[face.mood], colour)
    elif face.mood in {Mood.BUSY, Mood.UNKNOWN}:
        pen.disk(15.8, PLATE)
        pen.disk(14.6, colour)
    else:
        inner = 11.4 if face.count else 10.2
        pen.disk(15.8, PLATE)
        pen.disk(14.8, TRACK)
        if face.mood in RINGED:
            pen.pie(14.8, face.slices / SLICES, colour)
        pen.disk(inner, PLATE)


def _glyph(face: Face) -> Glyph:
    if not face.count:
        return mark(face.mood)
    return number(face.count, 17 if face.mood is Mood.ENDED else 12)


class _Pen:
    """Draws in the grid's units."""

    def __init__(self, surface: ImageDraw, unit: float) -> None:
        self._surface = surface
        self._unit = unit

    def disk(self, radius: float, colour: str) -> None:
        self._dot((MIDDLE, MIDDLE), radius, colour)

    def pie(self, radius: float, share: float, colour: str) -> None:
        """Draw the part of a disk that is left: from the top, draining clockwise."""
        low, high = (MIDDLE - radius) * self._unit, (MIDDLE + radius) * self._unit
        start = 270 + (1 - share) * 360
        if share > 0:
            self._surface.pieslice((low, low, high, high), start, 630, fill=colour)

    def sign(self, corners: Stroke, beyond: float, colour: str) -> None:
        """Draw a shape with round corners that reaches `beyond` them."""
        self._surface.polygon([self._at(corner) for corner in corners], fill=colour)
        self._line((*corners, corners[0]), 2 * beyond, colour)

    def glyph(self, glyph: Glyph, colour: str) -> None:
        for stroke in glyph.strokes:
            self._line(stroke, glyph.width, colour)

    def _line(self, points: Stroke, width: float, colour: str) -> None:
        pixels = round(width * self._unit)
        self._surface.line([self._at(point) for point in points], colour, pixels)
        for point in points:
            self._dot(point, width / 2, colour)

    def _dot(self, middle: Point, radius: float, colour: str) -> None:
        (x, y), far = self._at(middle), radius * self._unit
        self._surface.ellipse((x - far, y - far, x + far, y + far), fill=colour)

    def _at(self, point: Point) -> Point:
        return point[0] * self._unit, point[1] * self._unit
