"""The one flow: read facts, assess, decide, show.

`tick` runs on one thread only, so nothing here needs a lock. Every result of an action
comes back by the same way: a file or `Activities` changes, and the next tick sees it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import assert_never

from tray.core.board import Board, Notice, NoticeKind, Phase
from tray.core.errors import TrayError
from tray.core.holdings import NOTHING_HELD, Holdings
from tray.core.horizon import observe
from tray.core.manners import hold, look_again, wants_telling
from tray.core.memory import Memory, announce
from tray.core.model import AwsConfig, CachedToken, CacheEntry, SsoSession
from tray.core.ports import (
    Clock,
    ConfigReader,
    Notifier,
    PresenceSensor,
    Schedule,
    SettingsReader,
    TokenCache,
    View,
    Workers,
)
from tray.core.presence import PRESENT, Presence
from tray.core.prompts import opened
from tray.core.rules import (
    Action,
    OpenLogins,
    Refresh,
    ShowPrompt,
    WithdrawPrompt,
    decide,
    earliest,
    next_deadline,
)
from tray.core.settings import Settings
from tray.core.status import Activity, Facts, assess, renewal_time
from tray.flows.activities import Activities
from tray.flows.records import Records
from tray.flows.refresh import Refresher

log = logging.getLogger(__name__)

_LAPSED = frozenset({Phase.EXPIRED, Phase.LOGGED_OUT})


@dataclass(frozen=True, slots=True)
class MonitorEdges:
    """What the monitor asks of the world."""

    clock: Clock
    """The wall clock."""

    config: ConfigReader
    """AWS's config."""

    settings: SettingsReader
    """Our settings."""

    tokens: TokenCache
    """The token cache."""

    schedule: Schedule
    """When the next tick comes."""

    workers: Workers
    """Threads for what waits."""

    notifier: Notifier
    """The desktop's notices."""

    presence: PresenceSensor
    """Whether somebody is there."""

    open_logins: Callable[[tuple[str, ...]], None]
    """Opens the browser for these sessions, one after the other."""

    views: Sequence[View] = ()
    """What shows the board."""

    starts_at_login: Callable[[], bool | None] = lambda: None
    """Tells whether the program starts with the desktop's session; None: not known."""

    holdings: Callable[[], Holdings] = lambda: NOTHING_HELD
    """Tells what is held and delivered for profiles."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a tick rested on; equal when a new tick would come to the same."""

    config: AwsConfig
    settings: Settings
    tokens: Mapping[str, CacheEntry]
    memory: Memory
    activity: Activity
    starts: bool | None
    holdings: Holdings

    def same_as(self, other: _Seen | None) -> bool:
        return (
            other is not None
            and self.config is other.config
            and self.settings is other.settings
            and self.activity is other.activity
            and self.memory is other.memory
            and self.tokens == other.tokens
            and self.starts == other.starts
            and self.holdings == other.holdings
        )


def _mark(tokens: Mapping[str, CacheEntry], key: str) -> str | None:
    """Tell one token from another, however often the same is written again."""
    entry = tokens.get(key)
    return entry.fingerprint if isinstance(entry, CachedToken) else None


@dataclass(slots=True)
class _Last:
    """What the last tick left: the only state, and one place."""

    board: Board = field(default_factory=Board)
    seen: _Seen | None = None
    at: datetime | None = None
    deadline: datetime | None = None
    holding: bool = False


