"""Others really use what we deliver: the AWS CLI its cache, boto3 and it the mirror."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.app.test_delivery import ARN, Delivered
from tests.interop.test_sdks import ALL_PEERS, AWS_CLI, EXPORT, key_in
from tests.waiting import until
from tray.demo.center import Center, CenterSettings, Role
from tray.system.clock import SystemClock

pytestmark = pytest.mark.interop

assert sys.platform != "win32"

NOWHERE = "http://127.0.0.1:9"


@dataclass
class Peers:
    """A home where `dev` and `deploy` are delivered, and the network is gone."""

    place: Delivered

    def key(self, profile: str, command: list[str], **more: str) -> str:
        """Give the access key that another program finds."""
        environ = self.place.environ | {
            "AWS_PROFILE": profile,
            "AWS_ENDPOINT_URL": NOWHERE,
            "AWS_EC2_METADATA_DISABLED": "true",
            **more,
        }
        done = subprocess.run(
            command,
            env=environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return key_in(done.stdout)

    def ours(self, profile: str) -> str:
        """Give the access key that we hold."""
        return key_in(
            self.place.command("credential-process", "--profile", profile).stdout
        )


@pytest.fixture
def peers(tmp_path: Path) -> Iterator[Peers]:
    """Give the home."""
    with Center(CenterSettings(roles=(Role(ARN),)), SystemClock().now) as center:
        place = Delivered(tmp_path, center)
        place.write_token()
        place.started()
        until(place.delivered)
        yield Peers(place)
        place.end_all()


@pytest.mark.parametrize("profile", ["dev", "deploy"])
def test_the_cli_needs_no_network(peers: Peers, profile: str) -> None:
    """Its own cache has what we hold, so that it asks nobody, for a chain too."""
    ours = peers.ours(profile)
    theirs = peers.key(
        profile,
        [str(AWS_CLI), *EXPORT],
        AWS_SHARED_CREDENTIALS_FILE="/dev/null",
        AWS_REGION="eu-west-1",
    )

    assert theirs == ours
    assert peers.place.center.count("GetRoleCredentials") == 1


@pytest.mark.parametrize("peer", sorted(ALL_PEERS))
@pytest.mark.parametrize("profile", ["dev", "deploy"])
def test_old_tools_find_the_mirror(peers: Peers, peer: str, profile: str) -> None:
    """Without any config the shared credentials file is enough for all of them."""
    theirs = peers.key(profile, ALL_PEERS[peer](), AWS_CONFIG_FILE="/dev/null")

    assert theirs == peers.ours(profile)
