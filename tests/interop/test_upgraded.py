"""The SDKs of others read a config that `upgrade` has written as we do."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import a_token, minutes
from tests.fakes.aws import canned_service
from tests.interop.test_sdks import ALL_PEERS, key_in, role_credentials
from tray.app.upgrading import upgrades
from tray.aws.cache import TokenFiles
from tray.core.model import SsoSession
from tray.system.paths import World

pytestmark = pytest.mark.interop

URL = "https://acme.awsapps.com/start"
LEGACY = f"""\
sso_start_url = {URL}/
sso_region = eu-west-1
sso_account_id = 111122223333
sso_role_name = Admin
region = eu-west-1
"""


def credentials(peer: Sequence[str]) -> str:
    """Let a peer get role credentials; give the access key."""
    done = subprocess.run(peer, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return key_in(done.stdout)


@pytest.mark.parametrize("name", sorted(ALL_PEERS))
@pytest.mark.parametrize("profile", ["dev", "default"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["lf", "crlf"])
def test_others_read_what_was_upgraded(
    name: str,
    profile: str,
    end: str,
    calm_world: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """They take the token of the new session, for the same account and role."""
    path = calm_world / ".aws" / "config"
    path.parent.mkdir()
    header = profile if profile == "default" else f"profile {profile}"
    path.write_bytes(f"[{header}]\n{LEGACY}".replace("\n", end).encode())
    made = upgrades(World({"HOME": str(calm_world)}, calm_world))
    made.write(made.plan())
    cache = TokenFiles(path.parent / "sso" / "cache", lambda _: None)
    token = a_token(minutes(30), now=datetime.now(UTC)).token
    cache.write(SsoSession("acme", URL, "eu-west-1"), token)

    with canned_service(role_credentials()) as service:
        monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)
        monkeypatch.setenv("AWS_PROFILE", profile)
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        assert credentials(ALL_PEERS[name]()) == "ASIAEXAMPLE"

    (seen,) = service.seen
    headers = {key.lower(): value for key, value in seen.headers.items()}
    assert "account_id=111122223333" in seen.path
    assert "role_name=Admin" in seen.path
    assert headers["x-amz-sso_bearer_token"] == "access-1"