class Monitor:
    """Turns ticks into boards, and boards into actions."""

    def __init__(
        self,
        edges: MonitorEdges,
        records: Records,
        activities: Activities,
        refresher: Refresher,
    ) -> None:
        self._edges = edges
        self._records = records
        self._activities = activities
        self._refresher = refresher
        self._last = _Last()

    @property
    def board(self) -> Board:
        """The newest board."""
        return self._last.board

    def tick(self) -> None:
        """Look at everything once, and do what follows from it."""
        now = self._edges.clock.now()
        config = self._edges.config.read()
        tokens = self._edges.tokens.read_all([s.cache_key for s in config.sessions])
        memory = self._learn(config, tokens, now)
        settings = self._edges.settings.read()
        self._reconsider(config, settings, tokens, now)
        activity = self._activities.current()
        starts = self._edges.starts_at_login()
        held = self._edges.holdings()
        seen = _Seen(config, settings, tokens, memory, activity, starts, held)
        if seen.same_as(self._last.seen) and self._quiet_until(now):
            return
        facts = Facts(config, tokens, memory, activity, starts, held)
        board = assess(facts, now, settings)
        presence = self._presence(board)
        board = hold(board, presence, now, settings)
        before, holding = self._last.board, wants_telling(board, held=True)
        deadline = next_deadline(board, now, settings)
        if holding:
            deadline = earliest(deadline, look_again(presence, now, settings))
        self._last = _Last(board, seen, now, deadline, holding)
        for action in decide(before, board):
            self._act(action)
        for view in self._edges.views:
            view.show(board, now)
        self._edges.schedule.at(deadline)

    def _reconsider(
        self,
        config: AwsConfig,
        settings: Settings,
        tokens: Mapping[str, CacheEntry],
        now: datetime,
    ) -> None:
        """Try failed renewals again where a file changed since the last look."""
        last = self._last.seen
        if last is None or not self._activities.current().retries:
            return
        if config is not last.config or settings is not last.settings:
            self._activities.hurry(now)
            return
        keys = {*tokens, *last.tokens}
        changed = {k for k in keys if _mark(tokens, k) != _mark(last.tokens, k)}
        for key in changed:
            entry, record = tokens.get(key), self._records.current().of(key)
            if isinstance(entry, CachedToken) and now < renewal_time(entry, record):
                self._activities.recovered(key)  # somebody else has renewed
        self._activities.hurry(now, changed)

    def _quiet_until(self, now: datetime) -> bool:
        last = self._last
        backwards = last.at is not None and now < last.at
        if backwards or last.holding:
            return False
        return last.deadline is None or now < last.deadline

    def _presence(self, board: Board) -> Presence:
        """Look whether somebody is there, if there is anything to tell."""
        return self._edges.presence.look() if wants_telling(board) else PRESENT

    def _learn(
        self, config: AwsConfig, tokens: Mapping[str, CacheEntry], now: datetime
    ) -> Memory:
        lapsed = {
            status.session.cache_key
            for status in self._last.board.sessions
            if status.phase in _LAPSED
        }
        for session in config.sessions:
            key = session.cache_key
            entry = tokens.get(key)
            if isinstance(entry, CachedToken):
                look = partial(observe, cached=entry, now=now, lapsed=key in lapsed)
                self._records.change(key, look)
        return self._records.current()

    def _act(self, action: Action) -> None:
        match action:
            case Refresh(session):
                self._refresh(session)
            case ShowPrompt(prompt):
                self._edges.notifier.show(prompt)
                for notice in prompt.notices:
                    if notice.kind is not NoticeKind.UNLOCK:  # over when we end
                        self._note(notice, notice.episode)
            case WithdrawPrompt(key):
                self._edges.notifier.withdraw(key)
            case OpenLogins(notices):
                for notice in notices:
                    self._note(notice, opened(notice))
                self._edges.open_logins(tuple(notice.session for notice in notices))
            case _:
                assert_never(action)

    def _note(self, notice: Notice, episode: str) -> None:
        self._records.change(notice.key, lambda record: announce(record, episode))

    def _refresh(self, session: SsoSession) -> None:
        key = session.cache_key
        if not self._activities.begin_refresh(key):
            return

        def job() -> None:
            try:
                self._refresher.renew(session)
            except TrayError as error:
                log.info("renewing %s: %s", session.name, error)
            finally:
                self._activities.end_refresh(key)
                self._edges.schedule.soon()

        self._edges.workers.submit(f"refresh-{session.name}", job)
        self._edges.schedule.soon()
