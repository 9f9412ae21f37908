"""Fakes around start at log-in: the port itself, a registry, the system's tools."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tray.core.autostart import (
    AutostartStatus,
    Change,
    Fault,
    LoginItem,
    Method,
    Outcome,
    State,
)
from tray.core.errors import TrayError, UsageError


@dataclass
class FakeAutostart:
    """Start at log-in that only remembers, by the same promises as the real one."""

    methods: tuple[Method, ...] = (Method.SYSTEMD, Method.XDG)
    best: Method = Method.XDG
    program: str = "/usr/bin/sso-tray"
    entries: dict[Method, str] = field(default_factory=dict)
    foreign: set[Method] = field(default_factory=set)

    def status(
        self, method: Method | None = None, *, thorough: bool = False
    ) -> AutostartStatus:
        """Give what is remembered."""
        assert thorough in {True, False}
        return AutostartStatus(tuple(map(self._item, self._meant(method))))

    def enable(self, method: Method | None = None) -> Outcome:
        """Remember one."""
        [target] = self._meant(method or self.best)
        if target in self.foreign:
            raise TrayError("Something else is there.", "Move it away.")
        before, self.entries = self.entries, {target: self.program}
        if before == self.entries:
            change = Change.ALREADY_ON
        elif target in before:
            change = Change.REPAIRED
        else:
            change = Change.MOVED if before else Change.ENABLED
        return Outcome(change, self.status())

    def disable(self, method: Method | None = None) -> Outcome:
        """Forget those that are meant."""
        meant = set(self._meant(method)) & set(self.entries)
        for one in meant:
            del self.entries[one]
        change = Change.DISABLED if meant else Change.ALREADY_OFF
        return Outcome(change, self.status(method))

    def _meant(self, method: Method | None) -> Sequence[Method]:
        meant = [one for one in self.methods if method in {None, one}]
        if not meant:
            raise UsageError("Not here.", "Use another.")
        return meant

    def _item(self, method: Method) -> LoginItem:
        place = f"place of {method}"
        if method in self.foreign:
            return LoginItem(method, place, State.FOREIGN)
        if method not in self.entries:
            return LoginItem(method, place)
        fresh = self.entries[method] == self.program
        return LoginItem(method, place, State.ON, () if fresh else (Fault.PROGRAM,))


@dataclass
class FakeRegistry:
    """A registry in a dictionary."""

    values: dict[tuple[str, str], str | bytes] = field(default_factory=dict)

    def read(self, key: str, name: str) -> str | bytes | None:
        """Give a value."""
        return self.values.get((key, name))

    def write(self, key: str, name: str, text: str) -> None:
        """Set a text."""
        self.values[key, name] = text

    def delete(self, key: str, name: str) -> None:
        """Forget a value."""
        self.values.pop((key, name), None)


@dataclass
class RecordingTell:
    """The system's tools: keeps how they are called, and answers as a test says."""

    content: bool = True
    """What every tool answers."""
    told: list[tuple[str, ...]] = field(default_factory=list)

    def __call__(self, argv: Sequence[str]) -> bool:
        """Note the words."""
        self.told.append(tuple(argv))
        return self.content
