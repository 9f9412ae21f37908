"""The asking end of a named pipe; what `client` is on Windows."""

from __future__ import annotations

import os
from multiprocessing import AuthenticationError
from multiprocessing.connection import Client

from tray.core.errors import CannotTell, NoDaemon, TrayError
from tray.core.wording import system as wording
from tray.local.pipe import PIPES, Ends, address_of, introduce, read_key
from tray.local.protocol import LARGEST_ANSWER

KNOCK = 5.0
"""Seconds for a daemon to let us in."""


def ask_pipe(
    path: str | os.PathLike[str],
    line: bytes,
    timeout: float | None = 30.0,
    pipes: str = PIPES,
) -> bytes:
    """Send one request's line and give the answer's; `path` is the key's file.

    Raises as `client.ask` does.
    """
    key = read_key(path)
    if key is None:
        raise NoDaemon(*wording.NO_DAEMON)
    try:
        end = Client(address_of(key, pipes))
    except OSError:
        raise NoDaemon(*wording.NO_DAEMON) from None
    with end:
        try:
            introduce(end, key, KNOCK)
            end.send_bytes(line)
        except (OSError, EOFError, AuthenticationError):
            raise NoDaemon(*wording.NO_DAEMON) from None
        return _hear(end, timeout)


def _hear(end: Ends, timeout: float | None) -> bytes:
    try:
        answer = end.recv_bytes(LARGEST_ANSWER) if end.poll(timeout) else None
    except (OSError, EOFError):
        raise NoDaemon(*wording.DAEMON_GONE) from None
    if answer is None:
        raise CannotTell(*wording.DAEMON_SILENT)
    if not answer.endswith(b"\n"):
        raise TrayError(*wording.DAEMON_STRANGE)
    return answer
