"""The whole real program against a small Identity Center, with a daemon and without."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.daemons import COMMAND, run
from tests.fakes.cli import Ended, Room
from tray.cli.outside import the_program
from tray.core.errors import AlreadyRunning
from tray.demo.center import Center, CenterSettings
from tray.demo.person import Person

HEAVY = (
    "apscheduler",
    "boto3",
    "botocore",
    "keyring",
    "PIL",
    "platformdirs",
    "pystray",
    "watchdog",
)
"""What a command that shows something must not load."""


@pytest.fixture
def center() -> Iterator[Center]:
    """Give a small Identity Center."""
    with Center(CenterSettings(interval=1), lambda: datetime.now(UTC)) as center:
        yield center


@pytest.fixture
def place(environ: dict[str, str], center: Center) -> dict[str, str]:
    """Give the variables of a world whose one session is at that center."""
    portal = center.settings.portals[0].name
    config = Path(environ["HOME"], ".aws", "config")
    config.parent.mkdir()
    config.write_text(
        f"[sso-session corp]\nsso_start_url = {center.start_url(portal)}\n"
        "sso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n"
        "[profile dev]\nsso_session = corp\nsso_account_id = 111122223333\n"
        "sso_role_name = Admin\n"
    )
    return environ | {"AWS_ENDPOINT_URL": center.url}


@contextmanager
def maybe_a_daemon(environ: dict[str, str], *, daemon: bool) -> Iterator[None]:
    """Run the daemon until the block ends, or leave it."""
    if not daemon:
        yield
        return
    with subprocess.Popen([*COMMAND, "run", "--headless"], env=environ) as running:
        while not json.loads(run(environ, "status", "--json").stdout)["daemon"]:
            assert running.poll() is None
        yield
        running.send_signal(signal.SIGTERM)
        assert running.wait(30) == 0


def log_in(environ: dict[str, str], center: Center, *words: str) -> Ended:
    """Log in with the real command, and be the person in the browser."""
    portal = center.settings.portals[0]
    person = Person(portal.users[0].name)
    with subprocess.Popen(
        [*COMMAND, "login", "--no-browser", *words],
        env=environ,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as command:
        assert command.stderr is not None
        first = command.stderr.readline()
        assert first.startswith("To log in to corp, open: http"), first
        person.visit(first.split()[-1])
        out, err = command.communicate(timeout=60)
    return Ended(command.returncode, out, first + err)


@pytest.mark.parametrize("way", ["--pkce", "--device-code"])
@pytest.mark.parametrize("daemon", [True, False])
def test_a_life(
    place: dict[str, str], center: Center, way: str, *, daemon: bool
) -> None:
    """Log in, look, renew, log out: by each way, through either door."""
    with maybe_a_daemon(place, daemon=daemon):
        before = json.loads(run(place, "status", "--json").stdout)
        entered = log_in(place, center, way)
        board = json.loads(run(place, "status", "--json").stdout)
        renewal = run(place, "refresh", "--force")
        left = run(place, "logout")
        after = json.loads(run(place, "status", "--json").stdout)

    assert before["sessions"][0]["phase"] == "logged_out"
    assert (entered.status, entered.out) == (0, "")
    assert "Logged in to corp" in entered.last
    assert board["daemon"] is daemon
    assert board["sessions"][0]["phase"] == "valid"
    assert board["profiles"][0]["safe_until"]
    assert renewal.stderr.startswith("Renewed corp; ")
    assert (left.returncode, left.stderr) == (0, "Logged out of corp.\n")
    assert after["sessions"][0]["phase"] == "logged_out"
    assert all(session.ended for session in center.portal_sessions())


def test_ctrl_c_leaves_nothing_behind(place: dict[str, str]) -> None:
    """Without a daemon too: no token, no listener, and no traceback."""
    with subprocess.Popen(
        [*COMMAND, "login", "--no-browser"],
        env=place,
        text=True,
        stderr=subprocess.PIPE,
    ) as command:
        assert command.stderr is not None
        command.stderr.readline()
        command.send_signal(signal.SIGINT)
        said = command.stderr.read()

    assert command.returncode == 130
    assert said.endswith("Interrupted; nothing half-done is left.\n")
    assert "Traceback" not in said
    board = json.loads(run(place, "status", "--json").stdout)
    assert board["sessions"][0]["phase"] == "logged_out"


def test_a_second_daemon_is_told_so(place: dict[str, str]) -> None:
    """One line that says who is there already; status 1."""
    with maybe_a_daemon(place, daemon=True):
        second = run(place, "run", "--headless")

    assert second.returncode == 1
    assert "already running" in second.stderr
    assert second.stderr.count("\n") == 1


@pytest.mark.parametrize("words", [("status",), ("status", "--json"), ("profiles",)])
def test_looking_is_light(place: dict[str, str], words: tuple[str, ...]) -> None:
    """Without a daemon nothing large is loaded to show what is known."""
    code = (
        f"import sys; sys.argv[1:] = {list(words)}\n"
        "from tray.__main__ import main\n"
        "status = main()\n"
        f"print([n for n in {HEAVY} if n in sys.modules], file=sys.stderr)\n"
        "sys.exit(status)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code],
        env=place,
        check=True,
        capture_output=True,
        text=True,
    )

    assert ended.stderr == "[]\n"
    assert "corp" in ended.stdout


def test_a_config_that_cannot_be_read(environ: dict[str, str]) -> None:
    """Status 5 by the real config reader; the file is named."""
    Path(environ["HOME"], ".aws", "config").mkdir(parents=True)

    for words in (("status",), ("status", "--json"), ("profiles",), ("login",)):
        ended = run(environ, *words)

        assert ended.returncode == 5
        assert "~/.aws/config is a folder, not a file." in ended.stderr


def test_the_program_within_this_process(
    place: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each part of the rest of the program is reached; both doors are the real ones."""
    for name, value in place.items():
        monkeypatch.setenv(name, value)
    outside = the_program()
    room = Room(outside.askers)

    assert room.run("status").status == 0
    assert room.run("refresh", "--debug").status == 3
    outside.pause(0)
    with maybe_a_daemon(place, daemon=True):
        assert json.loads(room.run("status", "--json").out)["daemon"] is True
        with pytest.raises(AlreadyRunning):
            outside.run(True, False)  # noqa: FBT003


def test_nothing_is_set_up_yet(environ: dict[str, str]) -> None:
    """An empty home gets first steps, and nothing is written into it."""
    ended = run(environ, "status")

    assert (ended.returncode, ended.stdout) == (0, "")
    assert "sso-tray configure" in ended.stderr
    assert list(Path(environ["HOME"]).iterdir()) == []
