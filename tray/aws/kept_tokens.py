"""The token cache of those who want their tokens in the keyring (`storage = strict`).

Every token is written to its file first, as ever, so that none is lost on its way. From
there it moves into the keyring, and the file goes once the keyring has given it back.
What is no secret about it stays in a file of ours, so that a look costs no keyring.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from tray.aws.cache import TORN_PAUSES, TokenFiles, entry_of
from tray.aws.files import (
    NotPlain,
    TooBig,
    Unfinished,
    always,
    parse_members,
    read_bytes,
)
from tray.core.errors import CannotTell
from tray.core.kept import facts_of, read_facts
from tray.core.model import CachedToken, CacheEntry, Problem, Secret, Unreadable
from tray.core.ports import Keystore
from tray.core.wording import kept as wording

log = logging.getLogger(__name__)

MARK = 12
"""Hex digits that tell one cache folder from another, in names of entries and files."""


class KeptTokens(TokenFiles):
    """`TokenFiles`, with the tokens that rest in the keyring among them."""

    def __init__(
        self,
        folders: tuple[Path, Path],
        keystore: Keystore,
        pause: Callable[[float], None],
        torn_pauses: Sequence[float] = TORN_PAUSES,
    ) -> None:
        cache, self._facts = folders
        super().__init__(cache, pause, torn_pauses)
        self._keystore = keystore
        self._cache = cache

    def read_all(self, keys: Iterable[str]) -> Mapping[str, CacheEntry]:
        """Give what lies under each cache key; what is kept, without its secrets."""
        wanted = list(keys)
        found = dict(super().read_all(wanted))
        if self._facts.is_dir():
            for key in wanted:
                kept = self._kept(key)
                if kept and not isinstance(found.get(key), CachedToken):
                    found[key] = kept
        return found

    def read(self, key: str) -> CacheEntry | None:
        """Give what lies under one cache key, from the keyring if it rests there."""
        file, kept = super().read(key), self._kept(key)
        if kept is None or isinstance(file, CachedToken):
            return file
        try:
            text = self._keystore.read(self._name(key))
        except CannotTell as error:
            return Unreadable(Problem(error.title, wording.REST))
        content = _bytes(text) if text else b""
        entry = entry_of(content, kept.written_at.timestamp())
        if not isinstance(entry, CachedToken):
            return Unreadable(wording.GONE)
        self._members[key] = parse_members(content) or {}  # a renewal keeps others'
        return entry

    def remove(self, key: str) -> None:
        """Delete a token wherever it is."""
        super().remove(key)
        if self._kept(key) is not None:
            self._forget(key)

    def has_file(self, key: str) -> bool:
        """Tell whether there is a file."""
        return os.path.lexists(self._path(key))

    def is_kept(self, key: str) -> bool:
        """Tell whether the keyring has a token, as far as we know."""
        return self._kept(key) is not None

    def keep(self, key: str) -> None:
        """Move a token from its file into the keyring; nothing without a file.

        Raises `TrayError` when the keyring does not take it; then the file stays.
        """
        path, name = str(self._path(key)), self._name(key)
        try:
            content, status = read_bytes(path)
            secret = Secret(content.decode())
        except (OSError, ValueError, TooBig, NotPlain):
            return  # the board tells of it
        entry = entry_of(content, status.st_mtime)
        if not isinstance(entry, CachedToken):
            return
        self._keystore.write(name, secret)
        if self._keystore.read(name) != secret:
            raise CannotTell(*wording.NOT_KEPT)
        self._put(self.facts_path(key), facts_of(entry).encode())
        with contextlib.suppress(OSError, TooBig, NotPlain):
            if read_bytes(path)[0] == content:  # else somebody has written: it is next
                super().remove(key)

    def give_back(self, key: str) -> None:
        """Move a token from the keyring back into its file.

        Raises `TrayError` when that can't be; then it stays in the keyring.
        """
        kept = self._kept(key)
        if kept is None:
            return
        if not isinstance(super().read(key), CachedToken):
            text = self._keystore.read(self._name(key))
            if text is None:
                raise CannotTell(wording.GONE.title, wording.GONE.remedy)
            self._put(self._path(key), _bytes(text))
            written = kept.written_at.timestamp()
            with contextlib.suppress(OSError):
                os.utime(self._path(key), (written, written))
        self._forget(key)

    def _forget(self, key: str) -> None:
        with contextlib.suppress(OSError):
            self.facts_path(key).unlink(missing_ok=True)
        try:
            self._keystore.remove(self._name(key))
        except CannotTell as error:
            log.warning("%s", error)

    def _kept(self, key: str) -> CachedToken | None:
        try:
            return read_facts(read_bytes(str(self.facts_path(key)))[0].decode())
        except (OSError, ValueError, TooBig, NotPlain):
            return None

    def _put(self, path: Path, content: bytes) -> None:
        unfinished = Unfinished(path)
        try:
            unfinished.begin(0)
            unfinished.finish(content, always)
        except OSError as error:
            unfinished.drop()
            raise self._unwritable(error) from None

    def facts_path(self, key: str) -> Path:
        """Give the file of what is known of a token that is kept."""
        return self._facts / f"{self._mark()}-{key}.json"

    def _name(self, key: str) -> str:
        return f"sso-token/{self._mark()}/{key}"

    def _mark(self) -> str:
        """Tell this cache folder from another, as of another home."""
        folder = os.fsencode(os.path.realpath(self._cache))
        return hashlib.sha256(folder).hexdigest()[:MARK]


def _bytes(text: Secret) -> bytes:
    return text.reveal().encode()
