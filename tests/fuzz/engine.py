"""A small coverage-guided fuzzer in plain Python, for where atheris can't be.

An input is kept when it takes a step from one line to another that none took before.
"""

from __future__ import annotations

import random
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from tests.fuzz.mutations import mutated

MOST_STEPS = 50_000
"""Lines that the shortest input may take: more of them, and it hangs."""

STEPS_PER_BYTE = 400
"""More lines that each byte may take."""

LONGEST_SECONDS = 1.0
"""Processor seconds that an input may take without the tracing."""

Step = tuple[str, int, int]
Check = Callable[[bytes], None]


class Hangs(BaseException):
    """An input took far more steps than its length allows."""


@dataclass(frozen=True, slots=True)
class Finding:
    """An input that showed a fault."""

    data: bytes
    """The input, made small."""

    error: BaseException
    """What it led to."""

    def __str__(self) -> str:
        trace = "".join(traceback.format_exception(self.error))
        return f"{self.data!r}\n{trace}"


class Steps:
    """Notes the steps from line to line within some files."""

    def __init__(self, files: Iterable[str]) -> None:
        self._files = frozenset(files)

    @contextmanager
    def noted(self, most: int) -> Iterator[set[Step]]:
        """Give a set that fills while the block runs; raises `Hangs` above `most`."""
        found: set[Step] = set()
        count = 0

        def enter(frame: FrameType, _: str, __: object) -> Any:  # noqa: ANN401
            file = frame.f_code.co_filename
            if file not in self._files:
                return None
            last = 0

            def line(frame: FrameType, event: str, _: object) -> Any:  # noqa: ANN401
                nonlocal last, count
                if event == "line":
                    count += 1
                    if count > most:
                        raise Hangs
                    found.add((file, last, frame.f_lineno))
                    last = frame.f_lineno
                return line

            return line

        before = sys.gettrace()
        sys.settrace(enter)
        try:
            yield found
        finally:
            sys.settrace(before)


@dataclass
class Fuzzer:
    """Feeds one target with inputs, and keeps those that lead to somewhere new."""

    check: Check
    """Raises for a fault."""

    steps: Steps
    """The code whose lines count."""

    words: tuple[bytes, ...] = ()
    """Pieces that the format knows."""

    chance: random.Random = field(default_factory=random.Random)
    """Where the mutations come from."""

    kept: list[bytes] = field(default_factory=list)
    """The inputs that led to somewhere new, oldest first."""

    seen: set[Step] = field(default_factory=set)
    """All steps that were taken."""

    runs: int = 0
    """How many inputs were tried."""

    def feed(self, data: bytes) -> Finding | None:
        """Try one input, and keep it where it is of interest."""
        self.runs += 1
        new: set[Step] = set()
        try:
            with self.steps.noted(MOST_STEPS + STEPS_PER_BYTE * len(data)) as new:
                began = time.thread_time()
                self.check(data)
            if time.thread_time() - began > LONGEST_SECONDS:
                self._again_in_time(data)
        except (Exception, Hangs) as error:  # noqa: BLE001 - all of them are findings
            return Finding(data, error)
        if not new <= self.seen:
            self.seen |= new
            self.kept.append(data)
        return None

    def run(self, going_on: Callable[[], bool]) -> Finding | None:
        """Mutate what was kept as long as `going_on` says; stop at a finding."""
        while going_on():
            base = self._choice()
            data = mutated(self.chance, base, self.words, self._choice())
            finding = self.feed(data)
            if finding is not None:
                return self.smaller(finding)
        return None

    def smaller(self, finding: Finding) -> Finding:
        """Give the shortest input found that leads to the same."""
        size = len(finding.data) // 2
        while size:
            at = 0
            while at < len(finding.data):
                shorter = finding.data[:at] + finding.data[at + size :]
                other = self.feed(shorter)
                if other is not None and _place(other) == _place(finding):
                    finding = other
                else:
                    at += size
            size //= 2
        return finding

    def _choice(self) -> bytes:
        if not self.kept:
            return b""
        if self.chance.random() < 0.3:
            return self.chance.choice(self.kept[-8:])
        return self.chance.choice(self.kept)

    def _again_in_time(self, data: bytes) -> None:
        began = time.thread_time()
        self.check(data)
        if time.thread_time() - began > LONGEST_SECONDS:
            raise Hangs


def fewest(inputs: Iterable[bytes], check: Check, steps: Steps) -> list[bytes]:
    """Give few and short inputs that take all the steps which these take."""
    taken: list[tuple[bytes, set[Step]]] = []
    for data in sorted(set(inputs), key=len):
        with steps.noted(sys.maxsize) as found:
            check(data)
        taken.append((data, found))
    seen: set[Step] = set()
    kept = []
    for data, found in taken:
        if not found <= seen:
            seen |= found
            kept.append(data)
    return kept


def _place(finding: Finding) -> tuple[type[BaseException], int]:
    frames = traceback.extract_tb(finding.error.__traceback__)
    line = frames[-1].lineno if frames else 0
    return type(finding.error), 0 if isinstance(finding.error, Hangs) else line or 0
