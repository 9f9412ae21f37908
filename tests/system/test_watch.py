"""File events on real files: nothing that matters is missed, the rest is quiet."""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.limits import fewer_files
from tests.waiting import stays, until
from tray.system.watch import BLIND, CALM, Watch
from tray.system.watchplan import Watched, lookups

KEY = hashlib.sha1(b"corp").hexdigest() + ".json"


class Place:
    """A home and a watch on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.aws = home / ".aws"
        self.cache = self.aws / "sso" / "cache"
        self.settings = home / ".config" / "sso-tray" / "settings.toml"
        self.changes = 0
        self.watched = Watched(
            home,
            (self.aws / "config", self.aws / "credentials"),
            self.cache,
            (self.settings,),
        )
        self.watch = Watch(self.watched, self.changed)

    def changed(self) -> None:
        """Count."""
        self.changes += 1

    def settle(self) -> None:
        """Wait until nothing comes any more, then count anew."""
        before = -1
        while before != self.changes:
            before = self.changes
            time.sleep(0.1)
        self.changes = 0

    def notices(self) -> None:
        """Check that something is noticed, then count anew."""
        until(lambda: self.changes)
        self.settle()


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Give a home without anything in it; the watch is not started."""
    home = tmp_path / "home"
    home.mkdir()
    place = Place(home)
    yield place
    place.watch.stop()


@pytest.fixture
def lived(place: Place) -> Place:
    """Give a home with AWS's files, and a started watch."""
    place.cache.mkdir(parents=True)
    place.settings.parent.mkdir(parents=True)
    (place.aws / "config").write_text("a")
    place.watch.start()
    place.settle()
    return place


def test_a_token_is_noticed_however_it_is_written(lived: Place) -> None:
    """In place, by renaming, and by vanishing: all are changes."""
    token = lived.cache / KEY
    token.write_text("{}")
    lived.notices()
    with token.open("r+") as file:
        file.write('{"a": 1}')
    lived.notices()
    other = lived.cache / "tmp123"
    other.write_text("{}")
    lived.settle()
    other.replace(token)
    lived.notices()
    token.unlink()
    lived.notices()


def test_what_comes_from_another_folder_is_noticed(lived: Place) -> None:
    """A token moved in from elsewhere counts, and so does one that is moved out."""
    made = lived.home / "elsewhere"
    made.write_text("{}")
    lived.settle()
    made.rename(lived.cache / KEY)
    lived.notices()
    (lived.cache / KEY).rename(lived.home / "away")
    lived.notices()


def test_config_credentials_and_settings(lived: Place) -> None:
    """All our files count, whether they are there yet or not."""
    for path in (*lived.watched.files, lived.settings):
        path.write_text("x")
        lived.notices()
        path.with_suffix(".new").write_text("y")
        lived.settle()
        path.with_suffix(".new").replace(path)
        lived.notices()
        path.unlink()
        lived.notices()


def test_other_files_are_no_news(lived: Place) -> None:
    """Registrations, temporary files, reading and other programs' files are quiet."""
    (lived.cache / KEY).write_text("{}")
    lived.settle()

    (lived.cache / "botocore-client-id-eu-west-1.json").write_text("{}")
    (lived.cache / (KEY + ".tmp")).write_text("{}")
    (lived.aws / "cli").mkdir()
    (lived.home / "notes").write_text("x")
    (lived.cache / KEY).read_text()
    list(lived.cache.iterdir())

    stays(lambda: lived.changes == 0, 0.3)


def test_folders_that_appear_later(place: Place) -> None:
    """A home without `.aws` is watched until it has one, and then the files in it."""
    place.watch.start()
    place.settle()

    place.cache.mkdir(parents=True)
    place.notices()
    (place.cache / KEY).write_text("{}")
    place.notices()
    (place.aws / "config").write_text("x")
    place.notices()


def test_settings_folder_that_appears_later(place: Place) -> None:
    """The settings may be written long after the start."""
    place.watch.start()
    place.settle()

    place.settings.parent.mkdir(parents=True)
    place.notices()
    place.settings.write_text("x")
    place.notices()


