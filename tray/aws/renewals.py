"""Tokens on their way from the service to the cache, so that none is lost on it.

A refresh token may die as soon as it is used, so what comes for it may be the only one
that works. Its room in the cache is taken before it is asked for. What can't be written
all the same is kept in this process, which goes on using it, and tries again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from tray.aws.cache import TokenFiles
from tray.aws.files import Manner, Unfinished
from tray.core.errors import TrayError
from tray.core.model import AccessToken, CachedToken, CacheEntry, SsoSession
from tray.core.wording import tokens as wording

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A token that could not be written yet."""

    session: SsoSession
    token: AccessToken
    before: CacheEntry | None
    renewing: bool


class Renewals:
    """The tokens as those see them who ask for new ones; safe for threads."""

    def __init__(self, files: TokenFiles) -> None:
        self._files = files
        self._lock = threading.RLock()
        self._begun: dict[str, Unfinished | None] = {}
        self._seen: dict[str, CacheEntry | None] = {}
        self._waiting: dict[str, _Waiting] = {}

    def read(self, key: str) -> CacheEntry | None:
        """Give what lies under one cache key; a token that still waits goes first."""
        entry = self._look(key)
        with self._lock:
            waiting = self._waiting.get(key)
            if waiting is None or self._superseded(waiting, entry):
                return entry
            written = entry.written_at if isinstance(entry, CachedToken) else None
            return CachedToken(waiting.token, written or waiting.token.expires_at)

    def write(
        self, session: SsoSession, token: AccessToken, *, renewing: bool = False
    ) -> None:
        """Put a token in the cache, unless a newer one of others has come there.

        Raises `TrayError` when that can't be; then it waits here.
        """
        key = session.cache_key
        if not renewing:  # a log-in takes the place of whatever is there now
            self._look(key)
        with self._lock:
            waiting = _Waiting(session, token, self._seen.get(key), renewing)
            self._waiting[key] = waiting
            try:
                self._save(waiting, self._begun.pop(key, None))
            except TrayError as error:
                log.warning(wording.WAITS, session.name, error.title)
                raise

    @contextmanager
    def room(self, session: SsoSession) -> Iterator[None]:
        """Have room in the cache for the token that is asked for in the block.

        Raises `TrayError` where there is none, before anything is asked.
        """
        key = session.cache_key
        begun = self._files.begin(key)
        with self._lock:
            self._begun[key] = begun
        try:
            yield
        finally:
            with self._lock:
                left = self._begun.pop(key, None)
            if left is not None:
                left.drop()

    def save(self, session: SsoSession) -> datetime | None:
        """Write a session's token that waits; give its end, None if there is none.

        Raises `TrayError` when it still can't be written.
        """
        with self._lock:
            waiting = self._waiting.get(session.cache_key)
            if waiting is None:
                return None
            if self._superseded(waiting, self._look(session.cache_key)):
                del self._waiting[session.cache_key]
                return None
            self._save(waiting, None)
            return waiting.token.expires_at

    def save_all(self) -> bool:
        """Write all that waits; tell whether anything still does."""
        with self._lock:
            for waiting in list(self._waiting.values()):
                try:
                    self.save(waiting.session)
                except TrayError as error:
                    log.debug("%s", error.title)
            return bool(self._waiting)

    def forget(self, session: SsoSession) -> None:
        """Drop what waits, as when its session has been ended."""
        with self._lock:
            self._waiting.pop(session.cache_key, None)

    def _look(self, key: str) -> CacheEntry | None:
        """Read a file; one that is torn, or whose folder is gone, tells nothing."""
        entry = self._files.read(key)
        away = entry is None and not self._files.has_folder()
        if not away and (entry is None or isinstance(entry, CachedToken)):
            with self._lock:
                self._seen[key] = entry
        return entry

    def _save(self, waiting: _Waiting, begun: Unfinished | None) -> None:
        session = waiting.session
        key = session.cache_key
        manner = Manner(begun, lambda: not self._newer_there(waiting), in_place=True)
        if not self._files.write(
            session, waiting.token, renewing=waiting.renewing, manner=manner
        ):
            log.info(wording.OTHERS_WROTE, session.name)
        del self._waiting[key]
        self._look(key)

    def _newer_there(self, waiting: _Waiting) -> bool:
        """Tell whether others have put a newer token there since we looked last.

        No keyring is asked meanwhile: the token that we hold is nowhere else yet.
        """
        if not waiting.renewing:
            return False
        key = waiting.session.cache_key
        entry, seen = self._files.read_all([key]).get(key), self._seen.get(key)
        return _newer(entry, seen) and not _same(entry, waiting.token)

    def _superseded(self, waiting: _Waiting, entry: CacheEntry | None) -> bool:
        """Tell whether a token that waits is of no more use.

        Others have renewed or logged in since, or have taken the file away to log out.
        """
        if entry is None:
            return waiting.before is not None and self._files.has_folder()
        return _newer(entry, waiting.before)


def _newer(entry: CacheEntry | None, before: CacheEntry | None) -> bool:
    if not isinstance(entry, CachedToken):
        return False
    if not isinstance(before, CachedToken):
        return True
    other = entry.fingerprint != before.fingerprint
    return other and entry.token.expires_at > before.token.expires_at


def _same(entry: CacheEntry | None, token: AccessToken) -> bool:
    return isinstance(entry, CachedToken) and entry.token.value == token.value
