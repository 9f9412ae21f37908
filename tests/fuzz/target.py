"""One reader of ours that takes whatever comes."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.fuzz.engine import Check, Steps


@dataclass(frozen=True)
class Target:
    """A reader, and what is known of what it reads."""

    name: str
    """How it is called, also as a folder."""

    make: Callable[[Path], Check]
    """Gives the function that reads one input and raises for a fault; it may write into
    the folder."""

    modules: tuple[str, ...]
    """The code whose lines are to be reached."""

    seeds: tuple[bytes, ...]
    """Where it begins: the forms that are met in the world."""

    words: tuple[bytes, ...] = ()
    """Pieces that the format knows."""

    def steps(self) -> Steps:
        """Give the eyes on the code."""
        found = (importlib.import_module(name).__file__ for name in self.modules)
        return Steps(file for file in found if file)
