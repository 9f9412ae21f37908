"""One machine for all tests under wine: making one takes six seconds."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.wine.machine import Windows, a_windows


@pytest.fixture(scope="session")
def windows(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    """Give the machine."""
    with a_windows(tmp_path_factory.mktemp("wine")) as machine:
        yield machine
