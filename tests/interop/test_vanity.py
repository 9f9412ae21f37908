"""A start URL of one's own: AWS CLI v2 and we send the same and keep the same files."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes.aws import TOKEN_ANSWER, CannedService, canned, canned_service
from tests.fakes.secure import Authority, SecureServer, saying, secure_server
from tests.interop.test_sdks import AWS_CLI
from tray.aws.cache import TokenFiles
from tray.aws.clients import Clients
from tray.aws.oidc import Oidc
from tray.aws.registrations import RegistrationFiles
from tray.aws.start_urls import StartUrls
from tray.core.model import Grant, SsoSession
from tray.system.clock import SystemClock

pytestmark = pytest.mark.interop

PORTAL = "https://ssoins-0123.portal.eu-west-1.app.aws"
LOGIN = ("sso", "login", "--sso-session", "corp", "--use-device-code", "--no-browser")


class World:
    """A home with one session, a portal's own name, and AWS behind it."""

    def __init__(
        self, home: Path, vanity: SecureServer, service: CannedService, trusted: Path
    ) -> None:
        self.vanity, self.service = vanity, service
        self.home, self.config = home, home / ".aws" / "config"
        self.environ = {
            "HOME": str(home),
            "PATH": os.environ["PATH"],
            "AWS_CA_BUNDLE": str(trusted),
            "AWS_ENDPOINT_URL": service.url,
        }
        self.config.parent.mkdir()

    def cli_logs_in(self, region: str) -> subprocess.CompletedProcess[str]:
        """Log in with the AWS CLI; `region` is the config's line about it."""
        text = f"[sso-session corp]\nsso_start_url = {self.vanity.url('/start/#/')}\n"
        self.config.write_text(f"{text}{region}\n# a comment\n")
        command = [str(AWS_CLI), *LOGIN]
        return subprocess.run(
            command,
            env=self.environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def we_log_in(self) -> None:
        """Log in with our own edges."""
        session = SsoSession("corp", self.vanity.url("/start/#/"), "eu-west-1")
        folder = self.home / ".aws" / "sso" / "cache"
        oidc = Oidc(
            TokenFiles(folder, lambda _: None),
            RegistrationFiles(folder, lambda _: None),
            Clients(),
            SystemClock(),
            start_url_of=StartUrls().sent_for,
        )
        made = oidc.registration(session, Grant.DEVICE_CODE)
        device = oidc.start_device_authorization(session, made)
        oidc.redeem_device_code(session, made, device.device_code)

    def taken(self) -> dict[str, tuple[object, object]]:
        """Give file names with start URL and region in them, and take the files."""
        found = {}
        for path in (self.home / ".aws" / "sso" / "cache").glob("*.json"):
            members = json.loads(path.read_text())
            found[path.name] = (members.get("startUrl"), members.get("region"))
            path.unlink()
        return found

    def sent(self) -> list[object]:
        """Give the start URLs that AWS was sent, and forget them."""
        bodies = [seen.members for seen in self.service.seen]
        self.service.seen.clear()
        return [body["startUrl"] for body in bodies if "startUrl" in body]


@pytest.fixture
def world(
    tmp_path: Path, calm_world: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[World]:
    """Give a world in which one name leads to a portal in eu-west-1."""
    authority = Authority(tmp_path)
    moved = saying("302 Found", f"Location: {PORTAL}/start/?x=1#/")
    end = datetime.now(UTC) + timedelta(days=90)
    answers = (
        canned(
            clientId="client-1",
            clientSecret="client-secret-1",
            clientSecretExpiresAt=int(end.timestamp()),
        ),
        canned(
            deviceCode="device-1",
            userCode="ABCD-EFGH",
            verificationUri=f"{PORTAL}/#/device",
            verificationUriComplete=f"{PORTAL}/#/device?user_code=ABCD-EFGH",
            expiresIn=600,
            interval=1,
        ),
        canned(**TOKEN_ANSWER),
    )
    with (
        secure_server(authority.context(), moved) as vanity,
        canned_service(*answers, *answers) as service,
    ):
        monkeypatch.setenv("AWS_CA_BUNDLE", str(authority.path))
        monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)
        yield World(calm_world, vanity, service, authority.path)


def test_both_send_and_keep_the_same(world: World) -> None:
    """One HEAD each, the portal's own address is sent, the configured one is kept."""
    done = world.cli_logs_in("sso_region = eu-west-1")
    assert done.returncode == 0, done.stderr
    theirs, sent = world.taken(), world.sent()

    world.we_log_in()

    assert world.taken() == theirs
    assert world.sent() == sent == [f"{PORTAL}/start"]
    assert len(theirs) == 2
    assert (world.vanity.url("/start/#/"), "eu-west-1") in theirs.values()
    assert world.vanity.asked == ["HEAD /start/ HTTP/1.1"] * 2


def test_the_cli_writes_the_region_that_we_name(world: World) -> None:
    """A wrong region is corrected by the CLI; we say which line it would write."""
    done = world.cli_logs_in("sso_region = us-east-1")

    assert done.returncode == 0, done.stderr
    assert "sso_region = eu-west-1\n# a comment\n" in world.config.read_text()


def test_the_cli_asks_nobody_for_a_region_that_is_missing(world: World) -> None:
    """Without the line the CLI refuses to log in, and so do we."""
    done = world.cli_logs_in("")

    assert done.returncode == 253
    assert "sso_region" in done.stderr
    assert world.vanity.asked == []
