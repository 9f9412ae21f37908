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


def test_the_named_pipe(windows: Windows) -> None:
    """Commands reach the daemon through it, and who has no key does not."""
    run_tests(windows, "tests/wine/inside/pipes.py")


def test_the_clipboard(windows: Windows) -> None:
    """What we copy can be pasted, by Windows' own functions."""
    run_tests(windows, "tests/wine/inside/clipboard.py")


def test_reading_of_the_config(windows: Windows) -> None:
    """AWS's config is read as botocore reads it, whatever stands in it."""
    names = ("config_broken", "config_headers", "config_referee", "dates", "inifile")
    run_tests(windows, *(f"tests/aws/test_{name}.py" for name in names))


def test_core_and_flows(windows: Windows) -> None:
    """Rules, words and flows are the same on Windows."""
    run_tests(windows, "tests/core", "tests/flows")
