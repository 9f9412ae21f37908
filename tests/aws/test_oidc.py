"""The OIDC service through a real boto3 client against canned answers."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qsl, urlsplit

import pytest

from tests.builders import NOON, a_session, minutes
from tests.fakes.aws import Canned, canned
from tests.fakes.aws import refusal as refuse
from tests.fakes.oidc import OidcWorld
from tray.aws.registrations import registration_key
from tray.core.errors import (
    CannotTell,
    RegistrationOver,
)
from tray.core.model import (
    ClientRegistration,
    Grant,
    PkceRequest,
    Secret,
    SsoSession,
)

CORP = replace(a_session(), start_url="https://acme.awsapps.com/start/#/")
LEGACY = a_session(legacy=True)
REGISTERED = canned(
    clientId="client-1",
    clientSecret="client-secret-1",
    clientSecretExpiresAt=int((NOON + timedelta(days=90)).timestamp()),
)
REGISTRATION = ClientRegistration(
    "client-1",
    Secret("client-secret-1"),
    NOON + timedelta(days=90),
    ("sso:account:access",),
    Grant.AUTHORIZATION_CODE,
)
PKCE = PkceRequest(
    "http://127.0.0.1:4242/oauth/callback", "state-1", Secret("verifier" * 8)
)


def test_a_registration_for_codes_is_the_clis(world: OidcWorld) -> None:
    """The body is that of AWS CLI v2; the start URL is sent plain."""
    world.answers(REGISTERED)

    made = world.center.registration(CORP, Grant.AUTHORIZATION_CODE)

    assert made == REGISTRATION
    [seen] = world.service.seen
    assert (seen.method, seen.path) == ("POST", "/client/register")
    assert "authorization" not in {name.lower() for name in seen.headers}
    assert seen.members == {
        "clientName": "botocore-client-corp",
        "clientType": "public",
        "scopes": ["sso:account:access"],
        "grantTypes": ["authorization_code", "refresh_token"],
        "redirectUris": ["http://127.0.0.1/oauth/callback"],
        "issuerUrl": "https://acme.awsapps.com/start",
    }


@pytest.mark.parametrize(
    ("session", "name", "scopes"),
    [
        (CORP, "botocore-client-corp", ["sso:account:access"]),
        (
            replace(CORP, registration_scopes=("a:b", "c:d")),
            "botocore-client-corp",
            ["a:b", "c:d"],
        ),
        (LEGACY, f"botocore-client-{int(NOON.timestamp())}", None),
    ],
)
def test_a_registration_for_device_codes_is_the_clis(
    world: OidcWorld, session: SsoSession, name: str, scopes: list[str] | None
) -> None:
    """No grant types, no redirect; legacy sessions ask for no scope."""
    world.answers(REGISTERED)
    made = world.center.registration(session, Grant.DEVICE_CODE)

    body = {"clientName": name, "clientType": "public"}
    wanted = body if scopes is None else {**body, "scopes": scopes}
    assert world.service.seen[0].members == wanted
    assert made.scopes == tuple(scopes or ())


def test_registrations_are_kept_per_grant(world: OidcWorld) -> None:
    """A registration is asked for once, and anew when the grant changes."""
    world.answers(REGISTERED)
    grants = [Grant.DEVICE_CODE] * 2 + [Grant.AUTHORIZATION_CODE]
    for grant in grants:
        world.center.registration(CORP, grant)

    assert len(world.service.seen) == 2
    assert [path.name for path in world.folder.iterdir()] == [
        f"{registration_key(CORP)}.json"
    ]


@pytest.mark.parametrize(
    "answer",
    [
        canned(),
        canned(clientId="a", clientSecret="b"),
        canned(clientId="a", clientSecret="b", clientSecretExpiresAt=10**30),
        Canned(200, b"<html>Welcome to our wifi</html>", {"Content-Type": "text/html"}),
    ],
)
def test_an_answer_of_others_is_no_registration(
    world: OidcWorld, answer: Canned
) -> None:
    """A captive portal's page with status 200 is told as that, and nothing is kept."""
    world.answers(answer)

    with pytest.raises(CannotTell, match="else than AWS"):
        world.center.registration(CORP, Grant.DEVICE_CODE)
    assert not world.folder.exists()


def test_the_authorize_address_is_the_clis(world: OidcWorld) -> None:
    """Its members are AWS CLI v2's, on the resolved endpoint; nothing is sent."""
    url = urlsplit(world.center.authorize_url(CORP, REGISTRATION, PKCE))

    assert f"{url.scheme}://{url.netloc}" == world.service.url
    assert url.path == "/authorize"
    assert dict(parse_qsl(url.query)) == {
        "response_type": "code",
        "client_id": "client-1",
        "redirect_uri": PKCE.redirect_uri,
        "state": "state-1",
        "code_challenge_method": "S256",
        "scopes": "sso:account:access",
        "code_challenge": PKCE.challenge,
    }
    assert "+" not in url.query
    assert not world.service.seen


