"""`simulate` as the real program: it changes nothing, asks nobody, and is quick."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.daemons import COMMAND, run

assert sys.platform != "win32"  # files are looked at as POSIX has them

CONFIG = """\
[sso-session corp]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-west-1
[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
"""
WATCHED = """
import os, sys
done = []
CHANGES = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.link", "os.symlink",
           "os.chmod", "os.utime", "os.truncate", "os.system", "os.posix_spawn"}
def watch(event, arguments):
    if event.startswith(("socket.", "subprocess.")) or event in CHANGES:
        done.append((event, str(arguments)))
    if event == "open" and isinstance(arguments[2], int):
        if arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
            done.append((event, str(arguments)))
sys.addaudithook(watch)
from tray.__main__ import main
status = main()
print([*done], file=sys.stderr)
sys.exit(status)
"""


@pytest.fixture
def place(environ: dict[str, str]) -> dict[str, str]:
    """Give the variables of a world with a session that somebody is logged in to."""
    folder = Path(environ["HOME"], ".aws", "sso", "cache")
    folder.mkdir(parents=True)
    folder.parents[1].joinpath("config").write_text(CONFIG)
    now = datetime.now(UTC)
    path = folder / f"{hashlib.sha1(b'corp').hexdigest()}.json"
    token = {
        "accessToken": "made-up-access",
        "expiresAt": f"{now + timedelta(minutes=42):%Y-%m-%dT%H:%M:%SZ}",
        "refreshToken": "made-up-refresh",
        "clientId": "client-1",
        "clientSecret": "made-up-secret",
        "registrationExpiresAt": f"{now + timedelta(days=60):%Y-%m-%dT%H:%M:%SZ}",
    }
    path.write_text(json.dumps(token))
    written = (now - timedelta(minutes=18)).timestamp()
    os.utime(path, (written, written))
    return environ | {"PYTHONDONTWRITEBYTECODE": "1"}


def everything(home: str) -> dict[str, tuple[int, bytes]]:
    """Give every file below a home with its date and bytes, and every folder."""
    return {
        str(path): (
            path.stat().st_mtime_ns,
            b"" if path.is_dir() else path.read_bytes(),
        )
        for path in sorted(Path(home).rglob("*"))
    }


def test_the_real_program_does_nothing(place: dict[str, str]) -> None:
    """No file is changed or opened for writing, no socket made, no program started."""
    before = everything(place["HOME"])
    ended = subprocess.run(
        [sys.executable, "-c", WATCHED, "simulate", "--until", "+3d"],
        env=place | {"PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
        capture_output=True,
        text=True,
    )

    assert (ended.returncode, ended.stderr) == (0, "[]\n")
    assert "corp  renews itself" in ended.stdout
    assert "corp renews itself; its end is not known." in ended.stdout
    assert "made-up" not in ended.stdout
    assert everything(place["HOME"]) == before


def test_damaged_files_are_left_as_they_are(place: dict[str, str]) -> None:
    """A broken memory, settings and token are read past; nothing is set aside."""
    home = Path(place["HOME"])
    (home / ".config" / "sso-tray").mkdir(parents=True)
    (home / ".config" / "sso-tray" / "settings.toml").write_text("mode = 7 =")
    (token,) = (home / ".aws" / "sso" / "cache").iterdir()
    token.write_text('{"accessToken": "made')
    before = everything(place["HOME"])
    ended = run(place, "simulate", "--json")

    assert ended.returncode == 0
    assert json.loads(ended.stdout)["events"] == []
    assert json.loads(ended.stdout)["sessions"][0]["phase"] == "unknown"
    assert everything(place["HOME"]) == before


def test_a_running_daemon_is_not_asked(place: dict[str, str]) -> None:
    """With a daemon it tells the same, from the same files."""
    alone = json.loads(run(place, "simulate", "--json").stdout)
    with subprocess.Popen([*COMMAND, "run", "--headless"], env=place) as daemon:
        while not json.loads(run(place, "status", "--json").stdout)["daemon"]:
            assert daemon.poll() is None
        beside = json.loads(run(place, "simulate", "--json").stdout)
        daemon.terminate()
        assert daemon.wait(30) == 0

    assert [one["kind"] for one in beside["events"]] == [
        one["kind"] for one in alone["events"]
    ]


def test_it_is_quick(place: dict[str, str]) -> None:
    """No library is loaded that only daemons, log-ins or pictures need."""
    code = (
        "import sys; sys.argv[1:] = ['simulate']\n"
        "from tray.__main__ import main\n"
        "status = main()\n"
        "heavy = ('apscheduler', 'boto3', 'botocore', 'keyring', 'PIL', 'pystray')\n"
        "print([name for name in heavy if name in sys.modules], file=sys.stderr)\n"
        "sys.exit(status)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], env=place, check=True, capture_output=True
    )

    assert ended.stderr == b"[]\n"
