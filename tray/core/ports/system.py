"""What we ask of the machine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tray.core.memory import Memory
    from tray.core.model import Secret
    from tray.core.settings import Settings


if TYPE_CHECKING:  # most commands have no use for it
    from tray.core.audit import Asked
    from tray.core.autostart import AutostartStatus, Method, Outcome
    from tray.core.choices import Choice


class Clock(Protocol):
    """The wall clock."""

    def now(self) -> datetime:
        """Give the time, aware, in UTC."""
        ...


class SettingsReader(Protocol):
    """Our own settings file."""

    def read(self) -> Settings:
        """Give the settings; the same object while the file is unchanged.

        Never raises: what is wrong is logged once, and defaults stand in for it.
        """
        ...


class Locks(Protocol):
    """Locks that all our processes on this machine share."""

    def hold(self, name: str, timeout: timedelta) -> AbstractContextManager[None]:
        """Hold the lock of one cache key until the block ends.

        Raises `CannotTell` when another process keeps it for longer than `timeout`.
        """
        ...


class Keystore(Protocol):
    """The system's keyring: texts by name, which only this user can read.

    Never asks people for anything. Raises `CannotTell` where there is none, where it is
    locked, and when it does not answer in time; may take seconds.
    """

    def read(self, name: str) -> Secret | None:
        """Give what is kept under a name; None when nothing is, or not whole."""
        ...

    def write(self, name: str, secret: Secret) -> None:
        """Keep a text under a name, in place of what was there."""
        ...

    def remove(self, name: str) -> None:
        """Forget what is kept under a name; no error when nothing is."""
        ...


class TokenSafe(Protocol):
    """Where a token can rest besides its file: in the keyring, whole."""

    def has_file(self, key: str) -> bool:
        """Tell whether there is a file. Never raises."""
        ...

    def is_kept(self, key: str) -> bool:
        """Tell whether the keyring has it, as far as we know; asks no keyring."""
        ...

    def keep(self, key: str) -> None:
        """Move a token from its file into the keyring.

        The file goes when the keyring has given the token back. Raises `TrayError` when
        it does not; then nothing has changed.
        """
        ...

    def give_back(self, key: str) -> None:
        """Move a token from the keyring into its file; a file that is there stays.

        Raises `TrayError` when that can't be; then nothing has changed.
        """
        ...


class Workers(Protocol):
    """A small pool for what waits for the network or for people."""

    def submit(self, name: str, job: Callable[[], None]) -> None:
        """Run a job soon on another thread; what it raises is logged."""
        ...


class Schedule(Protocol):
    """When the next tick comes."""

    def at(self, moment: datetime | None) -> None:
        """Tick at this moment, in place of what was asked before; None: not at all."""
        ...

    def soon(self) -> None:
        """Tick as soon as possible; asked many times at once, tick once.

        Asked during a tick, tick once more after it.
        """
        ...


class MemoryStore(Protocol):
    """`state.json` in our state folder: what survives a restart; no secret."""

    def load(self) -> Memory:
        """Give what is remembered; an empty memory if there is none or it is broken."""
        ...

    def save(self, memory: Memory) -> None:
        """Remember; atomically. A failure is logged once and never raised."""
        ...


class AuditLog(Protocol):
    """A record of who asked for what, bounded in size; no secret."""

    def add(self, record: Sequence[Asked]) -> None:
        """Add these; the oldest ones go where there is no room. Never raises."""
        ...

    def recent(self, most: int) -> tuple[Asked, ...]:
        """Give the newest, at most so many, the newest first. Never raises."""
        ...


class ChoiceStore(Protocol):
    """What people chose for the profiles of their sessions, across processes."""

    def read(self) -> Mapping[str, Choice]:
        """Give what was chosen, by the names of sessions; never raises."""
        ...

    def change(self, session: str, change: Callable[[Choice], Choice]) -> None:
        """Keep a choice in place of the one before; a failure is logged only."""
        ...


class LogReader(Protocol):
    """The daemon's log, which rotates."""

    def all(self) -> str:
        """Give all that is kept, oldest first. Raises `TrayError` without a log."""
        ...

    def more(self) -> str:
        """Give what came since the last look, empty if nothing. Never raises."""
        ...


class Autostart(Protocol):
    """Whether the program starts when this user logs in."""

    def status(
        self, method: Method | None = None, *, thorough: bool = False
    ) -> AutostartStatus:
        """Tell how it stands, by all methods of this system or by one.

        Reads a file or two and starts nothing, so a menu may ask at any time;
        `thorough` asks the system's own tools, too, which may take seconds.
        """
        ...

    def enable(self, method: Method | None = None) -> Outcome:
        """See to it, by one method only; None: by the one that fits this desktop.

        Asked twice, it changes nothing; an entry of ours that is stale is repaired.
        May take seconds. Raises `UsageError` for a method of another system, and
        `TrayError` where something stands that is not ours.
        """
        ...

    def disable(self, method: Method | None = None) -> Outcome:
        """Take our own entries away; what runs goes on. May take seconds."""
        ...
