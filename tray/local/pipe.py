"""The local endpoint of Windows: a named pipe, whose name and key follow from a file.

The file lies in the user's own profile, which Windows keeps for that user, and is made
anew at each start. Both ends prove that they have its key before anything is said, so
that neither another user's program nor one that took the pipe's name learns anything.
Messages are bytes of limited size; nothing is ever unpickled. Form: "Listeners and
Clients" in the documentation of `multiprocessing`.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import AuthenticationError
from multiprocessing.connection import answer_challenge, deliver_challenge
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, cast

from tray.core.errors import TrayError
from tray.core.model import Secret
from tray.core.wording import system as wording

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

PIPES: Final = "\\\\.\\pipe\\sso-tray-"
"""What the names of our pipes begin with; one without backslashes means a socket."""

KEY_BYTES: Final = 32
KEY_LETTERS: Final = 2 * KEY_BYTES


class Ends(Protocol):
    """One end of a pipe, as `multiprocessing` gives it."""

    def poll(self, timeout: float | None = 0.0) -> bool:
        """Tell whether there is something to read, within so many seconds."""
        ...

    def recv_bytes(self, maxlength: int | None = None) -> bytes:
        """Give the next message, up to so many bytes."""
        ...

    def send_bytes(self, buf: bytes) -> None:
        """Send a message."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


@dataclass(frozen=True, slots=True)
class Patient:
    """An end that does not wait longer than it has patience."""

    end: Ends
    """The end itself."""

    patience: float | None
    """Seconds for the next message; None: as long as it takes."""

    def recv_bytes(self, maxlength: int | None = None) -> bytes:
        """Give the next message. Raises `TimeoutError`, `OSError` and `EOFError`."""
        if not self.end.poll(self.patience):
            raise TimeoutError
        return self.end.recv_bytes(maxlength)

    def send_bytes(self, message: bytes) -> None:
        """Send a message. Raises `OSError` when nobody is there any more."""
        self.end.send_bytes(message)


def let_in(end: Ends, key: Secret, patience: float) -> None:
    """Let a caller prove that it has the key, and prove it too.

    Raises `AuthenticationError` when it has not; `OSError`, `EOFError` when it leaves.
    """
    with _no_nonsense():
        deliver_challenge(_side(end, patience), key.reveal().encode())
        answer_challenge(_side(end, patience), key.reveal().encode())


def introduce(end: Ends, key: Secret, patience: float) -> None:
    """Be the caller of `let_in`; raises what it raises."""
    with _no_nonsense():
        answer_challenge(_side(end, patience), key.reveal().encode())
        deliver_challenge(_side(end, patience), key.reveal().encode())


def _side(end: Ends, patience: float) -> Connection:
    # Of a connection, only the two methods that `Patient` has are called.
    return cast("Connection", Patient(end, patience))


@contextlib.contextmanager
def _no_nonsense() -> Iterator[None]:
    """Take what is no challenge for a wrong one; Python 3.11 only asserts that."""
    try:
        yield
    except (AssertionError, ValueError):
        raise AuthenticationError from None


def address_of(key: Secret, pipes: str = PIPES) -> str:
    """Give the name of a key's pipe; who has it does not have the key."""
    return pipes + key.fingerprint()


def make_key(path: Path) -> Secret:
    """Put a fresh key into a file of this user's. Raises `TrayError`."""
    key = Secret(secrets.token_hex(KEY_BYTES))
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        # In place: Windows refuses to replace a file that somebody reads.
        flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
        with open(os.open(path, flags, 0o600), "wb") as file:  # noqa: PTH123 - with a mode
            file.write(key.reveal().encode())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise TrayError(*wording.socket_unusable(str(path), reason)) from None
    return key


def read_key(path: str | os.PathLike[str]) -> Secret | None:
    """Give the key that lies there; None for no file, and for what is no key."""
    try:
        text = Path(path).read_bytes()[: KEY_LETTERS + 1].decode()
    except (OSError, ValueError):
        return None
    return Secret(text) if len(text) == KEY_LETTERS else None


def drop_key(path: Path, key: Secret) -> None:
    """Take a key's file away, unless it is another one's by now."""
    if read_key(path) == key:
        with contextlib.suppress(OSError):
            path.unlink()
