"""So much of PyObjC's helper as we ask for."""

from __future__ import annotations

import importlib
from collections.abc import Callable


def callAfter(job: Callable[[], object]) -> None:  # noqa: N802 - PyObjC's name
    """Do it on the main thread."""
    importlib.import_module("AppKit").later(job)
