"""What is delivered beyond what programs ask for, and what came in the way."""

from __future__ import annotations

from enum import StrEnum


class Snag(StrEnum):
    """Why a profile can't be mirrored into the shared credentials file."""

    NAME = "name"
    """No section can have its name in all tools."""

    BY_HAND = "by-hand"
    """A section of its name stands there already."""

    EDITED = "edited"
    """Somebody has written into our block."""

    FILE = "file"
    """AWS's tools refuse the whole file."""

    VALUE = "value"
    """AWS gave keys that no such file can hold."""
