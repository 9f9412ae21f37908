"""A scripted Identity Center and its cache, for the flows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.builders import NOON, a_token, hours
from tests.fakes.basics import FakeClock
from tray.core.accounts import Account
from tray.core.credentials import RoleCredentials
from tray.core.errors import Cancelled, SessionOver, TrayError
from tray.core.model import (
    CacheEntry,
    ClientRegistration,
    DeviceAuthorization,
    Grant,
    PkceRequest,
    Profile,
    Secret,
    SsoSession,
)


@dataclass
class DictCache:
    """A token cache without files."""

    entries: dict[str, CacheEntry] = field(default_factory=dict)

    def read_all(self, keys: Iterable[str]) -> Mapping[str, CacheEntry]:
        """Give what lies under the keys."""
        return {key: self.entries[key] for key in keys if key in self.entries}

    def remove(self, key: str) -> None:
        """Forget one entry."""
        self.entries.pop(key, None)


@dataclass
class ScriptedCenter:
    """Gives tokens as scripted: each answer is an error, or how long a token lives."""

    clock: FakeClock
    cache: DictCache
    answers: list[TrayError | timedelta] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    before_answer: Callable[[], None] = lambda: None
    portal_session_ends: datetime | None = None
    clock_ahead: timedelta | TrayError | None = None
    device_troubles: list[TrayError] = field(default_factory=list)

    def ahead(self, session: SsoSession) -> timedelta | None:
        """Give what is scripted: how far our clock is ahead."""
        assert session.region
        if isinstance(self.clock_ahead, TrayError):
            raise self.clock_ahead
        return self.clock_ahead

    def registration(self, session: SsoSession, grant: Grant) -> ClientRegistration:
        """Give a fresh registration."""
        self.asked.append(f"register {grant.name}")
        return ClientRegistration(
            "client-1",
            Secret("client-secret-1"),
            self.clock.now() + timedelta(days=90),
            session.registration_scopes,
            grant,
        )

    def authorize_url(
        self, session: SsoSession, registration: ClientRegistration, pkce: PkceRequest
    ) -> str:
        """Give an address that names what it was made from."""
        assert registration.grant is Grant.AUTHORIZATION_CODE
        return f"https://oidc.example/authorize?state={pkce.state}&for={session.name}"

    def start_device_authorization(
        self, session: SsoSession, registration: ClientRegistration
    ) -> DeviceAuthorization:
        """Give a device code that wants no pause between two tries."""
        assert registration.grant is Grant.DEVICE_CODE
        self.asked.append(f"device {session.name}")
        if self.device_troubles:
            raise self.device_troubles.pop(0)
        return DeviceAuthorization(
            Secret("device-code-1"),
            "ABCD-EFGH",
            "https://acme.awsapps.com/start/#/device",
            "https://acme.awsapps.com/start/#/device?user_code=ABCD-EFGH",
            self.clock.now() + timedelta(minutes=10),
            timedelta(),
        )

    def redeem_device_code(
        self, session: SsoSession, registration: ClientRegistration, code: Secret
    ) -> datetime:
        """Give the next scripted answer."""
        assert registration.client_id
        assert code.reveal() == "device-code-1"
        return self._answer("device code", session)

    def redeem_authorization_code(
        self,
        session: SsoSession,
        registration: ClientRegistration,
        code: Secret,
        pkce: PkceRequest,
    ) -> datetime:
        """Give the next scripted answer."""
        assert registration.client_id
        assert code.reveal() == f"code for {pkce.state}"
        assert len(pkce.verifier.reveal()) >= 43
        return self._answer("authorization code", session)

    def refresh(self, session: SsoSession) -> datetime:
        """Give the next scripted answer."""
        return self._answer("refresh", session)

    def _answer(self, what: str, session: SsoSession) -> datetime:
        self.asked.append(what)
        self.before_answer()
        answer = self.answers.pop(0) if self.answers else hours(1)
        ends = self.portal_session_ends
        if what == "refresh" and ends and self.clock.now() >= ends:
            answer = SessionOver("The sign-in has ended.", "Log in.")
        if isinstance(answer, TrayError):
            raise answer
        now = self.clock.now()
        text = f"access-{len(self.asked)}"
        entry = a_token(answer, text=text, life=answer, now=now)
        self.cache.entries[session.cache_key] = entry
        return entry.token.expires_at


@dataclass
class ScriptedPortal:
    """A portal that notes who logged out, or refuses."""

    refuses: TrayError | None = None
    ended: list[str] = field(default_factory=list)
    accounts: tuple[Account, ...] | TrayError = ()
    listed: list[str] = field(default_factory=list)
    roles: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    answers: list[TrayError] = field(default_factory=list)
    credentials: list[RoleCredentials | TrayError] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def logout(self, session: SsoSession) -> None:
        """Note it, or refuse."""
        if self.refuses:
            raise self.refuses
        self.ended.append(session.name)

    def list_accounts(self, session: SsoSession) -> tuple[Account, ...]:
        """Give what is scripted, and note who asked."""
        self.listed.append(session.name)
        if isinstance(self.accounts, TrayError):
            raise self.accounts
        return self.accounts

    def list_roles(self, session: SsoSession, account_id: str) -> tuple[str, ...]:
        """Give an account's roles; before that each scripted error once."""
        self.listed.append(f"{session.name} {account_id}")
        if self.answers:
            raise self.answers.pop(0)
        if isinstance(self.accounts, TrayError):
            raise self.accounts
        return self.roles.get(account_id, ())

    def role_credentials(
        self, session: SsoSession, profile: Profile
    ) -> RoleCredentials:
        """Give the next scripted answer, the last one for ever, and note for whom."""
        assert profile.session == session.name
        self.fetched.append(profile.name)
        answers = self.credentials
        answer = answers.pop(0) if len(answers) > 1 else answers[0]
        if isinstance(answer, TrayError):
            raise answer
        return answer


