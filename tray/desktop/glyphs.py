"""The marks and digits of the icon, as strokes on its grid.

They are drawn by us and not by a font, so that they look the same everywhere, are as
bold as 16 pixels need, and cost no font engine in memory.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import cos, radians, sin
from typing import TypeAlias

from tray.core.face import MOST, Mood

Point: TypeAlias = tuple[float, float]
Stroke: TypeAlias = tuple[Point, ...]

MIDDLE = 16.0
"""The middle of the grid, which is 32 wide and high."""

ARC_STEP = 15
"""Degrees between two points of a bow; the eye sees no corners."""


@dataclass(frozen=True, slots=True)
class Glyph:
    """Strokes, and how bold they are."""

    strokes: tuple[Stroke, ...]
    """Lines through points; a stroke of one point is a dot."""

    width: float
    """The pen's width; even ones are crisp at 16 pixels."""


def bow(middle: Point, size: Point, start: int, end: int) -> Stroke:
    """Give the points of a part of an ellipse: degrees, clockwise from the right."""
    step = ARC_STEP if end > start else -ARC_STEP
    angles = [*range(start, end, step), end]
    return tuple(
        (middle[0] + size[0] * cos(radians(a)), middle[1] + size[1] * sin(radians(a)))
        for a in angles
    )


def mark(mood: Mood) -> Glyph:
    """Give the mark that tells a mood by form."""
    return _MARKS[mood]


def number(count: int, height: float) -> Glyph:
    """Give a number in the middle, with digits so high; "9+" for `MOST`."""
    many = count >= MOST
    digit = _DIGITS[9 if many else count]
    scale = height / _HEIGHT
    shift = -5.0 if many else 0.0
    strokes = list(_placed(digit, scale, MIDDLE + shift))
    if many:
        x, arm = MIDDLE + 6.6, 3.0
        strokes.append(((x - arm, MIDDLE), (x + arm, MIDDLE)))
        strokes.append(((x, MIDDLE - arm), (x, MIDDLE + arm)))
    return Glyph(tuple(strokes), 3.2 if many else 4 * max(scale, 0.8))


def _placed(digit: Iterable[Stroke], scale: float, x: float) -> Iterable[Stroke]:
    for stroke in digit:
        yield tuple(
            (x + (px - _WIDTH / 2) * scale, MIDDLE + (py - _HEIGHT / 2) * scale)
            for px, py in stroke
        )


_BANG: tuple[Stroke, ...] = (((16, 7.5), (16, 17.5)), ((16, 24),))
_MARKS = {
    Mood.FINE: Glyph((((11.4, 16.4), (14.7, 19.7), (20.8, 12.6)),), 3.4),
    Mood.ENDING: Glyph((((16, 10), (16, 16.4)), ((16, 21.6),)), 4),
    Mood.ENDED: Glyph(_BANG, 4.4),
    Mood.BUSY: Glyph((((9, 16),), ((16, 16),), ((23, 16),)), 4.4),
    Mood.UNKNOWN: Glyph(
        ((*bow((16, 12), (4.6, 4.4), 180, 405), (16, 18.6)), ((16, 24.2),)), 3.6
    ),
    Mood.CONFIG: Glyph((((16, 12), (16, 18.5)), ((16, 24.2),)), 3.8),
    Mood.LOGGED_OUT: Glyph((((11, 16), (21, 16)),), 4),
    Mood.PAUSED: Glyph((((12, 12), (12, 20)), ((20, 12), (20, 20))), 4),
    Mood.EMPTY: Glyph((((16, 11), (16, 21)), ((11, 16), (21, 16))), 4),
}

_WIDTH, _HEIGHT = 10.0, 16.0
"""The box of a digit's middle lines."""

_DIGITS: dict[int, tuple[Stroke, ...]] = {
    2: ((*bow((5, 4.6), (4.6, 4.6), 190, 395), (0.4, 16), (9.8, 16)),),
    3: (
        bow((4.8, 4.2), (4.2, 4.2), 205, 450),
        bow((4.8, 12), (4.6, 4), 270, 515),
    ),
    4: (((7.2, 16), (7.2, 0), (0, 11.4), (10, 11.4)),),
    5: (((9, 0), (1.4, 0), (0.9, 7), *bow((4.8, 10.8), (4.8, 5.2), 230, 500)),),
    6: (
        (*bow((10, 10.8), (9.8, 11), 255, 180), (0.2, 10.8)),
        bow((5, 11.2), (4.8, 4.8), 0, 360),
    ),
    7: (((0.2, 0), (9.8, 0), (3.8, 16)),),
    8: (
        bow((5, 4), (4, 4), 0, 360),
        bow((5, 12), (4.8, 4), 0, 360),
    ),
    9: (
        bow((5, 4.8), (4.8, 4.8), 0, 360),
        (*bow((0, 5.2), (9.8, 11), 0, 75),),
    ),
}
