"""A crowded cache folder, and a system that has no file events left to give.

The long form (SSO_TRAY_LONG=1) has more changes and more files; tests/bench/crowd.py
measures the same with 10,000 profiles.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app.test_daemon import COMMAND
from tests.faults import crowd
from tests.faults.sharers import LONG, Shared, shared
from tests.waiting import until

assert sys.platform != "win32"

CHANGES = 200 if LONG else 30
FILES = 100_000 if LONG else 20_000
FRESH = timedelta(minutes=50)
DUE = timedelta(minutes=16)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Shared]:
    """Give a home with a token."""
    with shared(tmp_path) as place:
        place.write_token(FRESH)
        yield place


def told(found: list[float]) -> str:
    """Give the figure."""
    return (
        f"median {statistics.median(found):.1f} ms, p95 {crowd.p95(found):.1f} ms, "
        f"slowest {found[-1]:.1f} ms of {len(found)}"
    )


def test_our_file_is_seen_among_a_thousand_others(
    place: Shared, figure: Callable[[str], None]
) -> None:
    """1,000 other files change each second, in place and by renaming; ours shows."""
    with crowd.watching(place) as watcher:
        calm = crowd.delays(place, watcher, CHANGES)
        with crowd.crowded(place):
            used, began = watcher.cpu(), time.monotonic()
            found = crowd.delays(place, watcher, CHANGES)
            share = (watcher.cpu() - used) / (time.monotonic() - began)
    figure(f"file to board, calm: {told(calm)}")
    figure(f"file to board, 1,000 others a second: {told(found)}; {share:.0%} CPU")

    assert statistics.median(found) < 60
    assert crowd.p95(found) < 300


def test_many_files_in_the_folder(place: Shared, figure: Callable[[str], None]) -> None:
    """A folder that nobody ever cleaned: the start is quick, and so is a change."""
    for number in range(FILES):
        (place.path.parent / crowd.name_of(number)).touch()
    began = time.monotonic()
    with crowd.watching(place) as watcher:
        start = time.monotonic() - began
        found = crowd.delays(place, watcher, 10)
    figure(
        f"{FILES} files in the cache: start {start:.1f} s; file to board {told(found)}"
    )

    assert statistics.median(found) < 500


@pytest.mark.live  # makes a user namespace, which some systems keep for root
@pytest.mark.parametrize(
    ("limit", "value"), [("max_inotify_instances", 0), ("max_inotify_watches", 2)]
)
def test_no_file_events_left(place: Shared, limit: str, value: int) -> None:
    """The limits are used up: it is told with the remedy, and files are looked at."""
    set_limit = f'echo {value} > /proc/sys/user/{limit} && exec "$@"'
    inside = ["unshare", "--user", "--map-root-user", "sh", "-c", set_limit, "sh"]
    place.begin([*inside, *COMMAND, "run", "--headless"])
    until(lambda: "watches" in place.log() and "sso-tray" in place.log(), 20)
    until(lambda: "no more file watches" in place.log())
    time.sleep(0.5)
    place.write_token(DUE)

    until(lambda: place.asked, 15)
    assert "fs.inotify.max_user_watches" in place.log()
    assert place.log().count("no more file watches") == 1
