"""Moves tokens into the keyring and back, as people set it for each session."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial

from tray.core.board import Board
from tray.core.errors import TrayError
from tray.core.model import SsoSession
from tray.core.ports import Clock, Locks, SettingsReader, Teller, TokenSafe, Workers
from tray.core.settings import Storage
from tray.core.wording import kept as wording

log = logging.getLogger(__name__)

PAUSE = timedelta(minutes=10)
"""A keyring that could not be used is left alone for so long."""

TRIES = 3
"""How often one token is moved in a row, before it waits for the next look."""

LOCK_WAIT = timedelta(seconds=60)
"""Longer than the slowest renewal, which writes the same token."""


@dataclass(slots=True)
class Safekeeping:
    """`View` that sees to it that each token rests where it should."""

    clock: Clock
    """The wall clock."""

    settings: SettingsReader
    """Where people want their tokens."""

    safe: TokenSafe
    """Both places."""

    locks: Locks
    """The locks our processes share."""

    workers: Workers
    """Threads that may wait for a keyring."""

    soon: Callable[[], None]
    """Asks for a tick."""

    teller: Teller | None = None
    """Tells people what can't be done; None: whoever asks is told."""

    _failed_at: dict[str, datetime] = field(default_factory=dict)
    _moving: set[str] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def show(self, board: Board, now: datetime) -> None:
        """Begin to move what is not where it should be."""
        for status in board.sessions:
            session, key = status.session, status.session.cache_key
            if not self._misplaced(session) or self._paused(key, now):
                continue
            with self._lock:
                if key in self._moving:
                    continue
                self._moving.add(key)
            self.workers.submit("safekeeping", partial(self._move, session))

    def settle_all(self, sessions: Iterable[SsoSession]) -> None:
        """Move all that is not where it should be; what can't be is logged."""
        for session in sessions:
            self._try(session)

    def settle(self, session: SsoSession) -> None:
        """Move a session's token now, if it is not where it should be.

        Raises `TrayError` when that can't be; then it stays where it is.
        """
        if not self._misplaced(session):
            return
        key = session.cache_key
        with (
            self.locks.hold(key, LOCK_WAIT),
            self.locks.hold(f"{key}.asking", LOCK_WAIT),
        ):
            if self._strict(session):
                self.safe.keep(key)
            else:
                self.safe.give_back(key)

    def _try(self, session: SsoSession) -> bool:
        key = session.cache_key
        try:
            self.settle(session)
            self._failed_at.pop(key, None)
        except TrayError as error:
            self._tell(session, error)
            self._failed_at[key] = self.clock.now()
            return False
        return True

    def _move(self, session: SsoSession) -> None:
        """Move a token, and again where people have thought better of it meanwhile."""
        tries = 0
        while session.cache_key in self._moving:
            moved, tries = self._try(session), tries + 1
            with self._lock:
                if not moved or tries == TRIES or not self._misplaced(session):
                    self._moving.discard(session.cache_key)
        self.soon()

    def _tell(self, session: SsoSession, error: TrayError) -> None:
        words = wording.stays if self._strict(session) else wording.not_back
        said = words(session.name, error.title)
        log.warning("%s %s", *said)
        if self.teller is not None and session.cache_key not in self._failed_at:
            self.teller.tell(*said)

    def _strict(self, session: SsoSession) -> bool:
        return self.settings.read().storage_of(session.name) is Storage.STRICT

    def _misplaced(self, session: SsoSession) -> bool:
        key = session.cache_key
        if self._strict(session):
            return self.safe.has_file(key)
        return self.safe.is_kept(key)

    def _paused(self, key: str, now: datetime) -> bool:
        failed = self._failed_at.get(key)
        return failed is not None and failed <= now < failed + PAUSE
