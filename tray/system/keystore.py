"""The system's keyring through `keyring`: the desktop's, macOS's or Windows's.

Run in a process of its own (`worker`), since looking for a keyring loads much and may
take seconds. A locked keyring is left alone: nobody is asked to unlock it for us.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from tray.core.errors import CannotTell
from tray.core.model import Secret
from tray.core.wording import keystore as wording

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

    from tray.core.ports import Channel, Keystore

SERVICE = "sso-tray"
"""Under which all our entries stand."""

ALLOWED = frozenset(
    {
        "keyring.backends.SecretService",
        "keyring.backends.kwallet",
        "keyring.backends.libsecret",
        "keyring.backends.macOS",
        "keyring.backends.Windows",
    }
)
"""Where secrets are kept well; the others are clear-text files, or none at all."""

PIECE = 1200 if sys.platform == "win32" else 1 << 20
"""Characters in one entry: Windows takes 2,560 bytes of UTF-16 (`CredWrite`)."""

MOST_PIECES = 64

Frame = Mapping[str, object]


class SystemKeystore:
    """`Keystore` on the system's keyring."""

    def __init__(self, piece: int = PIECE) -> None:
        self._piece = piece
        self._backend: KeyringBackend | None = None

    def read(self, name: str) -> Secret | None:
        """Give what is kept under a name; None when nothing is, or not whole."""
        with _told_as_ours():
            backend = self._open()
            first = backend.get_password(SERVICE, name) or ""
            count, _, text = first.partition("\n")
            if not count.isdecimal() or not 0 < int(count) <= MOST_PIECES:
                return None
            pieces = [text]
            for number in range(1, int(count)):
                more = backend.get_password(SERVICE, f"{name}#{number}")
                if more is None:
                    return None
                pieces.append(more)
            return Secret("".join(pieces))

    def write(self, name: str, secret: Secret) -> None:
        """Keep a text under a name; the first piece, which counts them, comes last."""
        text, size = secret.reveal(), self._piece
        pieces = [text[at : at + size] for at in range(0, len(text), size)] or [""]
        with _told_as_ours():
            backend = self._open()
            for number, piece in reversed(list(enumerate(pieces))):
                if number:
                    backend.set_password(SERVICE, f"{name}#{number}", piece)
                else:
                    backend.set_password(SERVICE, name, f"{len(pieces)}\n{piece}")

    def remove(self, name: str) -> None:
        """Forget what is kept under a name, the first piece first."""
        with _told_as_ours():
            backend = self._open()
            for number in range(MOST_PIECES):
                entry = f"{name}#{number}" if number else name
                if backend.get_password(SERVICE, entry) is None:
                    return
                backend.delete_password(SERVICE, entry)

    def look(self) -> str:
        """Name the keyring that is open. Raises `CannotTell`; asks for no password."""
        with _told_as_ours():
            return type(self._open()).__module__.rpartition(".")[2]

    def _open(self) -> KeyringBackend:
        """Find the keyring at the first call, and see each time that it is open."""
        if self._backend is None:
            self._backend = _chosen()
        if type(self._backend).__module__ == "keyring.backends.SecretService":
            _look_at_collection()
        return self._backend


def _chosen() -> KeyringBackend:
    import keyring
    from keyring.backends.chainer import ChainerBackend

    found = _secret_service() or keyring.get_keyring()
    choices = list(found.backends) if isinstance(found, ChainerBackend) else [found]
    for backend in choices:
        if type(backend).__module__ in ALLOWED:
            return backend
    module = type(found).__module__
    if module == "keyring.backends.fail" or not choices:
        raise CannotTell(*wording.NONE)
    raise CannotTell(*wording.not_allowed(module.rpartition(".")[2]))


def _secret_service() -> KeyringBackend | None:
    """Give the Secret Service where `keyring` would choose it; it looks at all others.

    It would take KWallet on Plasma, and what people set in its file or variable.
    """
    if sys.platform != "linux":
        return None
    else:  # noqa: RET505 - for the type checker on other systems
        from keyring import core

        plasma = "KDE" in os.environ.get("XDG_CURRENT_DESKTOP", "")
        if plasma or "PYTHON_KEYRING_BACKEND" in os.environ or core.load_config():
            return None
        try:
            return core.load_keyring("keyring.backends.SecretService.Keyring")
        except RuntimeError:  # it does not run, as its priority told
            return None


def _look_at_collection() -> None:
    """See that the Secret Service has an open collection for us; never prompt for one.

    `keyring` itself would have a missing one made and a locked one unlocked, by a
    dialogue that people did not ask for.
    """
    import secretstorage
    from secretstorage.collection import get_collection_by_alias
    from secretstorage.exceptions import ItemNotFoundException

    with closing(secretstorage.dbus_init()) as connection:
        try:
            collection = get_collection_by_alias(connection, "default")
        except ItemNotFoundException:
            raise CannotTell(*wording.NONE) from None
        if collection.is_locked():
            raise CannotTell(*wording.LOCKED)


@contextmanager
def _told_as_ours() -> Iterator[None]:
    """Turn whatever a keyring raises into `CannotTell`; its texts may name secrets."""
    try:
        yield
    except CannotTell:
        raise
    except Exception as error:  # noqa: BLE001 - each keyring has faults of its own
        raise CannotTell(*wording.failed(type(error).__name__)) from None


class RemoteKeystore:
    """`Keystore` over a channel to the process that has it."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def read(self, name: str) -> Secret | None:
        """Give what is kept under a name; None when nothing is, or not whole."""
        text = self._channel.call("read", {"name": name}).get("secret")
        return Secret(text) if isinstance(text, str) else None

    def write(self, name: str, secret: Secret) -> None:
        """Keep a text under a name, in place of what was there."""
        self._channel.call("write", {"name": name, "secret": secret.reveal()})

    def remove(self, name: str) -> None:
        """Forget what is kept under a name; no error when nothing is."""
        self._channel.call("remove", {"name": name})


def keystore_operations(
    keystore: Keystore,
) -> Mapping[str, Callable[[Frame], Frame]]:
    """Give what a process serves that has a keystore; the other end of the above."""

    def read(data: Frame) -> Frame:
        secret = keystore.read(str(data["name"]))
        return {"secret": None if secret is None else secret.reveal()}

    def write(data: Frame) -> Frame:
        keystore.write(str(data["name"]), Secret(str(data["secret"])))
        return {}

    def remove(data: Frame) -> Frame:
        keystore.remove(str(data["name"]))
        return {}

    return {"read": read, "write": write, "remove": remove}
