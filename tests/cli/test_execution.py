"""`exec` and `console` on the real program, against a portal of our own."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app.test_daemon import COMMAND, Place
from tests.waiting import until
from tray.demo.center import Center, CenterSettings
from tray.system.clock import SystemClock

assert sys.platform != "win32"

SHOW = (
    "import boto3, sys; keys = boto3.session.Session().get_credentials();"
    "print(keys.access_key, keys.method)"
)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Give a home with the session corp, logged in."""
    with Center(CenterSettings(), SystemClock().now) as center:
        place = Place(tmp_path, center)
        place.write_token()
        yield place
        place.end_all()


def have_a_default(place: Place) -> None:
    """Give the person a default profile with keys of its own."""
    place.config.write_text(
        place.config.read_text()
        + "[default]\nregion = us-east-1\naws_access_key_id = AKIAOLD\n"
        "aws_secret_access_key = old\n"
    )


@pytest.mark.parametrize("daemon", [True, False])
@pytest.mark.parametrize(
    ("mode", "method"), [("endpoint", "container-role"), ("env", "env")]
)
def test_a_program_works_as_the_profile(
    place: Place, mode: str, method: str, *, daemon: bool
) -> None:
    """boto3 gets the profile's credentials, whatever else is set or configured."""
    have_a_default(place)
    if daemon:
        place.started()

    done = place.command(
        *("exec", "dev", "--mode", mode, "--", sys.executable, "-c", SHOW),
        AWS_PROFILE="gone",
        AWS_ACCESS_KEY_ID="AKIAOLD",
        AWS_SECRET_ACCESS_KEY="old",
    )

    assert done.returncode == 0, done.stderr
    key, found = done.stdout.split()
    assert key.startswith("ASIA")
    assert found == method


def test_words_after_the_dashes_are_the_commands(place: Place) -> None:
    """Options there are not ours, and the exit status is the command's."""
    code = "import sys; print(sys.argv[1:]); sys.exit(7)"

    done = place.command(
        *("exec", "dev", "--", sys.executable, "-c", code, "--help", "--", "--mode")
    )

    assert done.returncode == 7
    assert done.stdout.strip() == "['--help', '--', '--mode']"


def test_nothing_starts_when_it_can_not_work(place: Place) -> None:
    """People must log in first: said before the command runs."""
    for path in place.world.cache_folder.glob("*.json"):
        path.unlink()

    done = place.command("exec", "dev", "--", sys.executable, "-c", "print(1)")

    assert (done.returncode, done.stdout) == (3, "")
    assert "sso-tray login" in done.stderr


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("exec", "dev"), 2, "Put it after --"),
        (("exec", "dev", "--"), 2, "Put it after --"),
        (("exec", "nobody", "--", "true"), 2, "nobody"),
        (("exec", "dev", "--", "no-such-program"), 1, "no-such-program"),
        (("console", "dev", "--service", "s 3"), 2, "no name of a service"),
    ],
)
def test_bad_words(
    place: Place, words: tuple[str, ...], status: int, said: str
) -> None:
    """Each is named, with the remedy."""
    done = place.command(*words)

    assert (done.returncode, done.stdout) == (status, "")
    assert said in done.stderr


def test_signals_are_passed_on(place: Place) -> None:
    """Who ends us ends the command, and gets its exit status."""
    code = (
        "import signal, sys, time;"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(9));"
        "print('ready', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [*COMMAND, "exec", "dev", "--", sys.executable, "-c", code],
        env=place.environ,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        process.send_signal(signal.SIGTERM)

        assert process.wait(20) == 9


def test_it_outlives_its_first_credentials(tmp_path: Path) -> None:
    """A long command goes on with new ones, fetched while it runs."""
    short = CenterSettings(role_credentials_life=timedelta(seconds=8))
    code = (
        "import boto3, time; s = boto3.session.Session(); c = s.get_credentials();"
        "seen = set(); end = time.time() + 20\n"
        "while len(seen) < 2 and time.time() < end:\n"
        "    seen.add(c.get_frozen_credentials().access_key); time.sleep(0.2)\n"
        "print(len(seen))"
    )
    with Center(short, SystemClock().now) as center:
        place = Place(tmp_path, center)
        place.write_token()
        place.started()
        try:
            done = place.command("exec", "dev", "--", sys.executable, "-c", code)
        finally:
            place.end_all()

    assert done.stdout.strip() == "2", done.stderr


def test_the_endpoint_is_gone_with_the_command(place: Place) -> None:
    """Its address and token are of no use a moment later, and no copy is left."""
    have_a_default(place)
    code = (
        "import json, os; print(json.dumps({k: v for k, v in os.environ.items() "
        "if k.startswith('AWS_')}))"
    )
    done = place.command("exec", "dev", "--", sys.executable, "-c", code)

    variables = json.loads(done.stdout)
    assert variables["AWS_CONTAINER_CREDENTIALS_FULL_URI"].startswith(
        "http://127.0.0.1:"
    )
    assert not Path(variables["AWS_CONFIG_FILE"]).exists()
    assert "AWS_PROFILE" not in variables


def test_the_consoles_address_is_printed(place: Place) -> None:
    """With the account, the role and the service, and nothing is opened."""
    done = place.command("console", "dev", "--service", "s3", "--print")

    assert done.returncode == 0
    assert "/#/console?account_id=111100000001&role_name=" in done.stdout
    assert "s3" in done.stdout


def test_the_console_opens_in_the_browser(place: Place, tmp_path: Path) -> None:
    """The person's browser is opened with that address."""
    visits = tmp_path / "visits"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\necho "$1" >> {visits}\n')
    browser.chmod(0o755)

    done = place.command("console", "dev", BROWSER=str(browser))

    assert (done.returncode, done.stdout) == (0, "")
    until(lambda: visits.exists() and "account_id=111100000001" in visits.read_text())
