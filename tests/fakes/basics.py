"""Fakes of the ports that every flow uses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tests.builders import NOON
from tray.core.audit import Asked
from tray.core.memory import Memory
from tray.core.model import AwsConfig
from tray.core.presence import PRESENT, Presence
from tray.core.settings import Settings


@dataclass
class FakeClock:
    """Time that moves when told."""

    at: datetime = NOON

    def now(self) -> datetime:
        """Give the time that was set."""
        return self.at

    def advance(self, by: timedelta) -> None:
        """Let time pass, or go back."""
        self.at += by


@dataclass
class StubConfig:
    """A config that is what a test says."""

    config: AwsConfig = field(default_factory=AwsConfig)

    def read(self) -> AwsConfig:
        """Give the config."""
        return self.config


@dataclass
class StubSettings:
    """Settings that are what a test says."""

    settings: Settings = field(default_factory=Settings)

    def read(self) -> Settings:
        """Give the settings."""
        return self.settings


@dataclass
class StubPresence:
    """Somebody who is there or not as a test says; counts the looks."""

    presence: Presence = PRESENT
    looks: int = 0

    def look(self) -> Presence:
        """Give what the test says."""
        self.looks += 1
        return self.presence


@dataclass
class DictStore:
    """A memory store without a file; counts what is saved."""

    memory: Memory = field(default_factory=Memory)
    saves: int = 0

    def load(self) -> Memory:
        """Give what was saved last."""
        return self.memory

    def save(self, memory: Memory) -> None:
        """Keep it."""
        self.memory = memory
        self.saves += 1


@dataclass
class ListedAudit:
    """A record of who asked, in memory."""

    record: list[Asked] = field(default_factory=list)

    def add(self, record: Sequence[Asked]) -> None:
        """Keep them."""
        self.record += record

    def recent(self, most: int) -> tuple[Asked, ...]:
        """Give the newest first."""
        return tuple(reversed(self.record))[:most]


@dataclass
class QueuedWorkers:
    """Workers that do their jobs when a test says so."""

    jobs: list[Callable[[], None]] = field(default_factory=list)

    def submit(self, name: str, job: Callable[[], None]) -> None:
        """Keep the job for later."""
        assert name
        self.jobs.append(job)

    def work(self) -> None:
        """Do all jobs, also those that come up meanwhile."""
        while self.jobs:
            self.jobs.pop(0)()


@dataclass
class FakeLocks:
    """Locks that remember who held them."""

    held: list[str] = field(default_factory=list)
    free: bool = True

    @contextmanager
    def hold(self, name: str, timeout: timedelta) -> Iterator[None]:
        """Hold, and note it."""
        assert timeout > timedelta()
        self.held.append(name)
        yield
