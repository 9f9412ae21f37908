"""Our tests, run by a Python for Windows."""

from __future__ import annotations

import pytest

from tests.wine.machine import Windows

pytestmark = [pytest.mark.wine, pytest.mark.timeout(400)]

PYTEST = ("-m", "pytest", "-p", "tests.wine.portable", "-p", "no:cacheprovider", "-q")


def run_tests(windows: Windows, *places: str) -> None:
    """Run some, and show what they print if they fail."""
    done = windows.python(*PYTEST, *places, seconds=380)
    assert done.returncode == 0, done.stdout


def test_what_windows_promises(windows: Windows) -> None:
    """Locks, one daemon, files that are open elsewhere, the credential store."""
    run_tests(windows, "tests/wine/inside/on_windows.py")


def test_core_and_flows(windows: Windows) -> None:
    """Rules, words and flows are the same on Windows."""
    run_tests(windows, "tests/core", "tests/flows")
