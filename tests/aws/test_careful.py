"""Asking with care: alone, with room for the answer, and never hasty with an end."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.aws.asking import CORP, KEY, NEW, OLD, PKCE, REGISTRATION, THEIRS, Place
from tests.fakes.basics import FakeLocks
from tray.aws.careful import RACE_PAUSES, CarefulCenter
from tray.core.errors import SessionOver, TrayError
from tray.core.model import Grant, Secret


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Give a place where a token is due."""
    place = Place(tmp_path / "cache")
    place.others_write(OLD)
    return place


def test_everything_else_is_passed_on(place: Place) -> None:
    """Registrations and what begins a log-in are asked for as ever."""
    assert place.center.registration(CORP, Grant.DEVICE_CODE) == REGISTRATION
    assert place.center.authorize_url(CORP, REGISTRATION, PKCE)
    started = place.center.start_device_authorization(CORP, REGISTRATION)

    assert started.user_code == "U"
    assert place.service.asked == []


def test_log_ins_write_too(place: Place) -> None:
    """Both ways to log in end with the token in the file, and nothing beside it."""
    center = place.center
    ways: tuple[Callable[[], datetime], ...] = (
        lambda: center.redeem_device_code(CORP, REGISTRATION, Secret("d")),
        lambda: center.redeem_authorization_code(CORP, REGISTRATION, Secret("a"), PKCE),
    )
    for redeem in ways:
        place.others_write(OLD)
        assert redeem() == NEW.expires_at
        assert place.stored == NEW.value
        assert place.names == [f"{KEY}.json"]


def test_room_is_there_before_anything_is_asked(place: Place) -> None:
    """While the service is asked, the file that takes the answer is there already."""
    seen: list[int] = []

    def look() -> None:
        seen.extend(p.stat().st_size for p in place.folder.glob("*.sso-tray.tmp"))

    place.service.during = look
    assert place.center.refresh(CORP) == NEW.expires_at

    assert seen == [16384]
    assert place.names == [f"{KEY}.json"]
    assert place.stored == NEW.value


def test_nothing_is_asked_where_nothing_can_be_kept(place: Place) -> None:
    """The service would take the old refresh token back: so it is not even asked."""
    token = place.folder / f"{KEY}.json"
    token.unlink()
    place.folder.rmdir()
    place.folder.write_text("no folder")

    with pytest.raises(TrayError, match="can't be written"):
        place.center.refresh(CORP)

    assert place.service.asked == []


def test_a_failed_request_leaves_nothing(place: Place) -> None:
    """The room that was taken is given back."""
    place.service.gives = SessionOver("Over.", "Log in.")
    with pytest.raises(SessionOver):
        place.center.refresh(CORP)

    assert place.names == [f"{KEY}.json"]
    assert place.stored == OLD.value


def test_an_end_is_believed_after_a_while(place: Place) -> None:
    """Refused, and nobody else wrote: then it is over, after some looks."""
    place.service.gives = SessionOver("Over.", "Log in.")
    with pytest.raises(SessionOver):
        place.center.refresh(CORP)

    assert place.pauses == list(RACE_PAUSES)


@pytest.mark.parametrize("after", range(len(RACE_PAUSES)))
def test_the_winner_of_a_race_is_waited_for(place: Place, after: int) -> None:
    """Another program's token that comes soon after our refusal ends the wait."""
    place.service.gives = SessionOver("Over.", "Log in.")

    def later() -> None:
        if len(place.pauses) == after + 1:
            place.others_write()

    place.on_pause = later
    with pytest.raises(SessionOver):
        place.center.refresh(CORP)

    assert len(place.pauses) <= after + 1
    assert place.stored == THEIRS.value


def test_who_was_faster_before_us_is_enough(tmp_path: Path) -> None:
    """One of ours that renewed while we waited for the lock: nothing more is asked."""
    place = Place(tmp_path / "cache")
    place.others_write(OLD)

    class Slow:
        """Lets another one of us be first."""

        def hold(self, name: str, timeout: timedelta) -> AbstractContextManager[None]:
            """Be second."""
            place.others_write()
            return FakeLocks().hold(name, timeout)

    center = CarefulCenter(place.service, place.renewals, Slow(), place.pause)

    assert center.refresh(CORP) == THEIRS.expires_at
    assert place.service.asked == []


def test_a_token_written_during_the_request_stays(place: Place) -> None:
    """A log-in elsewhere at the same moment wins over the renewal of the old one."""
    place.service.during = place.others_write
    place.center.refresh(CORP)

    assert place.stored == THEIRS.value
    assert place.names == [f"{KEY}.json"]


def test_a_torn_file_gives_way_to_our_newer_token(place: Place) -> None:
    """Somebody crashed while writing: what we hold is newer, and members survive."""
    path = place.folder / f"{KEY}.json"
    path.write_text(path.read_text()[:-1] + ', "ide": 1}')
    path.chmod(0o644)

    def tear() -> None:
        path.write_text('{"accessToken": "acc')

    place.service.during = tear
    place.center.refresh(CORP)

    assert place.stored == NEW.value
    assert '"ide": 1' in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600
