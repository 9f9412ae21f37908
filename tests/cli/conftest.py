"""A house with two doors: every command is tried with a daemon and without one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import a_session
from tests.fakes.cli import BusyHouse, Room, room_over
from tray.core.model import SsoSession

Doors = Callable[..., tuple[BusyHouse, Room]]


@pytest.fixture(params=[True, False], ids=["daemon", "direct"])
def daemon(request: pytest.FixtureRequest) -> bool:
    """Tell whether a daemon answers."""
    return bool(request.param)


@pytest.fixture
def doors(*, daemon: bool) -> Doors:
    """Give a function that builds a house of these sessions, and a room over it."""

    def build(*sessions: SsoSession | str) -> tuple[BusyHouse, Room]:
        made = [s if isinstance(s, SsoSession) else a_session(s) for s in sessions]
        house = BusyHouse(*made)
        return house, room_over(house, daemon=daemon)

    return build


@pytest.fixture
def environ(calm_world: Path) -> dict[str, str]:
    """Give the variables of an empty world, for commands that really run."""
    return {"HOME": str(calm_world), "PATH": os.environ["PATH"]}
