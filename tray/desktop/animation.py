"""A picture that moves as long as something lasts, and costs nothing after."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import cycle
from typing import Final

PAUSE: Final = 0.4
"""Seconds between two pictures: enough to be seen, too slow to be a burden."""


class Animation:
    """Calls `show` with one number after the other; from a thread of its own."""

    def __init__(
        self, frames: int, show: Callable[[int], None], pause: float = PAUSE
    ) -> None:
        self._frames = frames
        self._show = show
        self._pause = pause
        self._ended: threading.Event | None = None

    def start(self) -> None:
        """Begin to move, if it does not already."""
        if self._ended is None:
            self._ended = ended = threading.Event()
            run = threading.Thread(
                target=self._run, args=(ended,), name="animation", daemon=True
            )
            run.start()

    def stop(self) -> None:
        """Stand still; a picture that is just being shown may still come."""
        if self._ended is not None:
            self._ended.set()
            self._ended = None

    def _run(self, ended: threading.Event) -> None:
        for frame in cycle(range(self._frames)):
            if ended.wait(self._pause):
                return
            self._show(frame)
