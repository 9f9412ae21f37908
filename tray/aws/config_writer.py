"""Writes changes to one of AWS's two files: the `ConfigEditor` of the real ones.

The file is read, changed and replaced under a lock of our own processes, and only if
it is still what was read; where another program was faster, all begins anew with what
that one wrote. A link stays a link: what it leads to is replaced.
"""

from __future__ import annotations

import hashlib
import logging
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from tray.aws.config_backups import backups_of, drop, hash_of, keep, thin_out
from tray.aws.config_diff import diff_of
from tray.aws.config_editor import Edited, edit_text, heads_in
from tray.aws.config_text import mark_of, read_text, show_path
from tray.aws.files import Unfinished
from tray.core.edits import Edit, Head, Written
from tray.core.errors import CannotTell, ConfigError, TrayError
from tray.core.ports import Locks
from tray.core.wording import config_file as places
from tray.core.wording import editing as wording

log = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=10)
"""So long another of our processes may be at it."""

TRIES = 5
"""So often another program may be faster."""

OWN_MODE = 0o600
"""The mode of a file that was not there."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A file as it was read."""

    content: bytes
    """All of it; empty where there is none."""

    mark: object
    """What changes when the file does."""

    status: os.stat_result | None
    """Mode and owner; None where there is none."""


class ConfigWriter:
    """Changes one file, section by section."""

    def __init__(
        self, path: Callable[[], Path], home: Path, locks: Locks, *, bare: bool = False
    ) -> None:
        self._path = path
        self._home = home
        self._locks = locks
        self._bare = bare

    def heads(self) -> frozenset[Head]:
        """Give the sections that are there."""
        return self._heads()[0]

    def managed(self) -> frozenset[Head]:
        """Give those that bear our mark."""
        return self._heads()[1]

    def diff(self, edits: Sequence[Edit]) -> str:
        """Give what edits would change, as a diff for people."""
        path = self._path()
        return diff_of(self._edited(path, self._look(path), edits), self._shown(path))

    def write(self, edits: Sequence[Edit]) -> Written | None:
        """Apply edits to the file as it is now; keeps a backup."""
        path = self._path()
        with self._alone(path):
            for _ in range(TRIES):
                seen = self._look(path)
                edited = self._edited(path, seen, edits)
                if not edited.changed:
                    return None
                after = edited.text.encode("utf-8", "surrogateescape")
                backup = self._replace(path, seen, after)
                if backup is not None:
                    return Written(self._shown(path), backup)
        raise CannotTell(*wording.busy(self._shown(path)))

    def undo(self) -> Written:
        """Take the last change of ours back."""
        path = self._path()
        shown = self._shown(path)
        with self._alone(path), self._mapped(path):
            seen = self._look(path)
            self._refuse_closed(path, seen)
            backups = backups_of(path)
            if not backups:
                raise TrayError(*wording.nothing_to_undo(shown))
            last = backups[-1]
            if last.written != hash_of(seen.content):
                place = self._shown(last.path)
                raise TrayError(*wording.changed_since(shown, place))
            before = last.path.read_bytes()
            if not self._put(path, seen, before):
                raise CannotTell(*wording.busy(shown))
            drop(last.path)
        return Written(shown, "")

    def _heads(self) -> tuple[frozenset[Head], frozenset[Head]]:
        content = self._look(self._path()).content
        return heads_in(_text(content), bare=self._bare)

    def _look(self, path: Path) -> _Seen:
        """Read the file. Raises `ConfigError` where nobody could."""
        with self._mapped(path):
            mark = mark_of(path)
            problems = [one for _, one in read_text(path, self._home).problems]
            if mark is None:
                return _Seen(b"", mark, None)
            content, status = path.read_bytes(), path.stat()
        if problems and not _only_odd_bytes(content):
            problem = problems[0]
            raise ConfigError(*wording.unreadable(problem.title, problem.remedy))
        return _Seen(content, mark, status)

    def _edited(self, path: Path, seen: _Seen, edits: Sequence[Edit]) -> Edited:
        self._refuse_closed(path, seen)
        text = _text(seen.content)
        return edit_text(text, edits, self._shown(path), bare=self._bare)

    def _refuse_closed(self, path: Path, seen: _Seen) -> None:
        """Raise where people do not want it written, or it is no file: /dev/null."""
        if seen.status is None:
            return
        if not stat.S_ISREG(seen.status.st_mode):
            problem = places.file_is_special(self._shown(path))
            raise ConfigError(*wording.unreadable(problem.title, problem.remedy))
        if not seen.status.st_mode & stat.S_IWUSR:
            raise TrayError(*wording.read_only(self._shown(path)))

    def _replace(self, path: Path, seen: _Seen, after: bytes) -> str | None:
        """Keep what is there and put the new in its place; None: others were faster.

        Gives the backup's place.
        """
        mode = OWN_MODE if seen.status is None else stat.S_IMODE(seen.status.st_mode)
        with self._mapped(path):
            backup = keep(path, seen.content, after, mode)
            done = False
            try:
                done = self._put(path, seen, after)
            finally:
                if not done:
                    drop(backup)
        if not done:
            return None
        thin_out(path)
        shown = self._shown(backup)
        log.info(wording.MANAGED, self._shown(path), shown)
        return shown

    def _put(self, path: Path, seen: _Seen, content: bytes) -> bool:
        unfinished = Unfinished(path)
        try:
            unfinished.begin(0)
            if seen.status is not None:
                unfinished.resemble(seen.status)
            return unfinished.finish(content, lambda: mark_of(path) == seen.mark)
        finally:
            unfinished.drop()

    @contextmanager
    def _alone(self, path: Path) -> Iterator[None]:
        """Keep our other processes out."""
        resolved = os.fsencode(os.path.realpath(path))
        name = f"config-{hashlib.sha256(resolved).hexdigest()[:16]}"
        with self._locks.hold(name, PATIENCE):
            yield

    @contextmanager
    def _mapped(self, path: Path) -> Iterator[None]:
        """Let no foreign error out."""
        try:
            yield
        except OSError as error:
            reason = error.strerror or type(error).__name__
            refusal = wording.not_written(self._shown(path), reason)
            raise TrayError(*refusal) from error

    def _shown(self, path: Path) -> str:
        return show_path(path, self._home)


def _text(content: bytes) -> str:
    """Give bytes as text from which the same bytes come back."""
    return content.decode("utf-8", "surrogateescape")


def _only_odd_bytes(content: bytes) -> bool:
    """Tell whether a file is text but for a mark or single bytes, which stay."""
    return b"\0" not in content and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}