@pytest.mark.parametrize("part", ["cache", "sso", ".aws"])
def test_a_folder_that_is_replaced(lived: Place, part: str) -> None:
    """A folder that is moved away and made anew is followed, and so are its files."""
    parts = {"cache": lived.cache, "sso": lived.cache.parent, ".aws": lived.aws}
    folder = parts[part]
    folder.rename(folder.with_name("old"))
    lived.notices()
    lived.cache.mkdir(parents=True)
    lived.notices()

    (lived.cache / KEY).write_text("{}")

    lived.notices()


@pytest.mark.parametrize("again", range(3))
def test_a_folder_that_is_deleted_and_made_anew(lived: Place, again: int) -> None:
    """Also where the new folder gets the old one's number, and at once."""
    del again
    for _ in range(3):
        shutil.rmtree(lived.aws)
        lived.cache.mkdir(parents=True)
        lived.notices()

        (lived.cache / KEY).write_text("{}")

        lived.notices()


def test_links_are_followed(place: Place, tmp_path: Path) -> None:
    """`.aws`, the config and a token may be links to a folder of dotfiles."""
    dots = tmp_path / "dots"
    (dots / "aws" / "sso" / "cache").mkdir(parents=True)
    (dots / "config-1").write_text("1")
    (dots / "config-2").write_text("2")
    (dots / "token").write_text("{}")
    place.aws.symlink_to(dots / "aws")
    (place.aws / "config").symlink_to("../config-1")
    (place.cache / KEY).symlink_to(dots / "token")
    place.watch.start()
    place.settle()

    (dots / "config-1").write_text("3")
    place.notices()
    (dots / "token").write_text('{"a": 1}')
    place.notices()
    (place.aws / "new").symlink_to("../config-2")
    place.settle()
    (place.aws / "new").replace(place.aws / "config")
    place.notices()
    (dots / "config-2").write_text("4")
    place.notices()
    (dots / "config-1").write_text("nobody reads it")
    stays(lambda: not place.changes, 0.2)


def test_a_linked_aws_folder_that_turns(place: Place, tmp_path: Path) -> None:
    """A link that is turned to another folder changes what is watched."""
    for name in ("one", "two"):
        (tmp_path / name / "sso" / "cache").mkdir(parents=True)
    place.aws.symlink_to(tmp_path / "one")
    place.watch.start()
    place.settle()

    place.aws.unlink()
    place.aws.symlink_to(tmp_path / "two")
    place.notices()
    (tmp_path / "two" / "sso" / "cache" / KEY).write_text("{}")

    place.notices()


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    """A link that leads to itself is looked up no longer than the system would."""
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")

    steps = list(lookups(str(tmp_path / "a" / "config")))

    assert len(steps) < 100


def test_no_more_watches_from_the_system(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    """Without events files are compared; it is said once, and events return."""
    place.cache.mkdir(parents=True)
    with caplog.at_level(logging.INFO):
        with fewer_files(0):
            place.watch.start()
            place.settle()
            for _ in range(25):
                assert place.watch.look() == BLIND
        place.settle()
        (place.cache / KEY).write_text("{}")
        assert place.watch.look() == BLIND
        assert place.changes == 1
        for _ in range(20):
            place.watch.look()
        place.settle()
        assert place.watch.look() == CALM
        (place.cache / KEY).write_text('{"a": 1}')
        place.notices()

    assert [r.levelname for r in caplog.records] == ["WARNING", "INFO"]


def test_it_is_fast(lived: Place) -> None:
    """A changed token is told within milliseconds."""
    delays = []
    for number in range(30):
        lived.changes = 0
        began = time.monotonic()
        fresh = lived.cache / f"fresh{number}"
        fresh.write_text("{}")
        os.replace(fresh, lived.cache / KEY)  # noqa: PTH105
        until(lambda: lived.changes)
        delays.append(time.monotonic() - began)

    assert statistics.median(delays) < 0.1
