"""A plugin for pytest on Windows: leaves out the tests that say they cannot hold there.

These are whole files that begin by telling their platform, and tests that move the
machine to another time zone, which no program can do to itself on Windows.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ELSEWHERE = re.compile(r'^assert sys\.platform (!= "win32"|== "linux")', re.MULTILINE)


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out the files of other platforms."""
    if collection_path.suffix != ".py":
        return None
    text = collection_path.read_text(encoding="utf-8")
    return True if ELSEWHERE.search(text) else None


def pytest_collection_modifyitems(
    config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Leave out what moves the machine to another zone."""
    moved = [one for one in items if "zone" in getattr(one, "fixturenames", ())]
    if moved:
        config.hook.pytest_deselected(items=moved)
        items[:] = [one for one in items if one not in moved]
