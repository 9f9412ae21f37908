"""`simulate`: the very same monitor, with a moved clock, over a world in memory.

Nothing here decides anything. What the monitor does is written down, and that is all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tray.core.board import Board, NoticeKind, SessionStatus
from tray.core.memory import Memory
from tray.core.model import AwsConfig, CachedToken, CacheEntry, SsoSession
from tray.core.settings import Mode, Settings
from tray.core.simulation import Event, Kind, Life, Simulation, in_order
from tray.core.telling import Prompt
from tray.core.wording import simulation as wording
from tray.flows.activities import Activities
from tray.flows.imagined import (
    Agenda,
    ImaginedCenter,
    ImaginedTokens,
    KnownConfig,
    KnownMemory,
    KnownSettings,
    MovedClock,
    OpenDoors,
    Somebody,
)
from tray.flows.monitor import Monitor, MonitorEdges
from tray.flows.records import Records
from tray.flows.refresh import Refresher

MOST_EVENTS = 5000
"""More than this nobody reads; the simulation ends where they do."""

ESTIMATES_TOLD = 20
"""Of so many sessions is said what their ends rest on; JSON tells it of all."""

INSTANT = timedelta(milliseconds=1)

KINDS = {
    NoticeKind.ENDING: Kind.NOTICE,
    NoticeKind.ENDED: Kind.ENDED_NOTICE,
    NoticeKind.DUE: Kind.REMINDER,
    NoticeKind.PLAN: Kind.PROPOSAL,
}
"""The kinds of events that notices are."""


@dataclass(frozen=True, slots=True)
class Premises:
    """What was read, once."""

    now: datetime
    """The time."""

    config: AwsConfig
    """AWS's config."""

    settings: Settings
    """Our settings."""

    tokens: dict[str, CacheEntry]
    """The token cache, by cache key."""

    memory: Memory
    """What is remembered."""


@dataclass(slots=True)
class Diary:
    """What the monitor did, written down."""

    clock: MovedClock
    """The time."""

    events: list[Event] = field(default_factory=list)
    """What happened."""

    lives: list[Life] = field(default_factory=list)
    """The tokens that there were."""

    usable: dict[str, bool] = field(default_factory=dict)
    """Whether programs could work, by session, when it was looked last."""

    def note(
        self, session: str, kind: Kind, title: str, until: datetime | None = None
    ) -> None:
        """Write down an event of this moment."""
        self.events.append(Event(self.clock.now(), session, kind, title, until))

    def renewed(self, session: SsoSession, until: datetime | None) -> None:
        """Write down how a renewal went; None: it was refused."""
        if until is None:
            self.note(session.name, Kind.REFUSAL, wording.REFUSED)
            return
        self.note(session.name, Kind.RENEWAL, wording.renewed(until), until)
        self.lives.append(Life(session.name, self.clock.now(), until))

    def opened(self, sessions: tuple[str, ...]) -> None:
        """Write down that the browser opens."""
        for name in sessions:
            self.note(name, Kind.BROWSER, wording.BROWSER)


@dataclass(frozen=True, slots=True)
class Listener:
    """A notifier that writes down what people would be told."""

    diary: Diary
    """Where to."""

    def show(self, prompt: Prompt) -> None:
        """Write down what is new in a prompt."""
        for notice in prompt.notices:
            if not notice.announced:
                title = wording.told(notice.title, notice.body)
                self.diary.note(notice.session, KINDS[notice.kind], title)

    def withdraw(self, key: str) -> None:
        """Write nothing down: it is no longer true, and nobody acted."""


@dataclass(frozen=True, slots=True)
class Watcher:
    """A view that writes down when programs stop working."""

    diary: Diary
    """Where to."""

    def show(self, board: Board, now: datetime) -> None:
        """Write down what has become of the sessions since the last look."""
        del now  # the diary has the same clock
        usable = self.diary.usable
        for status in board.sessions:
            name = status.session.name
            if usable.get(name) and not status.usable:
                stops = wording.STOPS_UNRENEWED if status.renewable else wording.STOPS
                self.diary.note(name, Kind.STOPS, stops)
            usable[name] = status.usable


