"""The identity centers that the contract holds for, each with its levers."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from tests.builders import a_token, hours
from tests.fakes.basics import FakeClock
from tests.fakes.center import DictCache, ScriptedCenter
from tray.aws.cache import TokenFiles
from tray.aws.callback import LoopbackRedirects
from tray.core.errors import (
    AuthorizationPending,
    CannotTell,
    CodeExpired,
    Refused,
    RegistrationOver,
    SessionOver,
    SlowDown,
    TrayError,
)
from tray.core.model import (
    ClientRegistration,
    DeviceAuthorization,
    PkceRequest,
    Secret,
    SsoSession,
)
from tray.core.ports import Clock, IdentityCenter, TokenCache
from tray.demo.center import Center, Failure, Operation
from tray.demo.person import Person

STATE = "state-of-this-log-in"
VERIFIER = Secret("v" * 64)

TROUBLES: dict[type[TrayError], tuple[str, str]] = {
    AuthorizationPending: ("AuthorizationPendingException", ""),
    CannotTell: ("InternalServerException", ""),
    CodeExpired: ("ExpiredTokenException", ""),
    Refused: ("AccessDeniedException", ""),
    RegistrationOver: ("InvalidClientException", ""),
    SessionOver: ("InvalidGrantException", ""),
    SlowDown: ("SlowDownException", ""),
}
"""What the service says for each of our errors."""


class Case(Protocol):
    """An identity center with the levers that a contract needs."""

    @property
    def center(self) -> IdentityCenter:
        """The one under test."""
        ...

    @property
    def tokens(self) -> TokenCache:
        """Where its tokens go."""
        ...

    @property
    def clock(self) -> Clock:
        """The clock that it goes by."""
        ...

    @property
    def session(self) -> SsoSession:
        """A session of it."""
        ...

    def issue(self) -> None:
        """Put a token into the cache, as if somebody had logged in just now."""
        ...

    def approve(self, started: DeviceAuthorization) -> None:
        """Let a person allow a device code."""
        ...

    def come_back(self, registration: ClientRegistration) -> tuple[Secret, PkceRequest]:
        """Let a person log in in the browser; give the code and its request."""
        ...

    def trouble(self, kind: type[TrayError]) -> None:
        """Let the next exchange for a token fail in this way."""
        ...


@dataclass
class FakeCase:
    """The fake of the flows."""

    session: SsoSession
    clock: FakeClock = field(default_factory=FakeClock)
    tokens: DictCache = field(default_factory=DictCache)
    center: ScriptedCenter = field(init=False)

    def __post_init__(self) -> None:
        """Make the fake."""
        self.center = ScriptedCenter(self.clock, self.tokens)

    def issue(self) -> None:
        """Put a token into the cache."""
        token = a_token(hours(1), text="issued", now=self.clock.now())
        self.tokens.entries[self.session.cache_key] = token
        self.clock.advance(timedelta(minutes=1))

    def approve(self, started: DeviceAuthorization) -> None:
        """Nothing to do: whatever is not scripted to fail is allowed."""
        assert started.user_code

    def come_back(self, registration: ClientRegistration) -> tuple[Secret, PkceRequest]:
        """Give the code that the fake expects."""
        pkce = PkceRequest("http://127.0.0.1:1/oauth/callback", STATE, VERIFIER)
        assert STATE in self.center.authorize_url(self.session, registration, pkce)
        return Secret(f"code for {STATE}"), pkce

    def trouble(self, kind: type[TrayError]) -> None:
        """Script the error."""
        self.center.answers.append(kind("It failed.", "Do something."))


@dataclass
class RealCase:
    """The real edge, in this process or through the child, at our own small server."""

    center: IdentityCenter
    tokens: TokenFiles
    clock: Clock
    session: SsoSession
    server: Center
    put: Callable[[], object]

    def issue(self) -> None:
        """Put a token of the server's into the cache."""
        self.put()

    def approve(self, started: DeviceAuthorization) -> None:
        """Click as a person does."""
        Person("alice").visit(started.verification_uri_complete, started.user_code)

    def come_back(self, registration: ClientRegistration) -> tuple[Secret, PkceRequest]:
        """Click as a person does, and take the code from the real listener."""
        with (
            LoopbackRedirects().listen("corp") as redirect,
            ThreadPoolExecutor() as pool,
        ):
            pkce = PkceRequest(redirect.uri, STATE, VERIFIER)
            url = self.center.authorize_url(self.session, registration, pkce)
            visit = pool.submit(Person("alice").visit, url)
            code = redirect.wait(STATE, timedelta(seconds=20))
            assert visit.result(20).heading == "corp is ready"
        return code, pkce

    def trouble(self, kind: type[TrayError]) -> None:
        """Let the server refuse in AWS's words."""
        name, reason = TROUBLES[kind]
        self.server.fail(Operation.CREATE_TOKEN, Failure.refusal(name, reason))
