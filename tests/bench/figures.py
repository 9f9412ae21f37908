"""What a bench finds: figures with a unit and the aim that they are held against."""

from __future__ import annotations

import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

RATIO = "x"
"""The unit of ratios, to `python3 -c pass` unless the words say another."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the report."""

    aim: str
    """Whose it is: P1 to P11."""

    what: str
    """What was measured, in words."""

    value: float
    """The figure."""

    unit: str
    """Its unit; `x` for a ratio."""

    limit: float | None = None
    """What is aimed at; None for peers, and for what only explains."""

    least: bool = False
    """Whether the aim is the least that it may be, not the most."""

    peer: bool = False
    """Whether it is another program's."""

    @property
    def reached(self) -> bool | None:
        """Tell whether the aim is reached; None where there is none."""
        if self.limit is None:
            return None
        return self.value >= self.limit if self.least else self.value <= self.limit

    @property
    def words(self) -> str:
        """The figure as people read it."""
        return _words(self.value, self.unit)

    @property
    def aim_words(self) -> str:
        """The aim as people read it."""
        if self.limit is None:
            return ""
        return f"{'>=' if self.least else '<='} {_words(self.limit, self.unit)}"


def _words(value: float, unit: str) -> str:
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 20 else 2
    text = f"{value:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text} {unit}"


@dataclass(frozen=True, slots=True)
class Command:
    """A program that is run to its end, again and again."""

    words: Sequence[str]
    """Its words."""

    environ: Mapping[str, str]
    """Its variables."""

    def run(self) -> float:
        """Run it; give its seconds. It must end well and have said something."""
        began = time.perf_counter()
        done = subprocess.run(
            self.words, env=self.environ, capture_output=True, check=False, timeout=90
        )
        took = time.perf_counter() - began
        assert done.returncode == 0, (self.words, done.stdout, done.stderr)
        return took


def medians(
    commands: Mapping[str, Command], rounds: int, warm: int = 2
) -> dict[str, float]:
    """Give each command's median in seconds; all take turns, so all meet one weather.

    Some runs before count for nothing: files are then in memory, and what a program
    keeps for later is kept.
    """
    found: dict[str, list[float]] = {name: [] for name in commands}
    for number in range(rounds + warm):
        for name, command in commands.items():
            took = command.run()
            if number >= warm:
                found[name].append(took)
    return {name: statistics.median(times) for name, times in found.items()}
