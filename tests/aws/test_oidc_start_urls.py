"""Log-ins at a portal behind a name of one's own, from the HEAD to the cache."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import NOON
from tests.fakes.aws import TOKEN_ANSWER, CannedService, canned, canned_service
from tests.fakes.basics import FakeClock
from tests.fakes.secure import Authority, saying, secure_server
from tray.aws.cache import TokenFiles
from tray.aws.clients import Clients
from tray.aws.oidc import Oidc
from tray.aws.registrations import RegistrationFiles, registration_key
from tray.aws.start_urls import StartUrls
from tray.core.errors import ConfigError
from tray.core.model import CachedToken, Grant, SsoSession

PORTAL = "https://ssoins-0123.portal.eu-west-1.app.aws"
REGISTERED = canned(
    clientId="client-1",
    clientSecret="client-secret-1",
    clientSecretExpiresAt=int((NOON + timedelta(days=90)).timestamp()),
)
STARTED = canned(
    deviceCode="device-1",
    userCode="ABCD-EFGH",
    verificationUri=f"{PORTAL}/#/device",
    expiresIn=600,
)


def center(
    folder: Path, service: CannedService, monkeypatch: pytest.MonkeyPatch
) -> Oidc:
    """Give the real edge, over a folder, at a service of canned answers."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", service.url)

    def pause(_: float) -> None:
        """Take no time."""

    return Oidc(
        TokenFiles(folder, pause),
        RegistrationFiles(folder, pause),
        Clients(),
        FakeClock(),
        start_url_of=StartUrls().sent_for,
    )


def test_a_log_in_asks_once_and_keeps_the_configured_name(
    tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The portal's own address is sent; file names and members keep what is written."""
    moved = saying("302 Found", f"Location: {PORTAL}/start/#/")
    answers = (REGISTERED, REGISTERED, STARTED, canned(**TOKEN_ANSWER))
    with (
        secure_server(authority.context(), moved) as vanity,
        canned_service(*answers) as service,
    ):
        written = vanity.url("/start/#/")
        session = SsoSession("corp", written, "eu-west-1")
        oidc = center(tmp_path / "cache", service, monkeypatch)
        oidc.registration(session, Grant.AUTHORIZATION_CODE)
        made = oidc.registration(session, Grant.DEVICE_CODE)
        device = oidc.start_device_authorization(session, made)
        oidc.redeem_device_code(session, made, device.device_code)

    assert vanity.asked == ["HEAD /start/ HTTP/1.1"]
    assert service.seen[0].members["issuerUrl"] == f"{PORTAL}/start"
    assert service.seen[2].members["startUrl"] == f"{PORTAL}/start"
    names = {path.name for path in (tmp_path / "cache").iterdir()}
    assert names == {
        f"{session.cache_key}.json",
        f"{registration_key(session)}.json",
    }
    entry = TokenFiles(tmp_path / "cache", lambda _: None).read(session.cache_key)
    assert isinstance(entry, CachedToken)
    assert written in (tmp_path / "cache" / f"{session.cache_key}.json").read_text()


@pytest.mark.parametrize("grant", [Grant.AUTHORIZATION_CODE, Grant.DEVICE_CODE])
def test_no_browser_opens_for_a_portal_that_is_not_found(
    tmp_path: Path,
    authority: Authority,
    monkeypatch: pytest.MonkeyPatch,
    grant: Grant,
) -> None:
    """Where the start URL leads nowhere the log-in ends before any page is named."""
    elsewhere = saying("302 Found", "Location: https://corp.example/")
    with (
        secure_server(authority.context(), elsewhere) as vanity,
        canned_service(REGISTERED) as service,
    ):
        session = SsoSession("corp", vanity.url(), "eu-west-1")
        oidc = center(tmp_path / "cache", service, monkeypatch)
        with pytest.raises(ConfigError, match=r"leads to corp\.example"):
            oidc.start_device_authorization(session, oidc.registration(session, grant))

    named = [seen for seen in service.seen if seen.path != "/client/register"]
    assert named == []