@pytest.mark.parametrize(
    ("region", "settings", "host"),
    [
        ("eu-west-1", {}, "oidc.eu-west-1.amazonaws.com"),
        ("cn-north-1", {}, "oidc.cn-north-1.amazonaws.com.cn"),
        (
            "us-east-1",
            {"AWS_USE_FIPS_ENDPOINT": "true"},
            "oidc-fips.us-east-1.amazonaws.com",
        ),
        (
            "us-gov-west-1",
            {"AWS_USE_FIPS_ENDPOINT": "true"},
            "oidc.us-gov-west-1.amazonaws.com",
        ),
        (
            "eu-west-1",
            {"AWS_USE_DUALSTACK_ENDPOINT": "true"},
            "oidc.eu-west-1.api.aws",
        ),
    ],
)
def test_the_authorize_host_is_resolved(
    world: OidcWorld,
    monkeypatch: pytest.MonkeyPatch,
    region: str,
    settings: dict[str, str],
    host: str,
) -> None:
    """The browser goes to the host that requests go to, whatever the settings."""
    monkeypatch.delenv("AWS_ENDPOINT_URL")
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    session = replace(CORP, region=region)

    url = world.center.authorize_url(session, REGISTRATION, PKCE)

    assert url.startswith(f"https://{host}/authorize?")


def test_a_device_authorization_is_read(world: OidcWorld) -> None:
    """Codes, addresses, end and interval come as the service says."""
    world.answers(
        canned(
            deviceCode="device-1",
            userCode="ABCD-EFGH",
            verificationUri="https://acme.awsapps.com/start/#/device",
            verificationUriComplete="https://acme.awsapps.com/start/#/device?u=A",
            expiresIn=600,
            interval=1,
        )
    )

    started = world.center.start_device_authorization(CORP, REGISTRATION)

    assert started.device_code == Secret("device-1")
    assert started.user_code == "ABCD-EFGH"
    assert started.verification_uri_complete.endswith("?u=A")
    assert started.expires_at == NOON + minutes(10)
    assert started.interval == timedelta(seconds=1)
    assert world.service.seen[0].path == "/device_authorization"
    assert world.service.seen[0].members == {
        "clientId": "client-1",
        "clientSecret": "client-secret-1",
        "startUrl": "https://acme.awsapps.com/start",
    }


def test_a_sparse_device_authorization_will_do(world: OidcWorld) -> None:
    """Without interval and complete address the standard's defaults hold."""
    world.answers(
        canned(deviceCode="d", userCode="U", verificationUri="https://v", expiresIn=9)
    )

    started = world.center.start_device_authorization(CORP, REGISTRATION)

    assert started.interval == timedelta(seconds=5)
    assert started.verification_uri_complete == "https://v"


def test_a_device_code_becomes_a_token(world: OidcWorld) -> None:
    """The token is in the cache before the call is over, as the CLI would write it."""
    end = world.center.redeem_device_code(CORP, REGISTRATION, Secret("device-1"))

    assert end == NOON + minutes(60)
    assert world.service.seen[0].members == {
        "grantType": "urn:ietf:params:oauth:grant-type:device_code",
        "clientId": "client-1",
        "clientSecret": "client-secret-1",
        "deviceCode": "device-1",
    }
    members = json.loads((world.folder / f"{CORP.cache_key}.json").read_text())
    assert members["startUrl"] == "https://acme.awsapps.com/start/#/"
    assert members["accessToken"] == "access-new"
    assert members["refreshToken"] == "refresh-new"
    assert members["registrationExpiresAt"] == "2026-05-31T12:00:00Z"


def test_an_authorization_code_becomes_a_token(world: OidcWorld) -> None:
    """The proof key and the redirect URI with its port go along."""
    world.center.redeem_authorization_code(CORP, REGISTRATION, Secret("code-1"), PKCE)

    assert world.service.seen[0].members == {
        "grantType": "authorization_code",
        "clientId": "client-1",
        "clientSecret": "client-secret-1",
        "code": "code-1",
        "codeVerifier": "verifier" * 8,
        "redirectUri": PKCE.redirect_uri,
    }
    assert world.stored(CORP).token.value == Secret("access-new")


def test_a_registration_that_is_gone_is_forgotten(world: OidcWorld) -> None:
    """What the service no longer knows is made anew by the next log-in."""
    world.registrations.write(CORP, REGISTRATION)
    world.answers(refuse(401, "InvalidClientException"), REGISTERED)
    with pytest.raises(RegistrationOver):
        world.center.start_device_authorization(CORP, REGISTRATION)
    world.center.registration(CORP, Grant.AUTHORIZATION_CODE)

    assert len(world.service.seen) == 2


def test_moments_are_aware(world: OidcWorld) -> None:
    """All moments that come back are in UTC."""
    world.answers(REGISTERED)
    made = world.center.registration(CORP, Grant.DEVICE_CODE)

    assert made.expires_at.tzinfo is UTC
    assert isinstance(made.expires_at, datetime)
