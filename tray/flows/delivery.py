"""Delivers chosen profiles' credentials before anybody asks: files of other programs.

What is to stand in the files is worked out anew at each look at the board, and written
by a worker where it has changed. So a crash, a log-out and a setting that is taken back
need no case of their own.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tray.core.board import Board, Phase, SessionStatus
from tray.core.credentials import RoleCredentials
from tray.core.errors import TrayError
from tray.core.model import Problem, Profile, SsoSession, Subject
from tray.core.ports import (
    Clock,
    ConfigReader,
    Mirror,
    RoleFiller,
    SettingsReader,
    Workers,
)
from tray.core.roles import served
from tray.core.settings import ProfileSettings
from tray.core.wording import delivery as wording
from tray.core.wording.reach import WRONG_PERSON
from tray.flows.credentials import Credentials

log = logging.getLogger(__name__)

PAUSE = timedelta(minutes=1)
"""What failed is tried again so much later."""

_OVER = frozenset({Phase.EXPIRED, Phase.LOGGED_OUT, Phase.MISCONFIGURED})


@dataclass(frozen=True, slots=True)
class DeliveryEdges:
    """What delivering asks of the world."""

    clock: Clock
    """The wall clock."""

    config: ConfigReader
    """AWS's config."""

    settings: SettingsReader
    """Our settings, which choose the profiles."""

    filler: RoleFiller
    """The AWS CLI's own files."""

    mirror: Mirror
    """The shared credentials file."""

    workers: Workers
    """Threads that may wait."""


@dataclass(frozen=True, slots=True)
class Given:
    """What is delivered for one profile."""

    session: SsoSession
    """Its session."""

    profile: Profile
    """The profile."""

    own: ProfileSettings
    """Where people want it."""

    keys: RoleCredentials
    """Its credentials."""


class Delivery:
    """`View` that keeps the files of other programs true to the board."""

    def __init__(
        self, edges: DeliveryEdges, credentials: Credentials, soon: Callable[[], None]
    ) -> None:
        self._edges = edges
        self._credentials = credentials
        self._soon = soon
        self._turn = threading.Lock()
        self._wanted: Mapping[str, Given] | None = None
        self._done: Mapping[str, Given] = {}
        self._asked: dict[str, datetime] = {}
        self._barred: Mapping[str, Problem] = {}
        self._again: datetime | None = None
        self.snags: Mapping[str, Problem] = {}
        """What came in the way, by profile."""

    def show(self, board: Board, now: datetime) -> None:
        """Have what the board allows delivered, and nothing else."""
        wanted = {one.profile.name: one for one in self._ready(board, now)}
        due = self._again is not None and self._again <= now
        barred = self._protected()
        if wanted != self._wanted or barred != self._barred or due:
            self._wanted, self._barred, self._again = wanted, barred, None
            self._edges.workers.submit("deliver", self._deliver)

    def forget(self, session: SsoSession) -> None:
        """Take away at once what came from a sign-in, also what others began."""
        key, settings = session.cache_key, self._edges.settings.read()
        chosen = {name for name, own in settings.profiles.items() if own.cli_cache}
        for profile in self._edges.config.read().profiles if chosen else ():
            if profile.name in chosen and profile.session == session.name:
                self._clear(session, profile)
        kept = {
            name: one
            for name, one in (self._wanted or {}).items()
            if one.session.cache_key != key
        }
        self._wanted = kept
        self._edges.workers.submit("deliver", self._deliver)

    def stop(self) -> None:
        """Leave nothing in the shared credentials file; the AWS CLI keeps its own."""
        self._wanted = {}
        self._write()

    def moments(self) -> Iterator[datetime]:
        """Tell when to look again."""
        for one in (self._wanted or {}).values():
            held = self._credentials.held(one.session, one.profile)
            yield one.keys.expiration
            if held is not None:
                yield held.given_until
        yield from (asked + PAUSE for asked in self._asked.copy().values())
        if self._again is not None:
            yield self._again

    def _ready(self, board: Board, now: datetime) -> Iterator[Given]:
        chosen = self._edges.settings.read().profiles
        if not chosen:
            return
        broken = {p.name for p in board.problems if p.subject is Subject.PROFILE}
        for profile in board.profiles:
            own = chosen.get(profile.name)
            if own is None or own.protected or not (own.cli_cache or own.mirror):
                continue
            status = board.session(profile.session)
            if status is None or not _serves(status) or profile.name in broken:
                continue
            keys = self._keys(status, profile, now)
            if keys is not None:
                yield Given(status.session, profile, own, keys)

    def _keys(
        self, status: SessionStatus, profile: Profile, now: datetime
    ) -> RoleCredentials | None:
        """Give what is held; ask for more in time, without waiting for it."""
        session, name = status.session, profile.name
        if not profile.account_id or not served(profile.roles):
            return None
        fresh = self._credentials.at_hand(session, profile)
        if fresh is not None:
            self._asked.pop(name, None)
            return fresh
        asked = self._asked.get(name)
        if status.usable and (asked is None or not asked <= now < asked + PAUSE):
            self._asked[name] = now
            self._credentials.ask(session, profile)
        held = self._credentials.held(session, profile)
        before = (self._wanted or {}).get(name)
        if held is None or before is None or before.profile != profile:
            return None
        return before.keys if now < before.keys.expiration else None

    def _deliver(self) -> None:
        self._write()
        self._soon()

    def _write(self) -> None:
        """Write what has changed; one at a time, and always the newest."""
        with self._turn:
            wanted = self._wanted or {}
            snags = {**self._mirrored(wanted), **self._barred}
            for name, one in wanted.items():
                if one.own.cli_cache:
                    snags |= self._filled(name, one)
            for one in self._done.values():
                own = self._own(one.profile)
                if one.own.cli_cache and (own.protected or not own.cli_cache):
                    snags |= self._clear(one.session, one.profile)
            self._done = wanted
            news = {n: p for n, p in snags.items() if self.snags.get(n) != p}
            self.snags = snags
        for problem in {*news.values()}:
            log.warning("%s %s", problem.title, problem.remedy)

    def _protected(self) -> Mapping[str, Problem]:
        """Name the profiles that ask first: a file would ask nobody."""
        return {
            name: wording.protected(name)
            for name, own in self._edges.settings.read().profiles.items()
            if own.protected and (own.cli_cache or own.mirror)
        }

    def _mirrored(self, wanted: Mapping[str, Given]) -> dict[str, Problem]:
        keys = {name: one.keys for name, one in wanted.items() if one.own.mirror}
        try:
            return dict(self._edges.mirror.show(keys))
        except TrayError as error:
            return dict.fromkeys(keys, self._failed(error))

    def _filled(self, name: str, one: Given) -> dict[str, Problem]:
        try:
            self._edges.filler.fill(one.session, one.profile, one.keys)
        except TrayError as error:
            return {name: self._failed(error)}
        return {}

    def _clear(self, session: SsoSession, profile: Profile) -> dict[str, Problem]:
        try:
            self._edges.filler.clear(session, profile)
        except TrayError as error:
            return {profile.name: self._failed(error)}
        return {}

    def _failed(self, error: TrayError) -> Problem:
        self._again = self._edges.clock.now() + PAUSE
        return Problem(error.title, error.remedy)

    def _own(self, profile: Profile) -> ProfileSettings:
        return self._edges.settings.read().of_profile(profile.name)


def _serves(status: SessionStatus) -> bool:
    """Tell whether what came from a sign-in may still stand anywhere."""
    return status.phase not in _OVER and status.problem is not WRONG_PERSON
