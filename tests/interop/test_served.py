"""Other programs work through us: by `credential_process`, and within `exec`.

None of them can do anything else here: the config that they read knows no session.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.test_daemon import COMMAND, Place
from tests.interop.test_sdks import AWS_CLI, EXPORT, HERE, key_in, node
from tray.demo.center import Center, CenterSettings
from tray.system.clock import SystemClock

pytestmark = pytest.mark.interop

PEERS = {
    "boto3": lambda: [sys.executable, str(HERE / "credentials.py")],
    "javascript": lambda: [node(), str(HERE / "credentials.mjs")],
    "aws-cli": lambda: [str(AWS_CLI), *EXPORT],
}
"""How each of them gets the credentials of AWS_PROFILE, and shows that it did."""

AWS_CLI_1 = HERE.parents[1] / ".venv" / "aws-cli-1" / "bin" / "aws"
"""AWS CLI version 1, where `setup` puts it."""

WITHIN = PEERS | {"javascript": lambda: [node(), str(HERE / "get.mjs")]}
"""The same within `exec`, where there is no profile."""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Give a home that is logged in, where the daemon runs."""
    with Center(CenterSettings(interval=1), SystemClock().now) as center:
        place = Place(tmp_path, center)
        place.environ["AWS_EC2_METADATA_DISABLED"] = "true"
        place.environ["AWS_DEFAULT_REGION"] = "eu-west-1"
        place.write_token()
        try:
            yield place
        finally:
            place.end_all()


def run(
    place: Place, words: list[str], **more: str
) -> subprocess.CompletedProcess[str]:
    """Run a program in this home to its end."""
    environ = place.environ | more
    return subprocess.run(
        words, env=environ, check=False, capture_output=True, text=True, timeout=90
    )


def told(done: subprocess.CompletedProcess[str]) -> str:
    """Give the access key that a program had."""
    assert done.returncode == 0, done.stderr
    return key_in(done.stdout)


@pytest.mark.parametrize("daemon", [True, False])
@pytest.mark.parametrize("peer", ["boto3", "javascript", "aws-cli"])
def test_a_profile_with_our_line_alone_works(
    place: Place, peer: str, *, daemon: bool
) -> None:
    """A config with nothing but `credential_process` is all that they need."""
    if daemon:
        place.started()
    own = place.home / "own-config"
    own.write_text(
        f"[profile served]\nregion = eu-west-1\ncredential_process = {asking(place)}\n"
    )

    key = told(
        run(place, PEERS[peer](), AWS_PROFILE="served", AWS_CONFIG_FILE=str(own))
    )

    assert key.startswith("ASIA")


def asking(place: Place) -> Path:
    """Give a program that asks us in the world of the session's config."""
    path = place.home / "ask"
    path.write_text(
        f"#!/bin/sh\nunset AWS_CONFIG_FILE AWS_PROFILE\n"
        f"exec {sys.executable} -m tray credential-process --profile=dev\n"
    )
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("peer", ["boto3", "javascript", "aws-cli"])
def test_a_program_within_exec_works(place: Place, peer: str) -> None:
    """Each takes what the endpoint of `exec` gives."""
    place.started()

    done = run(place, [*COMMAND, "exec", "dev", "--", *WITHIN[peer]()])

    assert told(done).startswith("ASIA")
