"""The picture of `tests/bench/horizon.py`: when people were told, end by end."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from tests.bench.horizon import Results, Score
from tests.bench.months import End

LEFT, TOP, PANEL, ROW, GAP = 110, 92, 330, 34, 34
FIRST, LAST = 35.0, -65.0
INK, PALE, PAPER = "#1f2933", "#d9dee3", "#ffffff"
GOOD, BAND, BAD = "#1a7f37", "#dff3e3", "#c4321c"
TITLE = "When people are told that a sign-in ends, from the third sign-in on"
WORDS = {
    End.CUT: "tokens are cut by the end",
    End.OUTLIVED: "tokens outlive the end",
    End.TURNED_AWAY: "tokens are turned away at the end",
}


def draw(results: Results, path: Path) -> None:
    """Draw one dot for each end: how many minutes before it people were told."""
    names = list(dict.fromkeys(name for name, _ in results))
    width = LEFT + len(End) * (PANEL + GAP)
    height = TOP + len(names) * ROW + 64
    image = Image.new("RGB", (2 * width, 2 * height), PAPER)
    pen = ImageDraw.Draw(image)
    _write(pen, 16, 14, TITLE, 17)
    for number, name in enumerate(names):
        _write(pen, 16, TOP + number * ROW + 8, name, 13)
    for column, end in enumerate(End):
        left = LEFT + column * (PANEL + GAP)
        _panel(pen, left, len(names), WORDS[end])
        for number, name in enumerate(names):
            _row(pen, left, TOP + number * ROW, results[name, end])
    legend = "a dot: an end; green band: 5 to 30 minutes before; red: not told in time"
    _write(pen, LEFT, height - 28, legend, 12)
    image.save(path, optimize=True)


def _panel(pen: ImageDraw.ImageDraw, left: float, rows: int, words: str) -> None:
    bottom = TOP + rows * ROW
    _write(pen, left, TOP - 46, words, 13)
    first, last = _across(left, 30), _across(left, 5)
    pen.rectangle([2 * first, 2 * TOP, 2 * last, 2 * bottom], fill=BAND)
    for minutes in (30, 15, 5, 0, -20, -40, -60):
        x = _across(left, minutes)
        colour = INK if minutes == 0 else PALE
        pen.line([2 * x, 2 * TOP, 2 * x, 2 * bottom], fill=colour, width=2)
        text = "end" if minutes == 0 else f"{-minutes:+}"
        _write(pen, x - 9, TOP - 20, text, 10)


def _row(pen: ImageDraw.ImageDraw, left: float, top: float, found: Score) -> None:
    told = [minutes for minutes in found.minutes if minutes is not None]
    for number, minutes in enumerate(told):
        x, y = _across(left, minutes), top + 5 + number * 7 % 23
        _dot(pen, x, y, GOOD)
    missed = len(found.minutes) - len(told)
    for number in range(missed):
        _dot(pen, left + PANEL - 8 - number // 5 % 4 * 5, top + 5 + number % 5 * 5, BAD)
    text = f"{found.in_time:.0%} of {found.ends}" if found.ends else "none seen"
    _write(pen, left + PANEL - 96, top + 9, text, 11)


def _across(left: float, minutes: float) -> float:
    return left + (FIRST - minutes) / (FIRST - LAST) * (PANEL - 110)


def _dot(pen: ImageDraw.ImageDraw, x: float, y: float, colour: str) -> None:
    pen.ellipse([2 * x - 3, 2 * y - 3, 2 * x + 3, 2 * y + 3], fill=colour)


def _write(pen: ImageDraw.ImageDraw, x: float, y: float, text: str, size: int) -> None:
    pen.text((2 * x, 2 * y), text, fill=INK, font=ImageFont.load_default(2 * size))
