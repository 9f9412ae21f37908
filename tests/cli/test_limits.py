"""The limits that the SDKs set for what serves them, and a role that was taken away."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.test_daemon import Place
from tray.cli import fast
from tray.cli.credentials import TIME, WAIT
from tray.demo.center import Center, CenterSettings
from tray.system.clock import SystemClock

assert sys.platform != "win32"

GO_ENDS_US = 60.0
"""Seconds; `DefaultTimeout` in processcreds of the AWS SDK for Go, versions 1 and 2."""

AT_ONCE = 0.1
"""Seconds in which the endpoint of `exec` answers from memory."""

ASK = """\
import os, time, urllib.request
token = os.environ["AWS_CONTAINER_AUTHORIZATION_TOKEN"]
url = os.environ["AWS_CONTAINER_CREDENTIALS_FULL_URI"]
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
for _ in range(20):
    began = time.perf_counter()
    opener.open(urllib.request.Request(url, headers={"Authorization": token})).read()
    print(time.perf_counter() - began)
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Give a home with the session corp, logged in, and a role that one has not."""
    with Center(CenterSettings(), SystemClock().now) as center:
        place = Place(tmp_path, center)
        place.write_token()
        place.config.write_text(
            place.config.read_text()
            + "[profile far]\nsso_session = corp\nsso_account_id = 111100000001\n"
            "sso_role_name = Emperor\n"
        )
        yield place
        place.end_all()


@pytest.mark.parametrize("daemon", [True, False])
@pytest.mark.parametrize(
    "words",
    [
        ("credential-process", "--profile", "far"),
        ("env", "far"),
        ("exec", "far", "--", "echo", "began"),
        ("exec", "far", "--mode", "env", "--", "echo", "began"),
    ],
)
def test_a_role_that_is_not_assigned(
    place: Place, words: tuple[str, ...], *, daemon: bool
) -> None:
    """Status 1, what to check in the last line, nothing printed, nothing begun.

    Nobody is sent to log in again: the session goes on for the others.
    """
    if daemon:
        place.started()

    done = place.command(*words)

    assert (done.returncode, done.stdout) == (1, "")
    last = done.stderr.splitlines()[-1]
    assert "gives no access to this. Check account and role in the profile" in last
    assert "Traceback" not in done.stderr
    assert place.command("env", "dev").returncode == 0


def test_the_endpoint_of_exec_answers_at_once(place: Place) -> None:
    """From the daemon's memory, each time, and the portal is asked once in all."""
    place.started()

    done = place.command("exec", "dev", "--", sys.executable, "-c", ASK)

    seconds = [float(line) for line in done.stdout.split()]
    assert len(seconds) == 20, done.stderr
    assert statistics.median(seconds) < AT_ONCE
    assert place.center.count("GetRoleCredentials") == 1


def test_we_say_what_is_the_matter_before_go_ends_us() -> None:
    """People have 45 seconds; the sentence comes while somebody still listens."""
    assert b'"wait":%d}' % WAIT in fast.REQUEST
    assert WAIT < fast.PATIENCE < GO_ENDS_US
    assert WAIT < TIME < GO_ENDS_US
