"""The shared credentials file with our blocks in it, for tools that know no SSO."""

from __future__ import annotations

import contextlib
import os
import stat
import sys
from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial
from pathlib import Path

from tray.aws.config_text import BEGIN
from tray.aws.files import LARGEST, NotPlain, TooBig, Unfinished, read_bytes
from tray.aws.mirror_blocks import Mirrored, mirrored
from tray.core.credentials import RoleCredentials
from tray.core.errors import CannotTell, TrayError
from tray.core.model import Problem
from tray.core.ports import Locks
from tray.core.wording import delivery as wording

LOCK = "shared-credentials"
LOCK_WAIT = timedelta(seconds=5)
"""Another daemon of ours writes for some milliseconds."""

TRIES = 5
"""So often it is read again when somebody else has written meanwhile."""


class SharedCredentials:
    """`Mirror` over the real file, written whole or not at all."""

    def __init__(self, path: Path, world: str, locks: Locks) -> None:
        self._path = path
        self._world = world
        self._locks = locks

    def show(self, wanted: Mapping[str, RoleCredentials]) -> Mapping[str, Problem]:
        """Have exactly these profiles in our blocks; gives what is not, and why."""
        path = str(self._path)
        if not wanted and not self._may_be_there():
            return {}
        try:
            with self._locks.hold(LOCK, LOCK_WAIT):
                done = self._written(wanted)
        except NotPlain:
            raise TrayError(*wording.not_plain(path)) from None
        except TooBig:
            raise TrayError(*wording.too_large(path, LARGEST)) from None
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise CannotTell(*wording.not_written(path, reason)) from None
        return {
            name: wording.not_mirrored(name, path, snag)
            for name, snag in done.snags.items()
        }

    def _may_be_there(self) -> bool:
        """Tell whether a block of ours may stand in the file."""
        try:
            return BEGIN.encode() in _read(self._path)[0]
        except (NotPlain, TooBig):  # nobody writes there, we least of all
            return False
        except OSError:
            return True

    def _written(self, wanted: Mapping[str, RoleCredentials]) -> Mirrored:
        for _ in range(TRIES):
            content, status = _read(self._path)
            done = mirrored(content.decode("latin-1"), self._world, wanted)
            becomes = done.text.encode("latin-1")
            if becomes == content:
                return done
            if len(becomes) > len(content):
                self._refuse_open(status)
            if self._replaced(becomes, status, partial(self._is, content)):
                return done
        raise CannotTell(*wording.busy(str(self._path)))

    def _refuse_open(self, status: os.stat_result | None) -> None:
        """Raise `TrayError` where others could read what we write, or it is theirs."""
        if sys.platform != "win32" and status is not None:
            if status.st_uid != os.geteuid():
                raise TrayError(*wording.foreign(str(self._path)))
            if stat.S_IMODE(status.st_mode) & 0o077:
                raise TrayError(*wording.readable(str(self._path)))

    def _replaced(
        self,
        content: bytes,
        status: os.stat_result | None,
        unchanged: Callable[[], bool],
    ) -> bool:
        unfinished = Unfinished(self._path)
        unfinished.begin(len(content))
        try:
            if status is not None:
                unfinished.resemble(status)
        except BaseException:
            unfinished.drop()
            raise
        return unfinished.finish(content, unchanged)

    def _is(self, content: bytes) -> bool:
        with contextlib.suppress(OSError, NotPlain, TooBig):
            return _read(self._path)[0] == content
        return False


def _read(path: Path) -> tuple[bytes, os.stat_result | None]:
    try:
        return read_bytes(str(path))
    except (FileNotFoundError, NotADirectoryError):
        return b"", None
