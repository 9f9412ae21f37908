"""Pictures as panels take them: ARGB in network byte order."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from PIL.Image import Image

Picture: TypeAlias = "Image | Callable[[int], Image]"
"""An image, or what draws one crisply at a size in pixels."""


def pixmap(picture: Picture, size: int) -> tuple[int, int, bytes]:
    """Give width, height and the pixels as ARGB in network byte order."""
    image = picture(size) if callable(picture) else picture
    if image.size != (size, size):
        image = image.resize((size, size))
    red, green, blue, alpha = image.convert("RGBA").split()
    data = bytearray(4 * size * size)
    for offset, band in enumerate((alpha, red, green, blue)):
        data[offset::4] = band.tobytes()
    return size, size, bytes(data)
