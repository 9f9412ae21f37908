"""One session shared with others, whatever a renewal does to the refresh token."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.interop.test_sdks import ALL_PEERS, forget_roles, key_in
from tray.aws.cache import TokenFiles
from tray.aws.cli_role_cache import CliRoleCache
from tray.aws.clients import Clients
from tray.aws.config import ConfigFile
from tray.aws.oidc import Oidc
from tray.aws.registrations import RegistrationFiles
from tray.core.errors import LoginRequired
from tray.core.model import AccessToken, CachedToken, SsoSession
from tray.demo.center import Center, CenterSettings, Operation, Rotation
from tray.system.clock import Pauses, SystemClock

pytestmark = pytest.mark.interop


@dataclass
class Shared:
    """A home at our own center, in which somebody else's program lives too."""

    home: Path
    center: Center
    peer: Sequence[str]

    def __post_init__(self) -> None:
        """Log in as our program does."""
        self.session = SsoSession("corp", self.center.start_url("corp"), "eu-west-1")
        (self.home / ".aws").mkdir()
        (self.home / ".aws" / "config").write_text(
            f"[sso-session corp]\nsso_start_url = {self.session.start_url}\n"
            "sso_region = eu-west-1\nsso_registration_scopes = sso:account:access\n"
            "[profile dev]\nsso_session = corp\nsso_account_id = 111100000001\n"
            "sso_role_name = ReadOnly\nregion = eu-west-1\n"
        )
        folder, pause = self.home / ".aws" / "sso" / "cache", Pauses().pause
        self.tokens = TokenFiles(folder, pause)
        kept = RegistrationFiles(folder, pause)
        self.oidc = Oidc(self.tokens, kept, Clients(), SystemClock())
        self.path = folder / f"{self.session.cache_key}.json"
        self.tokens.write(self.session, self.center.issue("corp", "alice"))

    def works_elsewhere(self) -> bool:
        """Tell whether the other program gets role credentials."""
        forget_roles(self.home / ".aws")
        done = subprocess.run(
            self.peer, check=False, capture_output=True, text=True, timeout=60
        )
        return done.returncode == 0 and bool(key_in(done.stdout))

    def near_its_end(self) -> None:
        """Let the token end so soon that every program renews it."""
        members = json.loads(self.path.read_text())
        end = datetime.now(UTC) + timedelta(minutes=4)
        members["expiresAt"] = f"{end:%Y-%m-%dT%H:%M:%SZ}"
        self.path.write_text(json.dumps(members))

    def stored(self) -> AccessToken:
        """Give the token in the cache as we read it."""
        entry = self.tokens.read(self.session.cache_key)
        assert isinstance(entry, CachedToken)
        return entry.token

    @property
    def renewals(self) -> int:
        """How many renewals the center has seen."""
        return self.center.count("CreateToken/refresh_token")


@pytest.fixture(params=sorted(ALL_PEERS))
def shared(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, calm_world: Path
) -> Iterator[Shared]:
    """Give a home with one of the programs."""
    with Center(CenterSettings(), SystemClock().now) as center:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO_OIDC", center.url)
        monkeypatch.setenv("AWS_ENDPOINT_URL_SSO", center.url)
        monkeypatch.setenv("AWS_PROFILE", "dev")
        monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        yield Shared(calm_world, center, ALL_PEERS[request.param]())


@pytest.mark.parametrize("rotation", Rotation)
def test_the_session_goes_from_hand_to_hand(shared: Shared, rotation: Rotation) -> None:
    """We renew and they read; they renew and we read; nobody has to log in.

    Only where no refresh token comes back do the others lose the one that they had.
    """
    shared.center.configure(replace(shared.center.settings, rotation=rotation))
    shared.oidc.refresh(shared.session)
    assert shared.works_elsewhere()
    assert shared.renewals == 1

    shared.near_its_end()
    assert shared.works_elsewhere()
    assert shared.renewals == 2
    now = datetime.now(UTC)
    assert shared.stored().expires_at > now + timedelta(minutes=50)

    if rotation is Rotation.NONE:
        assert not shared.stored().renewable_at(now)
        with pytest.raises(LoginRequired):
            shared.oidc.refresh(shared.session)
        return
    shared.oidc.refresh(shared.session)
    assert shared.works_elsewhere()
    assert shared.renewals == 3
    assert shared.center.count(Operation.REGISTER_CLIENT) == 0


def test_what_the_cli_keeps_is_found(shared: Shared) -> None:
    """The AWS CLI's own files are read where they are; other programs keep none."""
    assert shared.works_elsewhere()
    cache = CliRoleCache(shared.home / ".aws" / "cli" / "cache")
    profiles = ConfigFile({}, shared.home).read().profiles
    now = datetime.now(UTC)

    kept = cache.kept(shared.session, profiles, now)

    if "export-credentials" not in shared.peer:
        assert kept is None
        return
    assert kept is not None
    assert kept.profiles == ("dev",)
    assert timedelta(minutes=43) < kept.until - now <= timedelta(minutes=45)
