"""The flows wired over fakes, as `app.py` wires them over edges."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.builders import a_profile, a_session
from tests.fakes.basics import (
    DictStore,
    FakeClock,
    FakeLocks,
    ListedAudit,
    QueuedWorkers,
    StubConfig,
    StubPresence,
    StubSettings,
)
from tests.fakes.center import (
    DictCache,
    ScriptedCenter,
    ScriptedOpener,
    ScriptedPortal,
    ScriptedRedirects,
    ScriptedSts,
)
from tests.fakes.delivery import DictFiller, DictMirror
from tests.fakes.keystore import DictKeystore
from tray.core.board import Board, Notice
from tray.core.credentials import RoleCredentials
from tray.core.model import AwsConfig, CacheEntry, Profile, SsoSession
from tray.core.telling import Prompt
from tray.flows.activities import Activities
from tray.flows.auditing import Auditing
from tray.flows.broker import Broker
from tray.flows.chains import Chained
from tray.flows.credentials import Credentials
from tray.flows.delivery import Delivery, DeliveryEdges
from tray.flows.doubting import Doubts
from tray.flows.guard import Guard
from tray.flows.keeping import Keeping, KeepingEdges
from tray.flows.login import LoginEdges, Logins
from tray.flows.logout import Logouts
from tray.flows.monitor import Monitor, MonitorEdges
from tray.flows.records import Records
from tray.flows.refresh import Refresher
from tray.flows.serving import CheckedSource, Serving
from tray.flows.verbs import VerbEdges, Verbs


@dataclass
class Diary:
    """Notes what is shown, told and scheduled."""

    shown: list[Board] = field(default_factory=list)
    prompts: list[Prompt] = field(default_factory=list)
    told: list[Notice] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    deadline: datetime | None = None
    soons: int = 0


@dataclass
class DiaryView:
    """A view that notes each board."""

    diary: Diary

    def show(self, board: Board, now: datetime) -> None:
        """Note it."""
        assert now.tzinfo is not None
        self.diary.shown.append(board)


@dataclass
class DiaryNotifier:
    """A notifier that notes each prompt, and what is new in it."""

    diary: Diary

    def show(self, prompt: Prompt) -> None:
        """Note it."""
        self.diary.prompts.append(prompt)
        self.diary.told += [one for one in prompt.notices if not one.announced]

    def withdraw(self, key: str) -> None:
        """Note it."""
        self.diary.withdrawn.append(key)


@dataclass
class DiarySchedule:
    """A schedule that only notes."""

    diary: Diary

    def at(self, moment: datetime | None) -> None:
        """Note it."""
        self.diary.deadline = moment

    def soon(self) -> None:
        """Count it."""
        self.diary.soons += 1


class House:
    """All flows over fakes; the parts are open to the test."""

    def __init__(self, *sessions: SsoSession) -> None:
        sessions = sessions or (a_session(),)
        profiles = tuple(a_profile(f"of {s.name}", s.name) for s in sessions)
        self.clock, self.diary, self.cache = FakeClock(), Diary(), DictCache()
        self.config = StubConfig(AwsConfig(tuple(sessions), profiles))
        self.settings, self.store = StubSettings(), DictStore()
        self.workers, self.locks = QueuedWorkers(), FakeLocks()
        self.center = ScriptedCenter(self.clock, self.cache)
        self.portal, self.redirects = ScriptedPortal(), ScriptedRedirects()
        self.browser, self.activities = ScriptedOpener(), Activities()
        self.records, self.presence = Records(self.store), StubPresence()
        self.schedule = DiarySchedule(self.diary)
        self.facts = VerbEdges(self.clock, self.config, self.settings, self.cache)
        self.refresher = Refresher(
            self.clock,
            self.cache,
            self.center,
            self.locks,
            self.records,
            self.activities,
            lambda: 0.0,
            self.center.ahead,
        )
        self.monitor = Monitor(
            self._watched(), self.records, self.activities, self.refresher
        )
        self.verbs = self._verbs()

    def _watched(self) -> MonitorEdges:
        return MonitorEdges(
            self.clock,
            self.config,
            self.settings,
            self.cache,
            self.schedule,
            self.workers,
            DiaryNotifier(self.diary),
            self.presence,
            self.diary.opened.extend,
            (DiaryView(self.diary),),
        )

    def _verbs(self) -> Verbs:
        soon = self.schedule.soon
        logouts = Logouts(
            self.cache, self.portal, self.locks, self.records, self.activities, soon
        )
        logins = Logins(
            LoginEdges(
                self.clock,
                self.center,
                self.redirects,
                self.browser,
                self.locks,
                self.workers,
                logouts.end,
            ),
            self.records,
            self.activities,
            soon,
        )
        return Verbs(
            self.facts,
            self.records,
            self.activities,
            self.refresher,
            logins,
            logouts,
            self._serving(),
            soon,
        )

    def _serving(self) -> Serving:
        self.keystore = DictKeystore()
        self.doubts = Doubts(
            self.cache, self.refresher, self.records, self.schedule.soon
        )
        self.sts = ScriptedSts()
        keeping = Keeping(
            Chained(self.portal, self.sts, self._at_hand),
            KeepingEdges(self.clock, self.cache, self.keystore, self.workers),
            self.records,
        )
        checked = CheckedSource(
            keeping,
            lambda: self.facts.board(self.records, self.activities),
            self.clock,
            self.refresher,
            self.doubts,
        )
        soon = self.schedule.soon
        credentials = Credentials(self.clock, checked, self.workers, soon)
        broker = Broker(self.clock, self.activities, self.workers, soon)
        self.audit = ListedAudit()
        guard = Guard(self.clock, self.settings, self.activities, self.workers, soon)
        delivery = self._delivery(credentials)
        self.serving = Serving(
            self.config,
            credentials,
            keeping,
            broker,
            guard,
            self.clock,
            Auditing(self.clock, self.settings, self.audit, self.workers, timedelta()),
            delivery,
        )
        return self.serving

    def _delivery(self, credentials: Credentials) -> Delivery:
        self.filler, self.mirror = DictFiller(), DictMirror()
        return Delivery(
            DeliveryEdges(
                self.clock,
                self.config,
                self.settings,
                self.filler,
                self.mirror,
                self.workers,
            ),
            credentials,
            self.schedule.soon,
        )

    def _at_hand(self, session: SsoSession, profile: Profile) -> RoleCredentials | None:
        return self.serving.credentials.good(session, profile)

    def put(self, entry: CacheEntry, session: SsoSession | None = None) -> None:
        """Let another program write a token."""
        self.cache.entries[(session or a_session()).cache_key] = entry

    def settle(self) -> None:
        """Tick until nothing is left to do."""
        self.monitor.tick()
        self.monitor.tick()
        while self.workers.jobs:
            self.workers.work()
            self.monitor.tick()
            self.monitor.tick()
