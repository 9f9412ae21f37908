"""The asking end of the local endpoint; starts fast, so it imports little."""

from __future__ import annotations

import os
import socket
import stat
import sys
from collections.abc import Mapping

from tray.core.errors import CannotTell, NoDaemon, TrayError
from tray.core.wording import system as wording
from tray.local.protocol import LARGEST_ANSWER, decode_answer, encode_request

KNOCK = 2.0
"""Seconds for a daemon to let us in; one that is alive needs far less than one."""

CHUNK = 1 << 16


def ask(
    path: str | os.PathLike[str],
    world: str,
    verb: str,
    args: Mapping[str, object] | None = None,
    timeout: float | None = 30.0,
) -> Mapping[str, object]:
    """Give the daemon's result for one request.

    `timeout` is in seconds for the whole answer, None for as long as it takes. Raises
    the error that the daemon met; `NoDaemon` when there is none, when it ends before it
    answers, or when its socket's folder is not ours alone; `CannotTell` when it does
    not answer in time.
    """
    return decode_answer(
        ask_raw(path, encode_request(world, verb, args or {}), timeout)
    )


def ask_raw(
    path: str | os.PathLike[str], line: bytes, timeout: float | None = 30.0
) -> bytes:
    """Send one request's line and give the answer's; raises as `ask` does."""
    if sys.platform == "win32":
        from tray.local.pipe_client import ask_pipe

        return ask_pipe(path, line, timeout)
    else:  # noqa: RET505 - for the type checker on Windows
        return _ask_socket(os.fspath(path), line, timeout)


def _ask_socket(name: str, line: bytes, timeout: float | None) -> bytes:
    _trust(os.path.dirname(name))  # noqa: PTH120 - pathlib costs a start 5 ms
    with _new_socket() as connection:
        connection.settimeout(KNOCK)
        try:
            connection.connect(name)
            connection.sendall(line)
        except OSError:
            raise NoDaemon(*wording.NO_DAEMON) from None
        connection.settimeout(timeout)
        try:
            return _receive(connection)
        except TimeoutError:
            raise CannotTell(*wording.DAEMON_SILENT) from None
        except OSError:
            raise NoDaemon(*wording.DAEMON_GONE) from None


def _new_socket() -> socket.socket:
    if sys.platform == "win32":
        raise NoDaemon(*wording.NO_SOCKETS_HERE)
    else:  # noqa: RET506 - for the type checker on Windows
        return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)


def _receive(connection: socket.socket) -> bytes:
    pieces = []
    total = 0
    while piece := connection.recv(CHUNK):
        pieces.append(piece)
        total += len(piece)
        if piece.endswith(b"\n"):
            return b"".join(pieces)
        if total > LARGEST_ANSWER:
            raise TrayError(*wording.DAEMON_STRANGE)
    raise NoDaemon(*wording.DAEMON_GONE)


def _trust(folder: str) -> None:
    """Refuse a folder in which somebody else could have put a socket."""
    try:
        status = os.stat(folder)  # noqa: PTH116 - pathlib costs a start 5 ms
    except OSError:
        raise NoDaemon(*wording.NO_DAEMON) from None
    if sys.platform != "win32" and status.st_uid != os.geteuid():
        raise NoDaemon(*wording.folder_foreign(folder))
    if stat.S_IMODE(status.st_mode) & 0o077:
        raise NoDaemon(*wording.folder_open(folder))
