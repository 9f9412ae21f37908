"""A calm world for every test: an empty home, no AWS settings, one time zone.

Sockets reach this machine only; that stands in pyproject.toml (pytest-socket).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

UNHURRIED = hypothesis.settings(
    deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
"""On a busy machine no example comes late, and making them up may take its time."""

hypothesis.settings.register_profile("dev", UNHURRIED)
hypothesis.settings.register_profile("long", UNHURRIED)
hypothesis.settings.register_profile("ci", UNHURRIED, derandomize=True, database=None)
hypothesis.settings.load_profile("dev")

FOREIGN = ("AWS_", "XDG_", "DBUS_", "SSH_", "SSO_TRAY_")
"""Beginnings of the variables that would let the real desktop or account in."""

FOREIGN_NAMES = frozenset(
    {
        "ALL_PROXY",
        "BROWSER",
        "COLUMNS",
        "DISPLAY",
        "FORCE_COLOR",
        "FTP_PROXY",
        "HTTPS_PROXY",
        "HTTP_PROXY",
        "NO_COLOR",
        "NO_PROXY",
        "PYTHON_KEYRING_BACKEND",
        "REQUESTS_CA_BUNDLE",
        "WAYLAND_DISPLAY",
    }
)
"""The same, by whole names, in capitals."""

FIGURES = pytest.StashKey[list[str]]()


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Give a function that has a line printed at the end of the run."""
    return request.config.stash.setdefault(FIGURES, []).append


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Print what was measured, whether or not all went well."""
    lines = config.stash.get(FIGURES, [])
    if lines:
        terminalreporter.section("figures")
    for line in sorted(lines):
        terminalreporter.line(line)


def _heed_zone() -> None:
    if sys.platform != "win32":
        time.tzset()


@pytest.fixture(autouse=True)
def calm_world(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """Give a home in a temporary folder, in UTC, with nothing of the real one.

    A test that needs another zone asks for the fixture `zone`.
    """
    for name in os.environ:
        if name.upper() in FOREIGN_NAMES or name.startswith(FOREIGN):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PYSTRAY_BACKEND", "dummy")
    monkeypatch.setenv("TZ", "UTC")
    _heed_zone()
    yield home
    monkeypatch.undo()
    _heed_zone()


@pytest.fixture
def zone(calm_world: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give a function that moves this machine to a time zone until the test ends."""
    assert calm_world

    def move(name: str) -> None:
        monkeypatch.setenv("TZ", name)
        _heed_zone()

    return move
