"""`credential-process` and `env` against a portal of our own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.app.test_daemon import Place
from tray.demo.center import Center, CenterSettings, Role
from tray.system.clock import SystemClock

assert sys.platform != "win32"


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """Give a home with the session corp, and nobody logged in."""
    with Center(CenterSettings(), SystemClock().now) as center:
        place = Place(tmp_path, center)
        yield place
        place.end_all()


def test_a_credential_process_prints_what_the_sdks_expect(place: Place) -> None:
    """One JSON object of version 1 with keys that last, and nothing on stderr."""
    place.write_token()

    done = place.command("credential-process", "--profile", "dev")

    assert (done.returncode, done.stderr) == (0, "")
    document = json.loads(done.stdout)
    assert document["Version"] == 1
    assert document["AccessKeyId"].startswith("ASIA")
    assert document["SecretAccessKey"]
    assert document["SessionToken"]
    assert document["AccountId"] == "111100000001"
    left = datetime.fromisoformat(document["Expiration"]) - datetime.now(UTC)
    assert left > timedelta(minutes=15)


def test_boto3_is_served(place: Place) -> None:
    """A profile with our line in it works for boto3, which asks for nothing else."""
    place.write_token()
    program = f"{sys.executable} -m tray credential-process --profile=dev"
    place.config.write_text(
        place.config.read_text()
        + f"[profile served]\nregion = eu-west-1\ncredential_process = {program}\n"
    )
    script = (
        "import boto3; s = boto3.session.Session(profile_name='served');"
        "print(s.get_credentials().get_frozen_credentials().access_key)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=place.environ,
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.startswith("ASIA")


@pytest.mark.parametrize("daemon", [True, False])
def test_a_token_that_is_due_is_renewed_first(place: Place, *, daemon: bool) -> None:
    """With a daemon or without, one renewal comes before the keys."""
    place.write_token(left=timedelta(minutes=4))
    if daemon:
        place.started()

    done = place.command("env", "dev")

    assert done.returncode == 0
    assert place.center.count("CreateToken/refresh_token") == 1


def test_a_daemon_asks_once(place: Place) -> None:
    """Several programs, one request; after a log-out nobody gets them any more."""
    place.write_token()
    place.started()

    keys = [place.command("credential-process", "--profile", "dev") for _ in range(3)]

    assert len({done.stdout for done in keys}) == 1
    assert place.center.count("GetRoleCredentials") == 1
    assert place.command("logout").returncode == 0
    assert place.command("credential-process", "--profile", "dev").returncode == 3


def test_a_sign_in_that_was_revoked(place: Place) -> None:
    """The portal's word beats the file's date: log in, says the command, and the board.

    The file itself stays as it is.
    """
    place.write_token()
    place.started()
    place.center.revoke("corp")

    done = place.command("credential-process", "--profile", "dev")

    assert (done.returncode, done.stdout) == (3, "")
    assert "has ended" in done.stderr
    assert place.phase() == "expired"


def test_a_shell_takes_the_lines(place: Place) -> None:
    """What `eval` makes of them are the variables that every SDK reads."""
    place.write_token()
    line = f'eval "$({sys.executable} -m tray env dev)"'
    done = subprocess.run(
        ["/bin/sh", "-ec", f"{line}; printenv AWS_ACCESS_KEY_ID AWS_SESSION_TOKEN"],
        env=place.environ,
        capture_output=True,
        text=True,
        check=True,
    )

    key, token = done.stdout.split()
    assert key.startswith("ASIA")
    assert token


@pytest.mark.parametrize("daemon", [True, False])
def test_a_role_over_sso(place: Place, *, daemon: bool) -> None:
    """A profile with source_profile is served in every form, for its own account.

    With a daemon, each role is asked for once.
    """
    place.write_token()
    arn = "arn:aws:iam::222233334444:role/deployer"
    place.center.configure(CenterSettings(roles=(Role(arn, "x-1"),)))
    place.config.write_text(
        place.config.read_text()
        + f"[profile deploy]\nrole_arn = {arn}\nexternal_id = x-1\n"
        "source_profile = dev\nregion = eu-west-1\n"
        f"[profile stranger]\nrole_arn = {arn}\nsource_profile = dev\n"
    )
    if daemon:
        place.started()

    document = json.loads(place.command("env", "deploy", "--format", "json").stdout)
    done = place.command("exec", "deploy", "--mode", "env", "--", "printenv")
    refused = place.command("credential-process", "--profile", "stranger")

    assert document["AccountId"] == "222233334444"
    assert "AWS_ACCESS_KEY_ID=ASIANOTREAL" in done.stdout
    assert (document["AccessKeyId"] in done.stdout) is daemon
    assert place.center.count("GetRoleCredentials") == (1 if daemon else 3)
    assert (refused.returncode, refused.stdout) == (1, "")
    assert "external_id" in refused.stderr


def test_nobody_logged_in_is_status_three(place: Place) -> None:
    """The last line says how to log in, and no secret is anywhere."""
    done = place.command("credential-process", "--profile", "dev")

    assert (done.returncode, done.stdout) == (3, "")
    assert done.stderr.rstrip().endswith("Log in with: sso-tray login --session corp")


def test_what_can_not_be_served(place: Place) -> None:
    """An unknown profile is 2, a role that one has not is 1, a circle is 5."""
    place.write_token()
    place.config.write_text(
        place.config.read_text()
        + "[profile far]\nsso_session = corp\nsso_account_id = 111100000001\n"
        "sso_role_name = Emperor\n"
        "[profile chain]\nrole_arn = arn:aws:iam::111100000001:role/x\n"
        "source_profile = link\n[profile link]\nsource_profile = chain\n"
        "role_arn = arn:aws:iam::111100000001:role/y\n"
        "[profile self]\nrole_arn = r\nsource_profile = self\n"
    )

    assert place.command("env", "nobody").returncode == 2
    far = place.command("env", "far")
    assert (far.returncode, far.stdout) == (1, "")
    chain = place.command("env", "chain")
    assert (chain.returncode, chain.stdout) == (5, "")
    assert "chain → link → chain" in chain.stderr
    assert place.command("env", "self").returncode == 5


def test_offline_is_status_four(place: Place) -> None:
    """A portal that can't be reached is no reason to log in."""
    place.write_token()
    away = {"AWS_ENDPOINT_URL": "http://127.0.0.1:9"}

    assert place.command("env", "dev", **away).returncode == 4
    assert os.environ.get("AWS_ENDPOINT_URL") is None
