"""What programs are given: a profile's role credentials, when its sign-in allows it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tray.core.board import Board, Phase, SessionStatus
from tray.core.credentials import RoleCredentials
from tray.core.errors import (
    CannotTell,
    ConfigError,
    LoginRequired,
    UsageError,
)
from tray.core.guarding import Verdict, refusal
from tray.core.model import AwsConfig, Profile, SsoSession, Subject
from tray.core.ports import Clock, ConfigReader, CredentialSource
from tray.core.wording import cli_credentials as wording
from tray.core.wording import signin
from tray.core.wording.board import session_title
from tray.flows.auditing import Auditing
from tray.flows.broker import Broker
from tray.flows.chains import refuse_unserved
from tray.flows.credentials import Credentials
from tray.flows.delivery import Delivery
from tray.flows.doubting import Doubts
from tray.flows.guard import Guard, Patience
from tray.flows.keeping import Keeping
from tray.flows.refresh import Refresher

log = logging.getLogger(__name__)

_OVER = frozenset({Phase.EXPIRED, Phase.LOGGED_OUT})


@dataclass(frozen=True, slots=True)
class Served:
    """What a program is given."""

    profile: Profile
    """The profile that it asked for."""

    credentials: RoleCredentials
    """Its credentials."""


@dataclass(frozen=True, slots=True)
class Serving:
    """Gives credentials by the names of profiles."""

    config: ConfigReader
    """AWS's config."""

    credentials: Credentials
    """What is held, and how more is fetched."""

    keeping: Keeping
    """What the keyring holds."""

    broker: Broker
    """Where programs wait for people."""

    guard: Guard
    """What stands before protected profiles."""

    clock: Clock
    """The wall clock."""

    auditing: Auditing
    """What keeps the record of who asked."""

    delivery: Delivery
    """What is put where programs look without asking us."""

    def forget(self, session: SsoSession) -> None:
        """Drop all that came from a sign-in: somebody logged out, or in anew."""
        self.credentials.drop(session.cache_key)
        self.keeping.drop(session.cache_key)
        self.delivery.forget(session)

    def ask(
        self, name: str, patience: Patience | None = None, *, agreed: bool = False
    ) -> Future[Served]:
        """Give a profile's credentials, at once where they are at hand.

        With `patience`, people are waited for: that they unlock what is protected,
        unless they have `agreed` already, and log in to a session that is over. Raises
        `UsageError` for an unknown profile, `ConfigError` for a broken one; the future
        ends with what `CheckedSource` raises, `Refused` and `Locked`.
        """
        session, profile = self._find(name)
        served: Future[Served] = Future()
        if agreed or self.guard.is_open(name):
            self._give(session, profile, patience, served)
            return served
        asked_at = self.clock.now()

        def answered(verdict: Future[Verdict]) -> None:
            if verdict.result() is Verdict.OPEN:
                left = _left(patience, self.clock.now() - asked_at)
                self._give(session, profile, left, served)
            else:
                served.set_exception(refusal(verdict.result(), name))

        self.guard.ask(name, patience).add_done_callback(answered)
        return served

    def _give(
        self,
        session: SsoSession,
        profile: Profile,
        patience: Patience | None,
        served: Future[Served],
    ) -> None:
        def first(ended: Future[RoleCredentials]) -> None:
            error = ended.exception()
            if patience is None or not isinstance(error, LoginRequired):
                _pass_on(ended, profile, served)
                return

            def released(usable: Future[bool]) -> None:
                if not usable.result():
                    served.set_exception(error)
                    return
                self.credentials.forgive(session, profile)
                again = self.credentials.ask(session, profile)
                again.add_done_callback(lambda end: _pass_on(end, profile, served))

            by, time = patience.by, patience.time
            waiting = self.broker.wait(session, by, profile.name, time)
            waiting.add_done_callback(released)

        self.credentials.ask(session, profile).add_done_callback(first)

    def _find(self, name: str) -> tuple[SsoSession, Profile]:
        config = self.config.read()
        profile = next((one for one in config.profiles if one.name == name), None)
        _refuse_broken(config, Subject.PROFILE, name)
        if profile is None:
            raise UsageError(*signin.no_such_profile(name))
        refuse_unserved(profile)
        _refuse_broken(config, Subject.SESSION, profile.session)
        for session in config.sessions:
            if session.name == profile.session:
                return session, profile
        raise UsageError(*signin.no_such_profile(name))


def _left(patience: Patience | None, spent: timedelta) -> Patience | None:
    """Give what is left of a program's patience."""
    return patience and Patience(patience.by, patience.time - max(spent, timedelta()))


def _pass_on(
    ended: Future[RoleCredentials], profile: Profile, served: Future[Served]
) -> None:
    error = ended.exception()
    if error is None:
        served.set_result(Served(profile, ended.result()))
    else:
        served.set_exception(error)


def _refuse_broken(config: AwsConfig, subject: Subject, name: str) -> None:
    for problem in config.problems:
        if problem.subject is subject and problem.name == name:
            raise ConfigError(problem.problem.title, problem.problem.remedy)


@dataclass(frozen=True, slots=True)
class CheckedSource:
    """`CredentialSource` that renews first what is due, and doubts what is refused."""

    source: CredentialSource
    """The portal."""

    board: Callable[[], Board]
    """Gives the board as of now."""

    clock: Clock
    """The wall clock."""

    refresher: Refresher
    """Renews."""

    doubts: Doubts
    """What is done when the portal turns a token away."""

    def role_credentials(
        self, session: SsoSession, profile: Profile
    ) -> RoleCredentials:
        """Give the credentials of a profile's account and role.

        Raises `LoginRequired` when people must log in first, and what the portal says.
        """
        status = self.board().session(session.name)
        if status is None or status.phase in _OVER:
            title = session_title(session)
            raise LoginRequired(*wording.login_first(title, session.name))
        self._renew(status)
        return self.doubts.ask(
            session, lambda: self.source.role_credentials(session, profile)
        )

    def _renew(self, status: SessionStatus) -> None:
        """Renew what is due; weather is no obstacle while the token still works."""
        now = self.clock.now()
        due = status.renews_at is not None and status.renews_at <= now
        if not due and status.phase is not Phase.UNKNOWN:
            return
        try:
            self.refresher.renew(status.session)
        except (LoginRequired, CannotTell) as error:
            if status.expires_at is None or status.expires_at <= now:
                raise
            log.info("renewing %s: %s", status.session.name, error.title)


@dataclass(slots=True)
class Forgetting:
    """`View` that drops credentials when somebody logs in or out, whoever did it."""

    forget: Callable[[SsoSession], None]
    """What drops a session's."""

    _signed_in: dict[str, datetime | None] = field(default_factory=dict)

    def show(self, board: Board, now: datetime) -> None:
        """Drop what belongs to a sign-in that is not there any more."""
        del now
        for status in board.sessions:
            key, since = status.session.cache_key, status.horizon.logged_in_at
            before = self._signed_in.get(key, since)
            self._signed_in[key] = since
            if status.phase is Phase.LOGGED_OUT or before != since:
                self.forget(status.session)
