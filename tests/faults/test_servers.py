"""The real daemon before servers that hang, lie, or are not who they should be."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.app.test_daemon import COMMAND
from tests.aws.test_oidc_weather import WEATHER
from tests.faults.sharers import RENEWAL, Shared, shared
from tests.waiting import until
from tray.demo.center import Failure
from tray.demo.center.settings import Rotation

HANGS = 20.0
"""Seconds; botocore waits for 15."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Shared]:
    """Give a home with a daemon and a token; a lost answer costs no token here."""
    with shared(tmp_path, Rotation.SAME) as place:
        place.write_token()
        place.started()
        yield place


def test_no_answer_is_taken_for_an_end(
    place: Shared, figure: Callable[[str], None]
) -> None:
    """Each bad answer is status 4, one request, no change of the file, and no end."""
    for name, failure in WEATHER.items():
        before, asked = place.path.read_bytes(), place.asked
        place.center.fail(RENEWAL, failure)
        done = place.command("refresh", "--force")
        assert done.returncode == 4, (name, done.stderr)
        assert "Traceback" not in done.stderr
        assert place.asked == asked + 1, name
        assert place.path.read_bytes() == before, name
        assert place.phase() in {"valid", "expiring"}, name

    place.center.heal()
    done = place.command("refresh", "--force")
    assert done.returncode == 0, done.stderr
    assert place.litter() == []
    figure(f"{len(WEATHER)} kinds of bad answers: no token lost, no end told")


def test_a_server_that_hangs(place: Shared) -> None:
    """The daemon answers others at once meanwhile, and gives up after its time."""
    before = place.path.read_bytes()
    place.center.fail(RENEWAL, Failure.hang(HANGS))
    hanging = place.begin([*COMMAND, "refresh", "--force"])
    asked = place.asked
    until(lambda: place.asked > asked or place.unfinished(), 20)

    began = time.monotonic()
    assert place.phase() in {"valid", "expiring", "refreshing"}
    assert time.monotonic() - began < HANGS / 2
    ended = place.finish(hanging)

    assert ended.status in {0, 4}, ended
    if ended.status == 4:
        assert place.path.read_bytes() == before
    place.check_live()
    assert place.phase() == "valid"


def test_everything_in_any_order(place: Shared, figure: Callable[[str], None]) -> None:
    """Network, disk and cache break together, and one after the other: the truth."""
    cache = place.world.cache_folder
    token = place.path.read_bytes()
    place.center.fail(RENEWAL, Failure.close(), times=None)
    place.path.write_bytes(token[: len(token) // 2])
    until(lambda: place.phase() == "unknown")
    assert place.command("refresh").returncode == 4
    away = cache.with_name("away")
    cache.rename(away)
    until(lambda: place.phase() == "logged_out")
    assert place.command("refresh").returncode == 3
    away.rename(cache)
    until(lambda: place.phase() == "unknown")
    place.path.write_bytes(token)
    os.utime(place.path)
    until(lambda: place.phase() in {"valid", "expiring"})
    assert place.command("refresh", "--force").returncode == 4
    place.center.heal()

    done = place.command("refresh", "--force")
    assert done.returncode == 0, done.stderr
    assert place.phase() == "valid"
    assert "has ended" not in place.log()
    figure("network, folder and file broken in turn: the truth at each step")
