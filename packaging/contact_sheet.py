"""Draws every face of the icon on a dark and a light panel: docs/images/icon.png.

    python packaging/contact_sheet.py [FILE]

To be looked at whenever the artwork changes, and shown to those who ask what the icon
means.
"""

# ruff: noqa: INP001 - this folder must not become a package

from __future__ import annotations

import sys
from pathlib import Path

from PIL import Image, ImageDraw

from tray.core.face import FRAMES, MOST, RINGED, SLICES, Face, Mood
from tray.desktop.artwork import draw

SIZES = (16, 22, 24, 32, 48, 64)
PANELS = ("#2b2b2b", "#f0f0f0")
INKS = ("#d0d0d0", "#404040")
SHARES = (1.0, 0.75, 0.5, 0.25, 1 / SLICES)
COUNTS = (2, 3, 6, MOST)
GAP = 8
TITLE = 150
PLACE = Path(__file__).parent.parent / "docs" / "images" / "icon.png"


def faces() -> dict[str, Face]:
    """Give every face worth looking at, with its name."""
    found = {}
    for mood in Mood:
        for share in SHARES if mood in RINGED else (0.0,):
            slices = round(share * SLICES)
            name = mood.value.replace("_", " ")
            title = f"{name}, {slices}/{SLICES}" if mood in RINGED else name
            found[title] = Face(mood, slices)
    for frame in range(FRAMES):
        found[f"busy, moving {frame + 1}"] = Face(Mood.BUSY, frame=frame)
    for count in COUNTS:
        found[f"ended, {count}"] = Face(Mood.ENDED, 0, count)
        found[f"ending, {count}"] = Face(Mood.ENDING, SLICES // 3, count)
    return found


def sheet(rows: dict[str, Face]) -> Image.Image:
    """Give one picture: a row for each face, the panels side by side."""
    high = max(SIZES) + GAP
    wide = TITLE + sum(size + GAP for size in SIZES) + GAP
    image = Image.new("RGB", (wide * len(PANELS), high * len(rows) + GAP))
    pen = ImageDraw.Draw(image)
    for panel, (colour, ink) in enumerate(zip(PANELS, INKS, strict=True)):
        left = panel * wide
        pen.rectangle((left, 0, left + wide, image.height), fill=colour)
        for row, (title, face) in enumerate(rows.items()):
            middle = GAP + row * high + max(SIZES) // 2
            pen.text((left + GAP, middle - 6), title, fill=ink)
            at = left + TITLE
            for size in SIZES:
                icon = draw(face, size)
                image.paste(icon, (at, middle - size // 2), icon)
                at += size + GAP
    return image


def main() -> None:
    """Write the picture."""
    place = Path(sys.argv[1]) if len(sys.argv) > 1 else PLACE
    place.parent.mkdir(parents=True, exist_ok=True)
    sheet(faces()).quantize(96).save(place, optimize=True)
    sys.stdout.write(f"{place}\n")


if __name__ == "__main__":
    main()
