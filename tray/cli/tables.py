"""Tables of text: columns as wide as they must be, and no wider than the terminal."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from tray.cli.printer import Tone

GAP = "  "
LEAST = 8
"""No column is cut below so many columns of the terminal."""

NARROWEST = 20
"""Sentences are folded no narrower than this, however small the terminal says it is."""

Paint = Callable[[str, Tone], str]


class Cell(NamedTuple):
    """A text and what it means."""

    text: str
    """The text, on one line."""

    tone: Tone = Tone.NONE
    """What it means."""


Row = Sequence[Cell]


def columns_of(text: str) -> int:
    """Tell how many columns of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(x) else 1 + (unicodedata.east_asian_width(x) in "WF")
        for x in text
    )


def shown(text: str) -> str:
    """Give a text on one line, with nothing in it that would steer a terminal."""
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else "?" for letter in text)


def cut(text: str, room: int) -> str:
    """Give as much of a text as fits."""
    if columns_of(text) <= room:
        return text
    while text and columns_of(text) > room - 1:
        text = text[:-1]
    return f"{text}…"


def folded(text: str, room: int | None, indent: str = GAP) -> list[str]:
    """Give a sentence on as many indented lines as it needs; addresses stay whole."""
    if room is None:
        return [f"{indent}{text}"]
    return textwrap.wrap(
        text,
        max(room, NARROWEST),
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )


def table(rows: Sequence[Row], paint: Paint, room: int | None) -> list[str]:
    """Lay out rows, the heads first; empty columns are left out.

    `room` is the terminal's columns, None where nothing has to fit. Where a last
    column of sentences does not fit, it goes below its row, indented.
    """
    rows = [[Cell(shown(cell.text), cell.tone) for cell in row] for row in rows]
    widths = [max(columns_of(cell.text) for cell in column) for column in zip(*rows)]  # noqa: B905
    if room is None:
        return [_line(row, widths, paint) for row in rows]
    if sum(widths) + len(GAP) * (_filled(widths) - 1) <= room:
        return [_line(row, widths, paint) for row in rows]
    if widths[-1] <= room // 3:
        front = _squeezed(widths[:-1], room - widths[-1] - len(GAP))
        return [_line(row, [*front, widths[-1]], paint) for row in rows]
    narrow = _squeezed(widths[:-1], room)
    heads, *others = rows
    lines = [_line(heads[:-1], narrow, paint)]
    for row in others:
        lines.append(_line(row[:-1], narrow, paint))
        text, tone = row[-1]
        lines += [paint(line, tone) for line in folded(text, room)]
    return lines


def _filled(widths: Sequence[int]) -> int:
    return sum(width > 0 for width in widths)


def _squeezed(widths: Sequence[int], room: int) -> list[int]:
    """Take from the widest columns until all fit, or none can give."""
    result = list(widths)
    excess = sum(result) + len(GAP) * (_filled(result) - 1) - room
    while excess > 0 and max(result) > LEAST:
        result[result.index(max(result))] -= 1
        excess -= 1
    return result


def _line(row: Row, widths: Sequence[int], paint: Paint) -> str:
    parts = []
    for cell, width in zip(row, widths, strict=True):
        if width:
            text = cut(cell.text, width)
            parts.append(paint(text, cell.tone) + " " * (width - columns_of(text)))
    return GAP.join(parts).rstrip()
