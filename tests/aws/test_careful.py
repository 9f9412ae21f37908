"""Asking with care: alone, with room for the answer, and never hasty with an end."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import NOON, a_session, a_token, minutes
from tests.fakes.basics import FakeLocks
from tray.aws.cache import TokenFiles
from tray.aws.careful import RACE_PAUSES, CarefulCenter
from tray.aws.renewals import Renewals
from tray.core.errors import SessionOver, TrayError
from tray.core.model import (
    AccessToken,
    CachedToken,
    ClientRegistration,
    DeviceAuthorization,
    Grant,
    PkceRequest,
    Secret,
)

CORP = a_session()
KEY = CORP.cache_key
OLD = a_token(minutes(16)).token
NEW = replace(a_token(minutes(60)).token, value=Secret("access-2"))
THEIRS = replace(a_token(minutes(59)).token, value=Secret("access-3"))
REGISTRATION = ClientRegistration("client-1", Secret("s"), NOON + timedelta(days=9))
PKCE = PkceRequest("http://127.0.0.1:1/", "state-1", Secret("verifier"))


class Service:
    """An Identity Center that writes through `Renewals`, as the real one does."""

    def __init__(self, renewals: Renewals) -> None:
        self.asked: list[str] = []
        self.gives: AccessToken | SessionOver = NEW
        self.during: Callable[[], object] = lambda: None
        self._renewals = renewals

    def registration(self, session: object, grant: Grant) -> ClientRegistration:
        """Give one."""
        assert (session, grant) == (CORP, Grant.DEVICE_CODE)
        return REGISTRATION

    def authorize_url(
        self, session: object, registration: ClientRegistration, pkce: PkceRequest
    ) -> str:
        """Give one."""
        assert (session, registration, pkce) == (CORP, REGISTRATION, PKCE)
        return "http://127.0.0.1/"

    def start_device_authorization(
        self, session: object, registration: ClientRegistration
    ) -> DeviceAuthorization:
        """Give one."""
        assert (session, registration) == (CORP, REGISTRATION)
        return DeviceAuthorization(Secret("d"), "U", "v", "c", NOON, minutes(1))

    def redeem_device_code(
        self, session: object, registration: ClientRegistration, code: Secret
    ) -> datetime:
        """Give a token."""
        assert (session, registration, code) == (CORP, REGISTRATION, Secret("d"))
        return self._give("device", renewing=False)

    def redeem_authorization_code(
        self,
        session: object,
        registration: ClientRegistration,
        code: Secret,
        pkce: PkceRequest,
    ) -> datetime:
        """Give a token."""
        assert (session, registration, pkce) == (CORP, REGISTRATION, PKCE)
        assert code == Secret("a")
        return self._give("code", renewing=False)

    def refresh(self, session: object) -> datetime:
        """Give a token, or refuse."""
        assert session == CORP
        self._renewals.read(KEY)
        return self._give("refresh", renewing=True)

    def _give(self, what: str, *, renewing: bool) -> datetime:
        self.asked.append(what)
        self.during()
        if isinstance(self.gives, SessionOver):
            raise self.gives
        self._renewals.write(CORP, self.gives, renewing=renewing)
        return self.gives.expires_at


class Place:
    """A cache folder, and one who asks with care."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.pauses: list[float] = []
        self.on_pause: Callable[[], object] = lambda: None
        self.files = TokenFiles(folder, self.pause)
        self.renewals = Renewals(self.files)
        self.service = Service(self.renewals)
        self.center = CarefulCenter(
            self.service, self.renewals, FakeLocks(), self.pause
        )

    def pause(self, seconds: float) -> None:
        """Note a pause."""
        self.pauses.append(seconds)
        self.on_pause()

    def others_write(self, token: AccessToken = THEIRS) -> None:
        """Write as another program does."""
        TokenFiles(self.folder, lambda _: None).write(CORP, token)

    @property
    def stored(self) -> Secret:
        """The token in the file."""
        entry = TokenFiles(self.folder, lambda _: None).read(KEY)
        assert isinstance(entry, CachedToken)
        return entry.token.value

    @property
    def names(self) -> list[str]:
        """What lies in the folder."""
        return sorted(path.name for path in self.folder.iterdir())


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
