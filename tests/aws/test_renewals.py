"""Tokens that can't be written yet: used from memory, saved later, never in the way."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from tests.aws.asking import CORP, KEY, NEW, OLD, REGISTRATION, THEIRS, Place
from tray.core.errors import TrayError
from tray.core.model import CachedToken, Secret


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Give a place where a token is due."""
    place = Place(tmp_path / "cache")
    place.others_write(OLD)
    return place


def test_what_cannot_be_written_waits(place: Place) -> None:
    """The disk fails in the worst moment: the token is used from memory, then saved."""

    def break_folder() -> None:
        place.folder.rename(place.folder.with_name("away"))
        place.folder.write_text("no folder")

    place.service.during = break_folder
    with pytest.raises(TrayError, match="can't be written"):
        place.center.refresh(CORP)
    waiting = place.renewals.read(KEY)
    still = place.renewals.save_all()
    with pytest.raises(TrayError, match="can't be written"):
        place.center.refresh(CORP)
    place.folder.unlink()
    place.folder.with_name("away").rename(place.folder)
    end = place.center.refresh(CORP)

    assert isinstance(waiting, CachedToken)
    assert waiting.token == NEW
    assert still
    assert end == NEW.expires_at
    assert place.stored == NEW.value
    assert place.service.asked == ["refresh"]
    assert not place.renewals.save_all()
    for left in place.folder.glob("*.tmp"):
        assert left.name.split(".")[2].startswith(str(os.getpid()))


def fail_to_write(place: Place) -> None:
    """Let a renewed token wait."""
    place.service.during = lambda: place.folder.rename(place.folder.with_name("away"))
    place.folder.parent.joinpath("cache2").mkdir()
    real = place.service.during

    def broken() -> None:
        real()
        place.folder.write_text("no folder")

    place.service.during = broken
    with pytest.raises(TrayError, match="can't be written"):
        place.center.refresh(CORP)
    place.service.during = lambda: None
    place.folder.unlink()
    place.folder.with_name("away").rename(place.folder)


def test_what_waits_gives_way_to_others(place: Place) -> None:
    """Others have logged in meanwhile: what waited is dropped, and theirs stays."""
    fail_to_write(place)
    place.others_write()

    assert not place.renewals.save_all()
    assert place.stored == THEIRS.value
    seen = place.renewals.read(KEY)
    assert isinstance(seen, CachedToken)
    assert seen.token.value == THEIRS.value


def test_what_waits_ends_with_a_log_out(place: Place) -> None:
    """The file was taken away: what waited does not bring the session back."""
    fail_to_write(place)
    (place.folder / f"{KEY}.json").unlink()

    assert not place.renewals.save_all()
    assert place.renewals.read(KEY) is None


def test_what_waits_is_dropped_for_a_log_in(place: Place) -> None:
    """A log-in of our own is newer than anything that waits."""
    fail_to_write(place)
    place.service.gives = replace(NEW, value=Secret("access-4"))
    place.center.redeem_device_code(CORP, REGISTRATION, Secret("d"))

    assert place.stored == Secret("access-4")
    assert not place.renewals.save_all()
    assert place.stored == Secret("access-4")


def test_a_token_that_waits_outlasts_a_torn_file(place: Place) -> None:
    """A torn file says nothing about who is newer; once it is whole, ours wins."""
    fail_to_write(place)
    path = place.folder / f"{KEY}.json"
    old = path.read_text()
    path.write_text(old[:20])
    place.renewals.read(KEY)
    path.write_text(old)

    assert not place.renewals.save_all()
    assert place.stored == NEW.value


def test_a_second_log_in_is_not_given_up_for_the_first(place: Place) -> None:
    """What waits of a log-in is newer than what the log-in before it had written."""
    (place.folder / f"{KEY}.json").write_bytes(b"")
    place.renewals.write(CORP, OLD)
    place.folder.rename(place.folder.with_name("away"))
    place.folder.write_text("no folder")
    with pytest.raises(TrayError, match="can't be written"):
        place.renewals.write(CORP, NEW)
    place.folder.unlink()
    place.folder.with_name("away").rename(place.folder)

    assert not place.renewals.save_all()
    assert place.stored == NEW.value
