"""The whole program on a simulated laptop: the real flows, started and ended often."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.bench.authority import Network, Time
from tests.builders import a_profile, a_session
from tests.fakes.basics import (
    DictStore,
    FakeLocks,
    QueuedWorkers,
    StubConfig,
    StubSettings,
)
from tests.fakes.center import DictCache, ScriptedOpener, ScriptedRedirects
from tray.core.board import Board, Notice
from tray.core.hours import parse_hours
from tray.core.model import AwsConfig, CachedToken
from tray.core.presence import Presence
from tray.core.settings import Settings
from tray.core.telling import Prompt
from tray.flows.activities import Activities
from tray.flows.login import LoginEdges, Logins
from tray.flows.login_ticket import LoginRequest
from tray.flows.monitor import Monitor, MonitorEdges
from tray.flows.records import Records
from tray.flows.refresh import Refresher
from tray.system.store import decode, encode

SESSION = a_session()
KEY = SESSION.cache_key
SETTINGS = Settings(
    working_hours=parse_hours("mon-fri 09:00-17:30"),
    quiet_hours=(parse_hours("22:00-07:00"),),
)


@dataclass
class Laptop:
    """One machine: files last, processes do not."""

    time: Time
    cache: DictCache
    network: Network
    settings: Settings
    told: Callable[[Notice], None]
    shown: Callable[[Board], None]
    store: DictStore = field(default_factory=DictStore)
    presence: Presence = field(default_factory=Presence)
    deadline: datetime | None = None
    wanted: bool = False
    ticks: int = 0
    boots: int = 0

    def boot(self) -> None:
        """Start the program; what it remembers went through the file's form."""
        self.boots += 1
        self.store.memory = decode(encode(self.store.memory))
        self.records, self.activities = Records(self.store), Activities()
        self.workers, locks = QueuedWorkers(), FakeLocks()
        center: Any = self.network  # a log-in by device code is not asked for
        refresher = Refresher(
            self.time,
            self.cache,
            center,
            locks,
            self.records,
            self.activities,
            lambda: 0.5,
            self.network.ahead,
        )
        config = StubConfig(AwsConfig((SESSION,), (a_profile(),)))
        edges = MonitorEdges(
            clock=self.time,
            config=config,
            settings=StubSettings(self.settings),
            tokens=self.cache,
            schedule=self,
            workers=self.workers,
            notifier=self,
            presence=self,
            open_logins=lambda _: None,
            views=(_View(self.shown),),
        )
        self.monitor = Monitor(edges, self.records, self.activities, refresher)
        login = LoginEdges(
            self.time,
            center,
            ScriptedRedirects(),
            ScriptedOpener(),
            locks,
            self.workers,
        )
        self.logins = Logins(login, self.records, self.activities, self.soon)

    @property
    def token(self) -> CachedToken | None:
        """The token in the cache, as other programs see it."""
        entry = self.cache.entries.get(KEY)
        return entry if isinstance(entry, CachedToken) else None

    def log_in(self) -> None:
        """Click *Log in*, and do it."""
        self.logins.start(LoginRequest(session=SESSION))
        self.settle()

    def settle(self) -> None:
        """Tick until nothing is left to do at this moment."""
        self._tick()
        while self.workers.jobs or self.wanted:
            self.wanted = False
            self.workers.work()
            self._tick()

    def _tick(self) -> None:
        self.ticks += 1
        self.monitor.tick()
        self.shown(self.monitor.board)

    # --- the ports that it is itself

    def at(self, moment: datetime | None) -> None:
        """Note when the next tick comes."""
        self.deadline = moment

    def soon(self) -> None:
        """Note that one is wanted."""
        self.wanted = True

    def look(self) -> Presence:
        """Give who is there."""
        return self.presence

    def show(self, prompt: Prompt) -> None:
        """Tell people what is new."""
        for notice in prompt.notices:
            if not notice.announced:
                self.told(notice)

    def withdraw(self, key: str) -> None:
        """Take a notice away; people have seen it."""


@dataclass
class _View:
    shown: Callable[[Board], None]

    def show(self, board: Board, now: datetime) -> None:
        assert now.tzinfo is not None
        self.shown(board)
