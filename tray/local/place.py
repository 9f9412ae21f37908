"""The socket's place in the file system: taken with care, left clean.

The folder is private, so nobody else can reach the socket at all; its mode and the
peer's credentials are checked besides.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
import sys
from pathlib import Path

from tray.core.errors import AlreadyRunning, TrayError
from tray.core.wording import system as wording

LONGEST_PATH = 100
"""Bytes of a socket's path (macOS takes 103, Linux 107)."""

BACKLOG = 4096
"""How many callers may knock at once; the system may cut it (net.core.somaxconn)."""

KNOCK = 1.0
"""Seconds that a socket found in our place is given to prove it is alive."""


class Place:
    """A path with a listening socket of ours, from `take` to `leave`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._identity: tuple[int, int] | None = None

    def take(self) -> socket.socket:
        """Give a listening socket that only this user reaches.

        What a crash left behind is replaced. Raises `AlreadyRunning` when somebody
        answers there, `TrayError` when something else lies there, when the folder is
        not ours alone, and on systems without such sockets.
        """
        path = str(self._path)
        if len(os.fsencode(path)) > LONGEST_PATH:
            raise TrayError(*wording.socket_path_long(path))
        listener = _new_socket()
        try:
            _own_folder(self._path.parent)
            self._clear()
            listener.bind(path)
            self._path.chmod(0o600)
            listener.listen(BACKLOG)
            status = self._path.lstat()
        except OSError as error:
            listener.close()
            reason = error.strerror or type(error).__name__
            raise TrayError(*wording.socket_unusable(path, reason)) from None
        except TrayError:
            listener.close()
            raise
        self._identity = (status.st_dev, status.st_ino)
        return listener

    def leave(self) -> None:
        """Take the socket's file away, if it is still the one that was made."""
        identity, self._identity = self._identity, None
        with contextlib.suppress(OSError):
            status = self._path.lstat()
            if (status.st_dev, status.st_ino) == identity:
                self._path.unlink()

    def _clear(self) -> None:
        try:
            status = self._path.lstat()
        except FileNotFoundError:
            return
        path = str(self._path)
        if not stat.S_ISSOCK(status.st_mode) or not _mine(status):
            raise TrayError(*wording.socket_place_taken(path))
        if answers(path, KNOCK):
            raise AlreadyRunning(*wording.already_running(None))
        self._path.unlink()


def answers(path: str, timeout: float) -> bool:
    """Tell whether somebody listens at a socket's path."""
    with _new_socket() as knocking:
        knocking.settimeout(timeout)
        try:
            knocking.connect(path)
        except (ConnectionRefusedError, FileNotFoundError):
            return False
        except OSError:
            return True  # a full backlog, say: somebody is there
    return True


def raise_file_limit(wanted: int) -> None:
    """Let this process have more open files, as far as the system allows."""
    if sys.platform != "win32":
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY:
            wanted = min(wanted, hard)
        if soft != resource.RLIM_INFINITY and soft < wanted:
            with contextlib.suppress(OSError, ValueError):
                resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _new_socket() -> socket.socket:
    if sys.platform == "win32":
        raise TrayError(*wording.NO_SOCKETS_HERE)
    else:  # noqa: RET506 - for the type checker on Windows
        return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)


def _own_folder(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.stat()
    if not _mine(status):
        raise TrayError(*wording.folder_foreign(str(folder)))
    if stat.S_IMODE(status.st_mode) & 0o077:
        folder.chmod(0o700)


def _mine(status: os.stat_result) -> bool:
    return sys.platform == "win32" or status.st_uid == os.geteuid()
