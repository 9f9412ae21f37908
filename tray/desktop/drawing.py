"""A drawing described once, and written as SVG or PNG.

Positions are in the drawing's own units, from the upper left corner; text stands on
its line.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

Point = tuple[float, float]

SCALE = 2
"""How many pixels a unit has in a PNG, for screens of today."""

FINER = 2
"""How much larger a PNG is drawn before it is scaled down, for smooth edges."""

MOST_PIXELS = 60_000_000
"""A larger picture is drawn without that, as memory is dear."""

FONT = "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', 'DejaVu Sans', sans-serif"
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}
"""SVG's names for where a text begins, and Pillow's."""


@dataclass(frozen=True, slots=True)
class Box:
    """A filled rectangle."""

    at: Point
    """Its upper left corner."""

    size: Point
    """Its width and height."""

    fill: str
    """Its colour."""

    round: float = 0.0
    """The radius of its corners."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    begin: Point
    """One end."""

    end: Point
    """The other."""

    colour: str
    """Its colour."""

    width: float = 1.0
    """How thick it is."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled polygon."""

    corners: tuple[Point, ...]
    """Its corners."""

    fill: str
    """Its colour."""


@dataclass(frozen=True, slots=True)
class Words:
    """A line of text."""

    at: Point
    """Where it stands: its beginning, middle or end."""

    text: str
    """What it says."""

    size: float
    """Its height."""

    colour: str
    """Its colour."""

    anchor: str = "start"
    """What of it stands there: `start`, `middle` or `end`."""


Part = Box | Line | Shape | Words


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: its parts from the lowest to the uppermost."""

    width: float
    """Its width."""

    height: float
    """Its height."""

    title: str
    """What it shows, for those who can't see it."""

    parts: tuple[Part, ...]
    """What is drawn."""


def svg(drawing: Drawing) -> bytes:
    """Give a drawing as an SVG file."""
    width, height = _number(drawing.width), _number(drawing.height)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"'
        f' viewBox="0 0 {width} {height}" role="img" font-family="{FONT}">'
    )
    lines = (
        head,
        f"<title>{_safe(drawing.title)}</title>",
        *map(_element, drawing.parts),
        "</svg>\n",
    )
    return "\n".join(lines).encode()


def png(drawing: Drawing) -> bytes:
    """Give a drawing as a PNG file."""
    from PIL import Image, ImageDraw

    pixels = drawing.width * drawing.height * (SCALE * FINER) ** 2
    finer = FINER if pixels <= MOST_PIXELS else 1
    scale = SCALE * finer
    size = round(drawing.width * scale), round(drawing.height * scale)
    image = Image.new("RGB", size, "#ffffff")
    pen = ImageDraw.Draw(image)
    for part in drawing.parts:
        _paint(pen, part, scale)
    out = io.BytesIO()
    image.reduce(finer).save(out, "PNG", optimize=True)
    return out.getvalue()


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _safe(text: str) -> str:
    """Give a text as XML; what XML can't hold is a question mark."""
    return escape("".join(letter if letter.isprintable() else "?" for letter in text))


def _attributes(**values: float) -> str:
    return " ".join(f'{name}="{_number(value)}"' for name, value in values.items())


def _element(part: Part) -> str:
    match part:
        case Box((x, y), (width, height), fill, rounded):
            place = _attributes(x=x, y=y, width=width, height=height, rx=rounded)
            return f'<rect {place} fill="{fill}"/>'
        case Line((x1, y1), (x2, y2), colour, width):
            place = _attributes(x1=x1, y1=y1, x2=x2, y2=y2)
            wide = _number(width)
            return f'<line {place} stroke="{colour}" stroke-width="{wide}"/>'
        case Shape(corners, fill):
            points = " ".join(f"{_number(x)},{_number(y)}" for x, y in corners)
            return f'<polygon points="{points}" fill="{fill}"/>'
        case Words((x, y), text, size, colour, anchor):
            place = f'{_attributes(x=x, y=y)} font-size="{_number(size)}"'
            look = f'fill="{colour}" text-anchor="{anchor}"'
            return f"<text {place} {look}>{_safe(text)}</text>"
        case _:
            assert_never(part)


def _paint(pen: ImageDraw, part: Part, scale: float) -> None:
    match part:
        case Box((x, y), (width, height), fill, rounded):
            right, bottom = (x + width) * scale - 1, (y + height) * scale - 1
            left, top = x * scale, y * scale
            if right >= left and bottom >= top:
                edges = (left, top, right, bottom)
                pen.rounded_rectangle(edges, rounded * scale, fill)
        case Line(begin, end, colour, width):
            points = list(_scaled((begin, end), scale))
            pen.line(points, colour, max(round(width * scale), 1))
        case Shape(corners, fill):
            pen.polygon(list(_scaled(corners, scale)), fill)
        case Words():
            _write(pen, part, scale)
        case _:
            assert_never(part)


def _scaled(points: tuple[Point, ...], scale: float) -> Iterator[Point]:
    return ((x * scale, y * scale) for x, y in points)


def _write(pen: ImageDraw, words: Words, scale: float) -> None:
    from PIL import ImageFont

    (x, y), anchor = words.at, ANCHORS[words.anchor]
    font = ImageFont.load_default(words.size * scale)
    text = "".join(letter if letter.isprintable() else "?" for letter in words.text)
    pen.text((x * scale, y * scale), text, words.colour, font, anchor)
