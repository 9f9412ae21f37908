"""Commands that change the config on a full disk, or on a config that is closed."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.setting_up import REGION, Place, at_home
from tests.limits import smaller_files

ROOM = 64
"""Bytes that a file may have: less than any config."""


@pytest.fixture
def place(calm_world: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Give a home with a session to go on from, and a legacy profile."""
    with at_home(calm_world, monkeypatch) as place:
        place.write(
            f"[profile old]\nsso_start_url = {place.url}\nsso_region = {REGION}",
            "sso_account_id = 111111111111\nsso_role_name = Admin\n",
        )
        yield place


def words(place: Place, command: str) -> tuple[str, ...]:
    """Give the words of a command that writes without a question."""
    url = ("--start-url", place.url, "--region", REGION)
    more = {"configure": url, "sync": ("--session", "corp"), "upgrade": ()}
    return (command, *more[command], "--yes")


@pytest.mark.parametrize("command", ["configure", "sync", "upgrade"])
def test_a_disk_that_is_full(place: Place, command: str) -> None:
    """The config is as it was, nothing is left beside it, and it can be repeated."""
    before, files = place.config.read_bytes(), place.files()

    with smaller_files(ROOM):
        ended = place.run(*words(place, command))

    assert ended.status == 1
    assert "config" in ended.err
    assert place.config.read_bytes() == before
    assert {one for one in place.files() - files if "lock" not in one} == set()
    again = place.run(*words(place, command))
    assert again.status == 0, again.err
    assert place.config.read_bytes() != before


@pytest.mark.parametrize("command", ["configure", "sync", "upgrade"])
def test_a_config_that_is_closed(place: Place, command: str) -> None:
    """Said with the line that opens it; opened, the same command goes through."""
    before = place.config.read_bytes()
    place.config.chmod(stat.S_IRUSR)

    ended = place.run(*words(place, command))

    assert ended.status == 1
    assert "chmod u+w" in ended.err
    assert place.config.read_bytes() == before
    place.config.chmod(stat.S_IRUSR | stat.S_IWUSR)
    assert place.run(*words(place, command)).status == 0
    assert place.config.read_bytes() != before
