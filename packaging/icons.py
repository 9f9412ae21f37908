"""Draws the application's icon for the places that take no SVG.

It is the tray's own drawing of a sign-in that has three quarters of its time left,
which is what `sso-tray.svg` shows as well.
"""

# ruff: noqa: INP001 - this folder must not become a package

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from tray.core.face import SLICES, Face, Mood
from tray.desktop.artwork import draw

FACE = Face(Mood.FINE, SLICES * 3 // 4)


def draw_icons(folder: Path, sizes: Sequence[int]) -> Iterator[Path]:
    """Write a PNG for each size in pixels; give their places."""
    folder.mkdir(parents=True, exist_ok=True)
    for size in sizes:
        place = folder / f"sso-tray-{size}.png"
        draw(FACE, size).save(place, optimize=True)
        yield place
