"""Asking people: what a guided command needs of a terminal, and who gives it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from tray.core.picking import Picking

Check = Callable[[str], str]
"""Gives what is wrong with an answer; empty when it is right."""


Pieces = list[tuple[str, str]]
"""Pieces of a picture: how each looks, in prompt_toolkit's words, and its text."""


def any_text(_: str) -> str:
    """Find nothing wrong with any answer."""
    return ""


class Asking(Protocol):
    """Somebody at a terminal.

    Every question raises `Cancelled` when people leave, by Ctrl-C or at the end of
    what they type. Nothing that is asked is a secret.
    """

    def text(
        self,
        question: str,
        proposed: str = "",
        check: Check = any_text,
        preview: Callable[[str], str] | None = None,
    ) -> str:
        """Give a line that passes the check, without blanks at its ends.

        `preview` says what would follow from what is typed, while it is typed.
        """
        ...

    def confirm(self, question: str, *, proposed: bool = True) -> bool:
        """Give yes or no."""
        ...

    def pick(self, question: str, rows: Sequence[str]) -> tuple[int, ...]:
        """Give the numbers of the rows that were picked, in order; none is possible."""
        ...


def at_a_terminal() -> bool:
    """Tell whether somebody can be asked: they see our talk, and can type."""
    try:
        return sys.stdin.isatty() and sys.stderr.isatty()
    except (AttributeError, ValueError):  # closed, or pythonw has none
        return False


def summary(picking: Picking, height: int) -> Pieces:
    """Give the picture of a list with ticks: a style and a text for each piece."""
    pieces: Pieces = [
        ("bold", f"  search: {picking.query}"),
        ("", "\n"),
    ]
    shown = picking.shown
    here = shown[picking.at] if shown else None
    for number in picking.window(height):
        mark = "[x]" if number in picking.chosen else "[ ]"
        style = "reverse" if number == here else ""
        pieces.append((style, f"  {mark} {picking.labels[number]}"))
        pieces.append(("", "\n"))
    counts = (
        f"{len(picking.chosen)} ticked, {len(shown)} of {len(picking.labels)} shown"
    )
    return [*pieces, ("fg:ansibrightblack", f"  {counts}")]
