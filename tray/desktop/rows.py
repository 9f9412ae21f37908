"""Rows of a menu as plain values, and the folding of long lists."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tray.core.commands import Command
from tray.core.wording import menu as words
from tray.core.wording.labels import lines

FOLD = 25
"""More rows than this in one level can't be taken in; they are folded."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the menu."""

    label: str
    """What it says."""

    command: Command | None = None
    """What a click asks for; a row without one, and without children, is grey."""

    key: str = ""
    """Names it among its siblings, whatever it says; the label where empty."""

    children: Callable[[], Sequence[Row]] | None = None
    """The rows below it, made when they are looked at."""

    checked: bool | None = None
    """Whether it is ticked; None: it has no tick."""

    default: bool = False
    """Whether a click on the icon itself means this row."""

    static: bool = False
    """Whether it never changes, with all below it."""

    short: str = ""
    """Its name as an end of a folded part; the label where empty."""


SEPARATOR = Row("")
"""A line between two groups."""


def text_rows(key: str, *sentences: str) -> tuple[Row, ...]:
    """Give sentences as grey rows."""
    found = [line for sentence in sentences for line in lines(sentence)]
    return tuple(Row(line, key=f"{key} {at}") for at, line in enumerate(found))


def with_lines(*groups: Sequence[Row]) -> tuple[Row, ...]:
    """Give the groups that have rows, with a line between each two."""
    found = list[Row]()
    for group in groups:
        found += [SEPARATOR, *group] if found and group else group
    return tuple(found)


def fold(rows: Sequence[Row]) -> Sequence[Row]:
    """Give at most `FOLD` rows: the same ones, or even parts named by their ends.

    The list is as shallow as it can be. A part is static when its rows are.
    """
    if len(rows) <= FOLD:
        return rows
    room = FOLD  # for the rows of one part, with all its levels
    while room * FOLD < len(rows):
        room *= FOLD
    parts = -(-len(rows) // room)
    ends = [len(rows) * part // parts for part in range(parts + 1)]
    return [
        _part(f"part {number}", rows[ends[number] : ends[number + 1]])
        for number in range(parts)
    ]


def _part(key: str, rows: Sequence[Row]) -> Row:
    first, last = rows[0], rows[-1]
    return Row(
        words.span(first.short or first.label, last.short or last.label),
        key=key,
        children=lambda: fold(rows),
        static=all(row.static for row in rows),
    )