class Rehearsal:
    """One simulation; good for one run."""

    def __init__(self, premises: Premises, most: int) -> None:
        self._premises = premises
        self._most = most
        self._clock = MovedClock(premises.now)
        self._diary, self._agenda = Diary(self._clock), Agenda()
        tokens = ImaginedTokens(dict(premises.tokens))
        self._records = Records(KnownMemory(premises.memory))
        self._center = ImaginedCenter(
            self._clock, tokens, self._life, self._diary.renewed
        )
        activities = Activities()
        self._monitor = Monitor(
            MonitorEdges(
                clock=self._clock,
                config=KnownConfig(premises.config),
                settings=KnownSettings(premises.settings),
                tokens=tokens,
                schedule=self._agenda,
                workers=self._agenda,
                notifier=Listener(self._diary),
                presence=Somebody(),
                open_logins=self._diary.opened,
                views=(Watcher(self._diary),),
            ),
            self._records,
            activities,
            Refresher(
                self._clock,
                tokens,
                self._center,
                OpenDoors(),
                self._records,
                activities,
                lambda: 0.0,
            ),
        )

    def run(self, until: datetime) -> Simulation:
        """Let the time go by up to a moment, and tell what would happen."""
        self._monitor.tick()
        first = self._monitor.board.sessions
        self._center.ends.update(
            {s.session.cache_key: s.ends_at for s in first if s.ends_at is not None}
        )
        while len(self._diary.events) < self._most:
            self._settle()
            moment = self._agenda.moment
            if moment is None or moment > until:
                break
            self._clock.at = max(moment, self._clock.at + INSTANT)
        else:
            until = self._clock.at
        now = self._premises.now
        events = [*self._diary.events, *self._known(first, until)]
        present = (
            Life(s.session.name, now, s.expires_at)
            for s in first
            if s.usable and s.expires_at is not None
        )
        return Simulation(
            now=now,
            until=until,
            sessions=first,
            events=in_order(events, (s.session.name for s in first)),
            lives=(*present, *self._diary.lives),
            assumptions=tuple(self._assumptions(first, until)),
        )

    def _settle(self) -> None:
        """Tick and work until nothing is left to do at this moment."""
        self._monitor.tick()
        while self._agenda.wanted or self._agenda.jobs:
            self._agenda.wanted = False
            jobs, self._agenda.jobs = self._agenda.jobs, []
            for job in jobs:
                job()
            self._monitor.tick()

    def _life(self, key: str) -> timedelta | None:
        return self._records.current().of(key).usual_life

    def _known(
        self, first: tuple[SessionStatus, ...], until: datetime
    ) -> Iterator[Event]:
        """Give what is known to come and what the monitor has no word for."""
        now = self._premises.now
        for status in first:
            entry = self._premises.tokens.get(status.session.cache_key)
            if not isinstance(entry, CachedToken):
                continue
            name, ends = status.session.name, status.ends_at
            if ends is not None and now < ends <= until:
                title = wording.ends(status.horizon)
                yield Event(ends, name, Kind.SESSION_ENDS, title)
            over = entry.token.registration_expires_at
            if status.renewable and over is not None and now < over <= until:
                yield Event(over, name, Kind.REGISTRATION_ENDS, wording.REGISTRATION)
            quiet = status.snoozed_until
            if quiet is not None and quiet <= until:
                yield Event(quiet, name, Kind.SNOOZE_OVER, wording.SNOOZE_OVER)

    def _assumptions(
        self, first: tuple[SessionStatus, ...], until: datetime
    ) -> Iterator[str]:
        premises = self._premises
        yield wording.NOBODY_LOGS_IN
        yield wording.AWAKE
        yield wording.PRESENT
        yield wording.TOKENS_END
        if premises.memory.paused:
            yield wording.PAUSED
        working = [one for one in first if one.usable]
        for status in working[:ESTIMATES_TOLD]:
            mode = premises.settings.mode_of(status.session.name)
            manual = mode is Mode.MANUAL
            yield (wording.unrenewed if manual else wording.estimate)(status)
        if len(self._diary.events) >= self._most:
            yield wording.cut_short(until, premises.now)


def simulate(
    premises: Premises, until: datetime, most: int = MOST_EVENTS
) -> Simulation:
    """Tell what would happen from now to a moment; nothing is done.

    Where more than so many events come up, it ends early, and says so.
    """
    return Rehearsal(premises, most).run(until)
