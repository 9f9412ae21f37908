"""The real daemon as a process: what it serves, survives and leaves behind."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.waiting import until
from tray.aws.cache import TokenFiles
from tray.core.model import SsoSession
from tray.demo.center import Center, CenterSettings, Failure
from tray.system.clock import Pauses, SystemClock
from tray.system.paths import World

COMMAND = [sys.executable, "-m", "tray"]
ROOT = Path(__file__).parents[2]


class Place:
    """A home with one session, and the daemons that were started there."""

    def __init__(self, home: Path, center: Center) -> None:
        self.home, self.center = home, center
        self.session = SsoSession("corp", center.start_url("corp"), "eu-west-1")
        (home / ".aws").mkdir()
        self.run_folder = home / "run"
        self.run_folder.mkdir(mode=0o700)
        self.config = home / ".aws" / "config"
        self.config.write_text(
            f"[sso-session corp]\nsso_start_url = {self.session.start_url}\n"
            "sso_region = eu-west-1\n[profile dev]\nsso_session = corp\n"
            "sso_account_id = 111100000001\nsso_role_name = ReadOnly\n"
        )
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in {"PATH", "LANG", "TZ"} or name.startswith("COVERAGE_")
        }
        self.environ = {
            **kept,
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(self.run_folder),
            "AWS_ENDPOINT_URL": center.url,
            "PYTHONPATH": str(ROOT),
        }
        self.running: list[subprocess.Popen[str]] = []

    @property
    def world(self) -> World:
        """The world of these variables."""
        return World.of(self.environ)

    def start(self, **more: str) -> subprocess.Popen[str]:
        """Start a daemon."""
        process = subprocess.Popen(
            [*COMMAND, "run", "--headless"],
            env=self.environ | more,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.running.append(process)
        return process

    def started(self, **more: str) -> subprocess.Popen[str]:
        """Start a daemon and wait until it watches: its first answer comes earlier."""
        before = self.log(**more).count(" watches ")
        process = self.start(**more)
        until(lambda: self.log(**more).count(" watches ") > before)
        return process

    def status(self, **more: str) -> dict[str, object]:
        """Give what `status --json` says."""
        done = self.command("status", "--json", **more)
        report = json.loads(done.stdout)
        assert isinstance(report, dict)
        return report

    def phase(self) -> str:
        """Give the session's phase."""
        sessions = self.status()["sessions"]
        assert isinstance(sessions, list)
        return str(sessions[0]["phase"])

    def command(self, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [*COMMAND, *words],
            env=self.environ | more,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def write_token(self, left: timedelta = timedelta(hours=1)) -> str:
        """Be logged in by another program; gives the token's text."""
        ends = datetime.now(UTC) + left
        token = replace(self.center.issue("corp", "alice"), expires_at=ends)
        cache = self.world.cache_folder
        aged = cache.with_name("aged")  # what is seen first has its right age
        TokenFiles(aged, Pauses().pause).write(self.session, token)
        name = f"{self.session.cache_key}.json"
        written = (ends - timedelta(hours=1)).timestamp()
        os.utime(aged / name, (written, written))
        cache.mkdir(parents=True, exist_ok=True)
        (aged / name).replace(cache / name)
        return token.value.reveal()

    def log(self, **more: str) -> str:
        """Give the daemon's log."""
        folder = World.of(self.environ | more).log_folder
        return "".join(path.read_text() for path in folder.glob("*.log"))

    def end_all(self) -> None:
        """End what still runs."""
        for process in self.running:
            if process.poll() is None:
                process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.communicate(timeout=10)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Give a home whose session is at a small Identity Center."""
    with Center(CenterSettings(interval=1), SystemClock().now) as center:
        place = Place(tmp_path, center)
        try:
            yield place
        finally:
            place.end_all()


def children(process: subprocess.Popen[str]) -> list[str]:
    """Give the processes that a daemon has started and not seen end."""
    path = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return path.read_text().split()


def test_a_change_by_another_program_shows_at_once(place: Place) -> None:
    """Logged out, then signed in by the AWS CLI: the answer follows."""
    place.started()
    assert place.phase() == "logged_out"
    place.write_token()

    assert place.phase() == "valid"


def test_a_due_token_is_renewed_through_the_child(place: Place) -> None:
    """Sixteen minutes left: renewed before botocore's fifteen; no secret is logged."""
    secret = place.write_token(left=timedelta(minutes=16))
    daemon = place.started()
    assert place.center.wait_for("CreateToken/refresh_token")
    until(lambda: place.status()["sessions"] != [])
    until(lambda: "renewed corp" in place.log())

    daemon.send_signal(signal.SIGTERM)
    _, errors = daemon.communicate(timeout=10)
    assert daemon.returncode == 0
    assert secret not in place.log() + errors
    assert place.center.count("CreateToken/refresh_token") == 1


def test_offline_is_told_and_nothing_is_lost(place: Place) -> None:
    """The service fails: the token stays, the reason shows, the phase stays valid."""
    place.write_token(left=timedelta(minutes=16))
    place.center.fail("*", Failure.server_error(503), times=None)
    place.started()
    until(lambda: place.center.count("CreateToken/refresh_token"))
    until(lambda: "503" in json.dumps(place.status()))

    assert place.phase() == "valid"


def test_a_second_daemon_says_who_is_first(place: Place) -> None:
    """One per world: the second names the first and ends with 1."""
    first = place.started()
    second = place.start()
    _, errors = second.communicate(timeout=20)

    assert second.returncode == 1
    assert str(first.pid) in errors
    assert place.status()["daemon"] is True


def test_two_worlds_run_beside_each_other(place: Place) -> None:
    """Another AWS_CONFIG_FILE is another world, with a daemon of its own."""
    other = place.home / "other"
    other.write_text("")
    place.started()
    place.started(AWS_CONFIG_FILE=str(other))

    assert place.status()["sessions"] != []
    assert place.status(AWS_CONFIG_FILE=str(other))["sessions"] == []


def test_after_a_crash_the_next_start_is_clean(place: Place) -> None:
    """Killed at once, it leaves a socket and a lock that hinder nobody."""
    first = place.started()
    first.kill()
    first.wait()
    assert place.status()["daemon"] is False

    second = place.started()
    second.send_signal(signal.SIGTERM)
    assert second.wait(10) == 0
    assert not place.world.socket_path.exists()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("after", [0.0, 0.05, 0.15, 0.4])
def test_it_ends_at_any_moment(
    place: Place, number: signal.Signals, after: float
) -> None:
    """Asked to end while it starts, it ends soon and leaves nothing running.

    A Ctrl-C in Python's own first moments may be lost; people press it again.
    """
    daemon = place.start()
    Pauses().pause(after)
    daemon.send_signal(number)
    with contextlib.suppress(subprocess.TimeoutExpired):
        daemon.wait(5)
    if daemon.poll() is None:
        daemon.send_signal(number)
    _, errors = daemon.communicate(timeout=10)

    assert "tray/" not in errors
    assert not place.world.socket_path.exists()


def test_it_ends_in_the_middle_of_a_log_in(place: Place) -> None:
    """A log-in that waits for people ends with it, and who waits is told."""
    daemon = place.started()
    login = subprocess.Popen(
        [*COMMAND, "login", "--no-browser"],
        env=place.environ,
        stderr=subprocess.PIPE,
        text=True,
    )
    place.running.append(login)
    # Two processes start and boto3 is loaded until then: long on a busy machine.
    assert place.center.wait_for("RegisterClient", seconds=40)
    until(lambda: place.phase() == "logging_in")
    daemon.send_signal(signal.SIGTERM)

    assert daemon.wait(20) == 0
    login.communicate(timeout=20)
    assert login.returncode != 0
    assert not list(place.world.cache_folder.glob("*.tmp*"))


def test_its_child_goes_with_it(place: Place) -> None:
    """The process that knows boto3 is there only while it is needed."""
    daemon = place.started()
    assert children(daemon) == []
    place.write_token(left=timedelta(minutes=16))
    until(lambda: children(daemon))
    (child,) = children(daemon)
    until(lambda: "renewed corp" in place.log())
    daemon.send_signal(signal.SIGTERM)
    assert daemon.wait(10) == 0

    until(lambda: not Path(f"/proc/{child}/stat").exists() or zombie(child))


def zombie(pid: str) -> bool:
    """Tell whether a process has ended and waits only for its parent's parent."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
