"""The few verbs by which everybody acts: menu, notices, commands, waiting programs."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tray.core.board import Board, SessionStatus
from tray.core.errors import ConfigError, UsageError
from tray.core.holdings import NOTHING_HELD, Holdings
from tray.core.memory import SessionRecord, pin, used
from tray.core.model import AwsConfig, Grant, SsoSession, Subject
from tray.core.planner import next_morning
from tray.core.ports import Clock, ConfigReader, SettingsReader, TokenCache
from tray.core.status import Facts, assess
from tray.core.wording import signin as wording
from tray.flows.activities import Activities
from tray.flows.ensuring import Ensuring, Wish
from tray.flows.guard import Patience
from tray.flows.holding import Holding
from tray.flows.login import Logins
from tray.flows.login_ticket import Login, LoginRequest, Manner
from tray.flows.logout import Logouts
from tray.flows.records import Records
from tray.flows.refresh import Outcome, Refresher
from tray.flows.serving import Serving

PLAIN = Manner()


@dataclass(frozen=True, slots=True)
class VerbEdges:
    """What the verbs ask of the world by themselves."""

    clock: Clock
    """The wall clock."""

    config: ConfigReader
    """AWS's config."""

    settings: SettingsReader
    """Our settings."""

    tokens: TokenCache
    """The token cache."""

    def board(
        self,
        records: Records,
        activities: Activities,
        held: Holdings = NOTHING_HELD,
    ) -> Board:
        """Give the board as of now, from fresh facts, with nothing done."""
        config = self.config.read()
        tokens = self.tokens.read_all([s.cache_key for s in config.sessions])
        memory, activity = records.current(), activities.current()
        facts = Facts(config, tokens, memory, activity, holdings=held)
        return assess(facts, self.clock.now(), self.settings.read())


@dataclass(frozen=True, slots=True)
class Verbs:
    """What can be done, by the names of sessions and profiles."""

    edges: VerbEdges
    """The world."""

    records: Records
    """What is remembered."""

    activities: Activities
    """What is in flight."""

    refresher: Refresher
    """Renews."""

    logins: Logins
    """Logs in."""

    logouts: Logouts
    """Logs out."""

    serving: Serving
    """Gives programs their credentials."""

    on_change: Callable[[], None]
    """Called after a change that no file tells of."""

    default_grant: Grant = Grant.AUTHORIZATION_CODE
    """The way to log in when nobody says which."""

    holding: Holding | None = None
    """Tells what is held and delivered for profiles, where anything can be."""

    def board(self) -> Board:
        """Give the board as of now, from fresh facts, with nothing done."""
        return self.edges.board(
            self.records,
            self.activities,
            self.holding.all() if self.holding else NOTHING_HELD,
        )

    def now(self) -> datetime:
        """Give the time."""
        return self.edges.clock.now()

    def login(
        self,
        name: str,
        *,
        grant: Grant | None = None,
        open_browser: bool = True,
        manner: Manner = PLAIN,
    ) -> tuple[Login, bool]:
        """Begin a log-in to a session or join the one that is going on.

        Raises `UsageError` for an unknown session, `ConfigError` for a broken one, and
        `TrayError` when one goes on that is not fresh, where it should be.
        """
        timeout = self.edges.settings.read().login_timeout
        request = LoginRequest(
            session=self.usable_session(name),
            grant=grant or self.default_grant,
            open_browser=open_browser,
            timeout=min(timeout, manner.longest or timeout),
            fresh=manner.fresh,
            who=manner.who,
        )
        return self.logins.start(request)

    def cancel_login(self, name: str) -> bool:
        """Take the log-in of a session back; False if there is none."""
        return self.logins.cancel(self.usable_session(name))

    def refresh(self, name: str, *, force: bool = False) -> Outcome:
        """Renew a session's token if it is due, or at once with `force`."""
        outcome = self.refresher.renew(self.usable_session(name), force=force)
        self.on_change()
        return outcome

    def ensure(
        self,
        name: str,
        length: timedelta,
        profile: str = "",
        patience: Patience | None = None,
    ) -> Future[SessionStatus]:
        """Make sure that a session stays usable for so long; it may renew at once.

        With `patience`, people are asked where only they can help. Raises what
        `Ensuring.ask` does, and `UsageError` and `ConfigError` for the session.
        """
        ensuring = Ensuring(
            self.board,
            self.edges.clock,
            self.refresher,
            self.records,
            self.serving.broker,
        )
        wish = Wish(self.usable_session(name), length, profile)
        sure = ensuring.ask(wish, patience)
        self.on_change()
        return sure

    def logout(self, name: str) -> bool:
        """End a session; False when nobody was logged in."""
        session = self.usable_session(name)
        ended = self.logouts.end(session)
        self.serving.forget(session)
        return ended

    def snooze(self, name: str, length: timedelta | None = None) -> datetime:
        """Keep quiet about a session for a while; gives until when."""
        length = length or self.edges.settings.read().snooze
        until = self.edges.clock.now() + length
        self._wish(name, lambda record: replace(record, snoozed_until=until))
        return until

    def snooze_to_tomorrow(self, name: str) -> datetime:
        """Keep quiet about a session until the next morning; gives until when."""
        now = self.edges.clock.now()
        return self.snooze(name, next_morning(now, self.edges.settings.read()) - now)

    def mute(self, name: str) -> None:
        """Keep quiet about a session until it has ended."""
        now = self.edges.clock.now()
        self._wish(name, lambda record: replace(record, muted_at=now))

    def remind(self, name: str, at: datetime) -> None:
        """Ask for a log-in to a session at a time of its own."""
        self._wish(name, lambda record: replace(record, remind_at=at))

    def listen(self, name: str) -> None:
        """Take back all that keeps a session quiet."""
        self._wish(
            name,
            lambda record: replace(
                record, snoozed_until=None, muted_at=None, remind_at=None
            ),
        )

    def pause(self, *, paused: bool) -> None:
        """Stop silent renewals, or allow them again; also after a restart."""
        self.records.change_all(lambda memory: replace(memory, paused=paused))
        self.on_change()

    def pin(self, profile: str, *, pinned: bool) -> None:
        """Keep a profile at hand, or no longer."""
        self.records.change_all(lambda memory: pin(memory, profile, pinned=pinned))
        self.on_change()

    def used(self, profile: str) -> None:
        """Note that a profile was used."""
        self.records.change_all(lambda memory: used(memory, profile))
        self.on_change()

    def _wish(
        self, name: str, change: Callable[[SessionRecord], SessionRecord]
    ) -> None:
        self.records.change(self.session(name).cache_key, change)
        self.on_change()

    def session(self, name: str) -> SsoSession:
        """Give the session with this name. Raises `UsageError` for an unknown one."""
        return _find(self.edges.config.read(), name)

    def usable_session(self, name: str) -> SsoSession:
        """Give a session that the config describes well.

        Raises `UsageError` for an unknown one and `ConfigError` for a broken one.
        """
        config = self.edges.config.read()
        session = _find(config, name)
        for problem in config.problems:
            if problem.subject is Subject.SESSION and problem.name == name:
                wrong = problem.problem
                raise ConfigError(wrong.title, wrong.remedy)
        return session


def _find(config: AwsConfig, name: str) -> SsoSession:
    for session in config.sessions:
        if session.name == name:
            return session
    known = [session.name for session in config.sessions]
    raise UsageError(*wording.no_such_session(name, known))
