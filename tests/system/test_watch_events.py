"""Where events come from (inotify; elsewhere watchdog), and which of them count."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import a_session
from tests.system.test_watch import KEY, Place
from tests.waiting import stays, until
from tray.core.board import Board, Phase, SessionStatus
from tray.system import inotify
from tray.system.watch import CALM, Watch
from tray.system.watchdog_events import WatchdogEvents
from tray.system.watchplan import Watched

assert sys.platform == "linux"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Give a home with a cache in it; the watch is not started."""
    home = tmp_path / "home"
    home.mkdir()
    place = Place(home)
    place.cache.mkdir(parents=True)
    yield place
    place.watch.stop()


def test_look_finds_a_folder_replaced_out_of_sight(
    place: Place, tmp_path: Path
) -> None:
    """Outside of home a replaced folder is found at the next look at the latest.

    inotify tells it at once; watchdog says nothing of a watched folder that is moved.
    """
    away = tmp_path / "away"
    away.mkdir()
    watched = Watched(place.home, (away / "config",), place.cache, (place.settings,))
    place.watch = Watch(watched, place.changed, WatchdogEvents)
    place.watch.start()
    place.settle()
    away.rename(tmp_path / "old")
    away.mkdir()
    place.settle()

    assert place.watch.look() == CALM
    place.notices()
    (away / "config").write_text("x")

    place.notices()


def test_a_folder_moved_away_out_of_home(place: Place, tmp_path: Path) -> None:
    """On Linux a folder that is moved away tells so itself, wherever it lies."""
    away = tmp_path / "away"
    away.mkdir()
    watched = Watched(place.home, (away / "config",), place.cache, (place.settings,))
    place.watch = Watch(watched, place.changed)
    place.watch.start()
    place.settle()
    away.rename(tmp_path / "old")
    away.mkdir()
    place.notices()
    (away / "config").write_text("x")

    place.notices()


def test_lost_events_are_made_up_for(place: Place) -> None:
    """When the system's queue of events overflowed, all is looked at anew."""
    place.watch.heard("", "", comes_or_goes=True)

    assert place.changes == 1


@pytest.mark.parametrize("how", ["in place", "by renaming"])
def test_watchdog_serves_other_systems(place: Place, how: str) -> None:
    """What macOS and Windows use is tried here too: files, and folders that change."""
    place.watch = Watch(place.watched, place.changed, WatchdogEvents)
    place.watch.start()
    place.settle()
    for _ in range(2):
        if how == "in place":
            (place.cache / KEY).write_text("{}")
        else:
            (place.cache / "fresh").write_text("{}")
            (place.cache / "fresh").replace(place.cache / KEY)
        place.notices()
    shutil.rmtree(place.aws)
    place.notices()
    place.cache.mkdir(parents=True)
    place.notices()
    (place.cache / KEY).write_text("{}")
    place.notices()


def test_only_the_files_of_our_sessions_count(place: Place) -> None:
    """Others may write a thousand files a second: none of them is news."""
    place.watch.start()
    place.settle()
    status = SessionStatus(a_session(), Phase.VALID)
    place.watch.show(Board((status,)), datetime.now(UTC))
    (place.cache / ("0" * 40 + ".json")).write_text("{}")
    stays(lambda: not place.changes)
    (place.cache / KEY).write_text("{}")

    place.notices()


def test_a_renaming_holds_nothing_up(place: Place) -> None:
    """Whatever is renamed beside it: a token is told within milliseconds.

    watchdog waited half a second whenever it met one half of a renaming alone.
    """
    place.watch.start()
    place.settle()
    ended = threading.Event()

    def rename_others() -> None:
        while not ended.is_set():
            (place.cache / "a.tmp").write_text("{}")
            (place.cache / "a.tmp").replace(place.cache / "a.json")
            time.sleep(0.001)

    others = threading.Thread(target=rename_others)
    others.start()
    slowest = 0.0
    for _ in range(100):
        place.changes = 0
        (place.home / "fresh").write_text("{}")
        began = time.monotonic()
        (place.home / "fresh").rename(place.cache / KEY)
        until(lambda: place.changes)
        slowest = max(slowest, time.monotonic() - began)
    ended.set()
    others.join()

    assert slowest < 0.4


def test_names_that_are_no_text(tmp_path: Path) -> None:
    """A file whose name is in no encoding is told like any other."""
    heard: list[tuple[str, str, bool]] = []
    events = inotify.InotifyEvents(lambda *event: heard.append(event))
    events.start()
    watch = events.add(str(tmp_path), content=True)
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xfe")).write_text("")
    until(lambda: heard)
    events.remove(watch)
    events.remove(watch)
    events.stop()
    events.stop()

    assert heard[0] == (str(tmp_path), os.fsdecode(b"\xff\xfe"), True)


def test_what_cannot_be_watched_is_refused(tmp_path: Path) -> None:
    """A folder that is not there, and a file in its place."""
    events = inotify.InotifyEvents(lambda *_: None)
    events.start()
    (tmp_path / "file").write_text("")
    with pytest.raises(FileNotFoundError):
        events.add(str(tmp_path / "missing"), content=False)
    with pytest.raises(OSError, match="Not a directory"):
        events.add(str(tmp_path / "file"), content=False)
    events.stop()


def test_a_fault_in_the_ear_ends_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """An event that is not taken well is logged, and the next one comes."""
    heard: list[str] = []

    def fail_first(_: str, name: str, *, comes_or_goes: bool = True) -> None:
        assert comes_or_goes
        heard.append(name)
        if len(heard) == 1:
            raise ZeroDivisionError

    events = inotify.InotifyEvents(lambda folder, name, _: fail_first(folder, name))
    events.start()
    events.add(str(tmp_path), content=False)
    for name in ("a", "b"):
        (tmp_path / name).write_text("")
        until(lambda name=name: name in heard)  # type: ignore[misc]
    events.stop()

    assert "fault of our own" in caplog.text
