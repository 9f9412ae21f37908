"""Odd daemons and floods of callers: a clear end, and the next call works."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.app.test_daemon import COMMAND, Place
from tests.cli.installed import bin_of
from tests.local.house import WORLD, connect, serving, unix_socket
from tests.waiting import until
from tray.demo.center import Center, CenterSettings
from tray.local.client import ask
from tray.system.clock import SystemClock
from tray.system.paths import private_folder

assert sys.platform != "win32"

WAYS = ["command", "fast"]
OPEN_AT_ONCE = 500
"""Of the flood's connections; idle ones are let go of by the endpoint itself."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Give a home with the session corp, logged in."""
    with Center(CenterSettings(), SystemClock().now) as center:
        place = Place(tmp_path, center)
        place.write_token()
        yield place
        place.end_all()


@contextmanager
def odd_daemon(place: Place, said: bytes) -> Iterator[None]:
    """Say this to each caller, whatever it asks, and hang up."""
    private_folder(place.world.runtime_folder)
    with unix_socket() as listener:
        listener.bind(str(place.world.socket_path))
        listener.listen()

        def serve() -> None:
            while True:
                try:
                    caller, _ = listener.accept()
                except OSError:
                    return
                with caller:
                    caller.recv(1000)
                    caller.sendall(said)

        thread = threading.Thread(target=serve)
        thread.start()
        yield
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()
    place.world.socket_path.unlink()


def command(place: Place, way: str) -> list[str]:
    """Give one of the two ways to credentials."""
    if way == "fast":
        return [str(bin_of(place.home / "bin")), "dev"]
    return [*COMMAND, "credential-process", "--profile", "dev"]


def run(place: Place, way: str) -> subprocess.CompletedProcess[str]:
    """Run one of them to its end."""
    return subprocess.run(
        command(place, way),
        env=place.environ,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "said",
    [b"", b'{"v":1,"ok":true,"result":{"Version":1,"Acc'],
    ids=["nothing", "half an answer"],
)
def test_a_daemon_that_breaks_off(place: Place, said: bytes, way: str) -> None:
    """Half an answer is never printed; the command does the work itself."""
    with odd_daemon(place, said):
        done = run(place, way)

    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["AccessKeyId"].startswith("ASIA")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "said",
    [b"hello\n", b'{"v":2,"ok":true,"result":{}}\n', b'{"v":1,"ok":7}\n', b"[" * 9000],
    ids=["garbage", "another version", "odd", "without end"],
)
def test_a_daemon_of_another_kind(place: Place, said: bytes, way: str) -> None:
    """Status 0 or 1, one clear sentence, and the next call works."""
    with odd_daemon(place, said):
        done = run(place, way)

    if said.endswith(b"\n"):
        assert (done.returncode, done.stdout) == (1, "")
        assert "restart it" in done.stderr.splitlines()[-1]
    else:  # no line at all: it broke off, so the work is done here
        assert (done.returncode, done.stderr) == (0, "")
    after = run(place, way)
    assert (after.returncode, after.stderr) == (0, "")


@pytest.mark.parametrize("way", WAYS)
def test_the_daemon_is_killed_while_it_is_asked(place: Place, way: str) -> None:
    """Whoever waits for it does the work itself; the next daemon starts clean."""
    daemon = place.started()
    daemon.send_signal(signal.SIGSTOP)
    with subprocess.Popen(
        command(place, way),
        env=place.environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as asking:
        until(lambda: _waits(asking.pid))
        daemon.kill()
        out, err = asking.communicate(timeout=60)

    assert (asking.returncode, err) == (0, "")
    assert json.loads(out)["Version"] == 1
    place.started()
    assert run(place, way).returncode == 0


def _waits(pid: int) -> bool:
    """Tell whether a process has a socket open."""
    found = Path(f"/proc/{pid}/fd").iterdir()
    try:
        return any("socket" in str(one.readlink()) for one in found)
    except OSError:
        return False


def test_ten_thousand_connections(tmp_path: Path) -> None:
    """Callers that say nothing, 10,000 of them: who asks is answered all the while."""
    with serving(tmp_path, patience=0.5) as endpoint:
        idle = deque[socket.socket]()
        for number in range(10_000):
            idle.append(connect(endpoint))
            if len(idle) > OPEN_AT_ONCE:
                idle.popleft().close()
            if number % 1000 == 0:
                assert ask(endpoint.path, WORLD, "ping")
        for connection in idle:
            connection.close()

        assert ask(endpoint.path, WORLD, "ping")
        loop = endpoint.server._loop
        assert loop is not None
        until(lambda: not loop._callers)
