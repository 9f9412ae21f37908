"""Protected profiles on the real program where no desktop can ask."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.test_daemon import COMMAND, Place
from tests.cli.installed import bin_of
from tray.demo.center import Center, CenterSettings
from tray.system.clock import SystemClock

assert sys.platform != "win32"

SHOW = "import os; print('keys' if os.environ['AWS_SESSION_TOKEN'] else '')"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Give a home with the session corp, logged in, and `dev` protected."""
    with Center(CenterSettings(), SystemClock().now) as center:
        place = Place(tmp_path, center)
        place.write_token()
        path = place.world.settings_path
        path.parent.mkdir(parents=True)
        path.write_text("[profiles.dev]\nprotected = true\n")
        yield place
        place.end_all()


@pytest.mark.parametrize("daemon", [True, False])
def test_without_anybody_to_ask(place: Place, *, daemon: bool) -> None:
    """Status 1, nothing on stdout, the remedy last; nothing is fetched."""
    if daemon:
        place.started()
    fast = subprocess.run(
        [bin_of(place.home / "bin"), "dev"],
        env=place.environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    for done in (fast, place.command("credential-process", "--profile", "dev")):
        assert (done.returncode, done.stdout) == (1, "")
        last = done.stderr.splitlines()[-1]
        assert "protected, and nobody can be asked here" in last
        assert "sso-tray exec dev -- COMMAND" in last
    assert place.center.count("GetRoleCredentials") == 0


def on_terminal(place: Place, answer: bytes) -> tuple[int, str]:
    """Run a command on a terminal where somebody types an answer."""
    ours, theirs = pty.openpty()
    command = [*COMMAND, "exec", "dev", "--mode", "env", "--"]
    with subprocess.Popen(
        [*command, sys.executable, "-c", SHOW],
        env=place.environ,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    ) as process:
        os.close(theirs)
        said = b""
        while b"[y/N]" not in said:
            said += os.read(ours, 4096)
        os.write(ours, answer)
        try:
            while piece := os.read(ours, 4096):
                said += piece
        except OSError:  # Linux tells the end of a terminal so
            pass
        status = process.wait(30)
    os.close(ours)
    return status, said.decode()


@pytest.mark.parametrize("daemon", [True, False])
def test_on_a_terminal(place: Place, *, daemon: bool) -> None:
    """There it is asked; a yes is for this command alone, and a no is one."""
    if daemon:
        place.started()

    status, said = on_terminal(place, b"y\n")
    assert (status, said.splitlines()[-1]) == (0, "keys")
    status, said = on_terminal(place, b"n\n")
    assert status == 1
    assert "it was not unlocked" in said.splitlines()[-1]
