"""Waiting for what happens on other threads, as briefly as possible."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 40.0
"""Seconds that a busy machine is given; a test that passes needs milliseconds."""


def until(true: Callable[[], object], patience: float = PATIENCE) -> None:
    """Wait until something is true; fail when it takes too long."""
    ends = time.monotonic() + patience
    while not true():
        assert time.monotonic() < ends, "it never came true"
        time.sleep(0.002)


def stays(true: Callable[[], object], seconds: float = 0.15) -> None:
    """Check that something stays true for a moment."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        assert true(), "it did not stay true"
        time.sleep(0.01)
