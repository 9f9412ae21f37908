"""The socket's place, and whom the client trusts."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from tests.local.house import WORLD, serving, unix_socket
from tray.core.errors import AlreadyRunning, CannotTell, NoDaemon, TrayError
from tray.local.client import ask
from tray.local.place import Place, answers

STRANGER = 12345


def test_it_is_private(tmp_path: Path) -> None:
    """Folder and socket are for this user alone."""
    with serving(tmp_path) as endpoint:
        assert endpoint.path.parent.stat().st_mode & 0o777 == 0o700
        assert endpoint.path.stat().st_mode & 0o777 == 0o600


def test_a_crash_leaves_a_socket_that_is_replaced(tmp_path: Path) -> None:
    """What nobody listens on is taken over."""
    path = tmp_path / "run" / "abc"
    path.parent.mkdir()
    with unix_socket() as dead:
        dead.bind(str(path))
    place = Place(path)

    place.take().close()
    place.leave()

    assert not path.exists()


def test_a_living_one_is_left_alone(tmp_path: Path) -> None:
    """Where somebody answers, a second one does not begin."""
    with serving(tmp_path) as endpoint:
        with pytest.raises(AlreadyRunning):
            Place(endpoint.path).take()
        assert ask(endpoint.path, WORLD, "ping")


@pytest.mark.parametrize("kind", ["file", "folder", "link", "dead link"])
def test_something_else_in_the_place(tmp_path: Path, kind: str) -> None:
    """What is not our socket is named and never deleted."""
    path = tmp_path / "run" / "abc"
    path.parent.mkdir(mode=0o700)
    (tmp_path / "other").write_text("precious")
    if kind == "file":
        path.write_text("precious")
    elif kind == "folder":
        path.mkdir()
    else:
        path.symlink_to(tmp_path / ("other" if kind == "link" else "none"))

    with pytest.raises(TrayError) as caught:
        Place(path).take()

    assert str(path) in caught.value.title
    assert path.is_symlink() or path.exists()
    assert (tmp_path / "other").read_text() == "precious"


def test_another_ones_socket_is_not_removed(tmp_path: Path) -> None:
    """Who leaves late does not take the new daemon's socket away."""
    path = tmp_path / "abc"
    place = Place(path)
    listener = place.take()
    path.rename(tmp_path / "old")
    other = Place(path)
    new = other.take()
    place.leave()

    assert answers(str(path), 1)
    listener.close()
    new.close()


def test_a_path_that_is_too_long(tmp_path: Path) -> None:
    """The system's limit is explained, with the way out."""
    with pytest.raises(TrayError, match="XDG_RUNTIME_DIR"):
        Place(tmp_path / ("x" * 100)).take()


def test_an_unusable_folder(tmp_path: Path) -> None:
    """A folder that can't be made is told of with its path."""
    (tmp_path / "file").write_text("")

    with pytest.raises(TrayError) as caught:
        Place(tmp_path / "file" / "abc").take()

    assert str(tmp_path / "file") in caught.value.title


def test_nobody_there(tmp_path: Path) -> None:
    """No folder, no socket, nobody behind it: all mean that there is no daemon."""
    with pytest.raises(NoDaemon):
        ask(tmp_path / "none" / "abc", WORLD, "ping")
    tmp_path.chmod(0o700)
    with pytest.raises(NoDaemon):
        ask(tmp_path / "abc", WORLD, "ping")
    with unix_socket() as dead:
        dead.bind(str(tmp_path / "abc"))
    with pytest.raises(NoDaemon):
        ask(tmp_path / "abc", WORLD, "ping")


def test_an_open_folder_is_not_trusted(tmp_path: Path) -> None:
    """Where others could have put a socket, nothing is asked."""
    with serving(tmp_path) as endpoint:
        endpoint.path.parent.chmod(0o750)
        with pytest.raises(NoDaemon, match="open to other users"):
            ask(endpoint.path, WORLD, "ping")
        endpoint.path.parent.chmod(0o700)
        assert ask(endpoint.path, WORLD, "ping")
        assert len(endpoint.seen) == 1


def test_a_silent_daemon(tmp_path: Path) -> None:
    """One that does not answer in time leaves us not knowing."""
    with serving(tmp_path) as endpoint, pytest.raises(CannotTell):
        ask(endpoint.path, WORLD, "wait", timeout=0.1)


@pytest.mark.parametrize("said", [b"", b'{"v":1', b"hello\n"])
def test_a_daemon_that_ends_or_talks_nonsense(tmp_path: Path, said: bytes) -> None:
    """Half an answer is no answer, and a strange one is told as such."""
    tmp_path.chmod(0o700)
    with unix_socket() as listener:
        listener.bind(str(tmp_path / "abc"))
        listener.listen()

        def serve() -> None:
            connection, _ = listener.accept()
            connection.recv(1000)
            connection.sendall(said)
            connection.close()

        thread = threading.Thread(target=serve)
        thread.start()
        error = TrayError if said.endswith(b"\n") else NoDaemon
        with pytest.raises(error):
            ask(tmp_path / "abc", WORLD, "ping")
        thread.join()


CALL = """
import os, socket, sys
os.setuid(int(sys.argv[2]))
caller = socket.socket(socket.AF_UNIX)
caller.connect(sys.argv[1])
caller.sendall(b'{"v":1,"world":"0a1b2c3d","verb":"ping","args":{}}\\n')
print(caller.recv(1000))
"""


def test_another_user_is_not_served(tmp_path: Path) -> None:
    """Even with folder and socket wide open, only this user is answered."""
    with serving(tmp_path) as endpoint:
        for folder in (endpoint.path, *endpoint.path.parents):
            if folder.is_relative_to(tmp_path.parents[1]):
                folder.chmod(0o777)
        done = subprocess.run(
            [sys.executable, "-I", "-S", "-c", CALL, endpoint.path, str(STRANGER)],
            capture_output=True,
            check=False,
        )

        assert b'"ok":true' not in done.stdout
        assert not endpoint.seen


def test_a_foreign_folder_is_not_trusted(tmp_path: Path) -> None:
    """A folder of another user is no place to ask."""
    folder = Path("/")
    if folder.stat().st_uid == tmp_path.stat().st_uid:  # we are root
        folder = tmp_path
        shutil.chown(folder, STRANGER)

    with pytest.raises(NoDaemon, match="another user"):
        ask(folder / "abc", WORLD, "ping")
