"""The real daemon fills the AWS CLI's files and the shared credentials file."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.app.test_daemon import Place
from tests.waiting import until
from tray.demo.center import Center, CenterSettings, Role
from tray.system.clock import SystemClock

HAND = "[old]\naws_access_key_id = A\naws_secret_access_key = B\n# the end"
ARN = "arn:aws:iam::222233334444:role/deployer"
OLD_TOOL = (
    "import boto3; s = boto3.session.Session(profile_name='deploy');"
    "print(s.get_credentials().get_frozen_credentials().access_key)"
)


class Delivered(Place):
    """A home where `dev` and `deploy` are delivered."""

    def __init__(self, home: Path, center: Center) -> None:
        super().__init__(home, center)
        self.credentials = home / ".aws" / "credentials"
        self.credentials.write_text(HAND)
        self.credentials.chmod(0o600)
        self.config.write_text(
            self.config.read_text()
            + f"[profile deploy]\nrole_arn = {ARN}\nsource_profile = dev\n"
        )
        settings = self.world.settings_path
        settings.parent.mkdir(parents=True)
        settings.write_text(
            "[profiles.dev]\nmirror = true\ncli_cache = true\n"
            "[profiles.deploy]\nmirror = true\ncli_cache = true\n"
        )

    @property
    def filled(self) -> int:
        """How many files the AWS CLI has to go on with."""
        return len(list(self.world.role_cache_folder.glob("*.json")))

    def delivered(self) -> bool:
        """Tell whether both are in both places."""
        text = self.credentials.read_text()
        return "[dev]" in text and "[deploy]" in text and self.filled == 2

    def end(self, process: subprocess.Popen[str]) -> None:
        """End a daemon as a desktop does."""
        process.terminate()
        assert process.wait(20) == 0


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Delivered]:
    """Give the home, with somebody logged in."""
    settings = CenterSettings(roles=(Role(ARN),))
    with Center(settings, SystemClock().now) as center:
        place = Delivered(tmp_path, center)
        place.write_token()
        yield place
        place.end_all()


def test_they_come_and_go_with_the_daemon(place: Delivered) -> None:
    """At its end the mirror is empty, to the byte; the AWS CLI keeps its own."""
    daemon = place.started()
    until(place.delivered)
    assert place.credentials.read_text().startswith(HAND)
    assert place.status()["problems"] == []
    assert place.center.count("GetRoleCredentials") == 1
    assert place.center.count("AssumeRole") == 1

    place.end(daemon)

    assert place.credentials.read_text() == HAND
    assert place.filled == 2


def test_a_tool_that_knows_no_sso_works(place: Delivered, tmp_path: Path) -> None:
    """With nothing but the credentials file boto3 gets the very keys that we hold."""
    place.started()
    until(place.delivered)
    (tmp_path / "empty").touch()
    done = subprocess.run(
        [sys.executable, "-c", OLD_TOOL],
        env=place.environ | {"AWS_CONFIG_FILE": str(tmp_path / "empty")},
        capture_output=True,
        text=True,
        check=True,
    )
    held = json.loads(place.command("env", "deploy", "--format", "json").stdout)

    assert done.stdout.strip() == held["AccessKeyId"]


def test_a_log_out_takes_all_away(place: Delivered) -> None:
    """Neither place keeps what came from the sign-in, and nobody is told it did."""
    place.started()
    until(place.delivered)
    done = place.command("logout")

    assert done.returncode == 0
    assert "cli/cache" not in done.stdout + done.stderr
    until(lambda: place.credentials.read_text() == HAND)
    assert place.filled == 0


def test_what_a_crash_left_goes_with_the_next_start(place: Delivered) -> None:
    """A daemon that was killed leaves its lines; nobody logged in, they go."""
    daemon = place.started()
    until(place.delivered)
    daemon.kill()
    daemon.wait(20)
    assert place.credentials.read_text() != HAND
    (place.world.cache_folder / f"{place.session.cache_key}.json").unlink()
    place.started()

    until(lambda: place.credentials.read_text() == HAND)


def test_a_log_out_without_a_daemon_takes_all_away(place: Delivered) -> None:
    """So it is when the daemon has crashed."""
    daemon = place.started()
    until(place.delivered)
    daemon.kill()
    daemon.wait(20)

    assert place.command("logout").returncode == 0
    assert place.credentials.read_text() == HAND
    assert place.filled == 0


def test_who_works_until_when(place: Delivered) -> None:
    """The report says what is held, and that the AWS CLI goes on by itself."""
    place.started()
    until(place.delivered)

    def told() -> bool:
        profiles = place.status()["profiles"]
        assert isinstance(profiles, list)
        return all(
            one["role_credentials"] and one["works_until"]["aws_cli"]
            for one in profiles
        )

    until(told)