@dataclass
class ScriptedRedirect:
    """A listener to which the browser comes back at once, or as scripted."""

    ends: TrayError | None = None
    uri_asked: Callable[[], None] = lambda: None
    while_waiting: Callable[[], None] = lambda: None
    cancels: int = 0

    @property
    def uri(self) -> str:
        """Give the address; a test can let something happen at this moment."""
        self.uri_asked()
        return "http://127.0.0.1:4242/oauth/callback"

    def wait(self, state: str, timeout: timedelta) -> Secret:
        """Give a code made from the state, or end as scripted."""
        assert timeout > timedelta()
        self.while_waiting()
        if self.cancels:
            raise Cancelled("Taken back.")
        if self.ends:
            raise self.ends
        return Secret(f"code for {state}")

    def cancel(self) -> None:
        """Count it."""
        self.cancels += 1


@dataclass
class ScriptedRedirects:
    """Gives the one scripted listener."""

    redirect: ScriptedRedirect = field(default_factory=ScriptedRedirect)
    open: int = 0
    titles: list[str] = field(default_factory=list)

    @contextmanager
    def listen(self, session: str) -> Iterator[ScriptedRedirect]:
        """Count how many are open."""
        self.titles.append(session)
        self.open += 1
        try:
            yield self.redirect
        finally:
            self.open -= 1


@dataclass
class ScriptedOpener:
    """A browser that notes what it opened, or is missing."""

    missing: TrayError | None = None
    opened: list[str] = field(default_factory=list)

    def open(self, url: str) -> None:
        """Note it, or be missing."""
        if self.missing:
            raise self.missing
        self.opened.append(url)


@dataclass
class ScriptedSts:
    """STS that gives keys named by the role and what it was asked with."""

    answers: list[RoleCredentials | TrayError] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    ends: datetime = NOON + hours(1)

    def assume(
        self, session: SsoSession, profile: Profile, keys: RoleCredentials
    ) -> RoleCredentials:
        """Give the next scripted answer, else keys of the role's name."""
        assert profile.session == session.name
        arn = profile.roles[-1].role_arn
        self.asked.append((arn, keys.access_key_id))
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, TrayError):
            raise answer
        secret = Secret("assumed")
        return answer or RoleCredentials(f"of {arn}", secret, secret, self.ends)
