"""What every keyring promises: the fake, and GNOME's own on a private bus."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fakes.keystore import DictKeystore
from tests.live.keyrings import keyring_of, private_bus
from tray.core.errors import CannotTell
from tray.core.model import Secret
from tray.core.ports import Keystore
from tray.system.child import KEYSTORE, Child, worker_command
from tray.system.keystore import RemoteKeystore

assert sys.platform != "win32"

LONG = "x" * 3_000_000
"""More than one entry holds."""


@contextmanager
def keystore_in(environ: dict[str, str]) -> Iterator[Keystore]:
    """Give the real edge in a process that lives in such a session."""
    child = Child(worker_command(KEYSTORE), environ)
    try:
        yield RemoteKeystore(child)
    finally:
        process = child._running and child._running._process
        child.close()
        if process:
            process.wait(20)


@pytest.fixture(params=["fake", pytest.param("gnome", marks=pytest.mark.live)])
def keystore(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Keystore]:
    """Give each implementation, open and empty."""
    if request.param == "fake":
        yield DictKeystore()
        return
    with (
        private_bus(tmp_path) as environ,
        keyring_of(environ, "password"),
        keystore_in(environ) as found,
    ):
        yield found


@pytest.mark.parametrize("text", ["", "7\nlines", '{"a": "ü €"}', LONG])
def test_what_was_kept_is_there(keystore: Keystore, text: str) -> None:
    """A text comes back whole, however long, and a newer one takes its place."""
    assert keystore.read("one") is None

    keystore.write("one", Secret("older"))
    keystore.write("one", Secret(text))

    assert keystore.read("one") == Secret(text)
    assert keystore.read("other") is None


def test_what_was_removed_is_gone(keystore: Keystore) -> None:
    """Nothing of it is left; removing it twice is no error."""
    keystore.write("one", Secret(LONG))
    keystore.write("two", Secret("two"))

    keystore.remove("one")
    keystore.remove("one")

    assert keystore.read("one") is None
    assert keystore.read("one#1") is None
    assert keystore.read("two") == Secret("two")


@pytest.mark.live
def test_a_locked_keyring_is_left_alone(tmp_path: Path) -> None:
    """Nobody is asked for a password; it is said, and what is kept stays."""
    with private_bus(tmp_path) as environ:
        with keyring_of(environ, "password"), keystore_in(environ) as found:
            found.write("one", Secret("kept"))
        with keyring_of(environ, ""), keystore_in(environ) as found:
            for _ in range(3):
                with pytest.raises(CannotTell, match="locked"):
                    found.read("one")
        with keyring_of(environ, "password"), keystore_in(environ) as found:
            assert found.read("one") == Secret("kept")


@pytest.mark.live
def test_a_keyring_that_was_never_made_is_not_made(tmp_path: Path) -> None:
    """Nobody is asked to choose a password for a keyring that they never had."""
    with (
        private_bus(tmp_path) as environ,
        keyring_of(environ, ""),
        keystore_in(environ) as found,
        pytest.raises(CannotTell, match="no keyring"),
    ):
        found.write("one", Secret("kept"))


@pytest.mark.parametrize(
    ("variables", "word"),
    [
        ({}, "no keyring"),
        ({"PYTHON_KEYRING_BACKEND": "keyring.backends.null.Keyring"}, "'null'"),
        ({"PYTHON_KEYRING_BACKEND": "nonsense.Keyring"}, "can't be used"),
    ],
)
def test_without_a_keyring(
    tmp_path: Path, variables: dict[str, str], word: str
) -> None:
    """No bus, a keyring that keeps nothing, nonsense: told, and never a crash."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), **variables}
    with keystore_in(environ) as found, pytest.raises(CannotTell, match=word):
        found.read("one")
