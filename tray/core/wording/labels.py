"""Texts of other people made into labels: one line, not too long, the right way round.

Names come from config files, where anything may stand.
"""

from __future__ import annotations

import re
import textwrap
import unicodedata

LONGEST = 80
"""Columns; longer labels make a menu wider than a screen."""

MOST_PARTS = 8
"""Characters a column; a letter that people see may have many, but not any number."""

UNNAMED = "(no name)"
ELLIPSIS = "…"

LEFT_TO_RIGHT = "\u200e"
"""An invisible letter: what follows it is laid out from left to right."""

_TURNING = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""What turns the order of the letters around, and what is no letter at all."""

_SPACES = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_JOINER = "\u200d"
_VARIANTS = range(0xFE00, 0xFE10)
_SKINS = range(0x1F3FB, 0x1F400)


def label(text: str, columns: int = LONGEST) -> str:
    """Give a text that is safe as one line of a menu, at most so many columns wide.

    A line with a name in Hebrew or Arabic is laid out from left to right like the rest.
    """
    line = _SPACES.sub(" ", _TURNING.sub("", text)).strip() or UNNAMED
    line = line[: columns * MOST_PARTS]
    if line.isascii():
        return line if len(line) <= columns else line[: columns - 1] + ELLIPSIS
    turned = any(unicodedata.bidirectional(char) in {"R", "AL"} for char in line)
    return LEFT_TO_RIGHT * turned + _cut(line, columns)


def lines(text: str) -> tuple[str, ...]:
    """Give a sentence as rows that can be read whole."""
    whole = textwrap.wrap(_SPACES.sub(" ", text), LONGEST - 16, break_on_hyphens=False)
    return tuple(label(line) for line in whole)


def _cut(line: str, columns: int) -> str:
    """Cut between two letters as people see them: an emoji has several parts."""
    width, fits = 0, 0
    for at, char in enumerate(line):
        belongs = _belongs(char) or line[at - 1 : at] == _JOINER
        if not belongs and width < columns:
            fits = at
        width += 0 if belongs else _columns(char)
        if width > columns:
            return line[:fits] + ELLIPSIS
    return line


def _belongs(char: str) -> bool:
    """Tell whether a character is a part of the letter before it."""
    number = ord(char)
    mark = unicodedata.category(char) in {"Mn", "Me"}
    return mark or char == _JOINER or number in _VARIANTS or number in _SKINS


def _columns(char: str) -> int:
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
