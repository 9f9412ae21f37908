"""A cache folder, a service that writes into it, and one who asks it with care."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.builders import NOON, a_session, a_token, minutes
from tests.fakes.basics import FakeLocks
from tray.aws.cache import TokenFiles
from tray.aws.careful import CarefulCenter
from tray.aws.renewals import Renewals
from tray.core.errors import SessionOver
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
