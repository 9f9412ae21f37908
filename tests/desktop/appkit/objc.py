"""So much of PyObjC as pystray asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def namedSelector(_: bytes) -> Callable[[T], T]:  # noqa: N802 - PyObjC's name
    """Give what leaves a method as it is."""
    return lambda method: method
