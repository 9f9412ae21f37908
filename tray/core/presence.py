"""What is known of the person at the screen; what can't be told means present."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether somebody is there, and wants to hear of anything."""

    locked: bool = False
    """The screen is locked, or its saver covers it."""

    asleep: bool = False
    """The machine is about to sleep, or sleeps."""

    do_not_disturb: bool = False
    """The desktop asks for no notices."""

    settling: bool = False
    """The program has just begun, and who could tell has not answered yet."""

    idle_for: timedelta | None = None
    """How long ago the last key or pointer event was; None: not known."""


PRESENT = Presence()
"""Somebody is there, as far as anything says."""
