"""Programs make themselves known to the demo's Identity Center."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.demo.programs import REGISTERED, SCOPES, Program, code_of
from tests.fakes.basics import FakeClock
from tray.demo.center import Center

if TYPE_CHECKING:
    from mypy_boto3_sso_oidc import SSOOIDCClient

NAMED: dict[str, Any] = {"clientName": "a-program", "clientType": "public"}
BY_CODE: dict[str, Any] = {
    **NAMED,
    "grantTypes": ["authorization_code", "refresh_token"],
    "redirectUris": [REGISTERED],
}


def test_a_device_client_lives_for_ninety_days(
    oidc: SSOOIDCClient, clock: FakeClock
) -> None:
    """A registration says in seconds when it began and when it ends."""
    made = oidc.register_client(**NAMED, scopes=list(SCOPES))

    end = datetime.fromtimestamp(made["clientSecretExpiresAt"], UTC)
    assert end == clock.now() + timedelta(days=90)
    assert made["clientIdIssuedAt"] == clock.now().timestamp()


@pytest.mark.parametrize("ending", ["", "/", "/#", "/#/", "?tab=accounts"])
def test_every_spelling_of_a_start_url_will_do(
    oidc: SSOOIDCClient, center: Center, ending: str
) -> None:
    """The issuer may be written as people copy it from the portal."""
    issuer = center.start_url("corp") + ending

    assert oidc.register_client(**BY_CODE, issuerUrl=issuer)["clientId"]


@pytest.mark.parametrize("issuer", ["", "/start/nowhere", "https://elsewhere/start"])
def test_an_unknown_start_url_is_refused(
    oidc: SSOOIDCClient, center: Center, issuer: str
) -> None:
    """Only portals that are there give codes."""
    there = issuer if issuer.startswith("https") else center.url + issuer

    code = code_of(oidc.register_client, **BY_CODE, issuerUrl=there)

    assert code == "InvalidRequestException"


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ({**NAMED, "clientType": "secret"}, "InvalidClientMetadataException"),
        ({**NAMED, "scopes": ["all my things"]}, "InvalidScopeException"),
        ({**NAMED, "grantTypes": ["password"]}, "UnsupportedGrantTypeException"),
        (
            {
                **BY_CODE,
                "grantTypes": [
                    "authorization_code",
                    "urn:ietf:params:oauth:grant-type:device_code",
                ],
            },
            "InvalidScopeException",
        ),
        ({**BY_CODE, "redirectUris": []}, "InvalidRedirectUriException"),
        (
            {**BY_CODE, "redirectUris": ["http://localhost/oauth/callback"]},
            "InvalidRedirectUriException",
        ),
        (
            {**BY_CODE, "redirectUris": ["https://example.com/"]},
            "InvalidRedirectUriException",
        ),
        (
            {**BY_CODE, "redirectUris": ["http://127.0.0.1/\r\nX: y"]},
            "InvalidRedirectUriException",
        ),
        (
            {**BY_CODE, "redirectUris": ["http://[::1/oauth"]},
            "InvalidRedirectUriException",
        ),
    ],
)
def test_what_does_not_fit_is_refused(
    oidc: SSOOIDCClient, form: dict[str, Any], code: str
) -> None:
    """A registration is refused with the service's own name for what is wrong."""
    assert code_of(oidc.register_client, **form) == code


def test_a_device_client_may_name_its_grants(oidc: SSOOIDCClient) -> None:
    """A registration for `refresh_token` alone is a device client's."""
    made = oidc.register_client(**NAMED, grantTypes=["refresh_token"])

    assert made["clientSecret"]


def test_a_wrong_secret_is_an_invalid_client(program: Program, center: Center) -> None:
    """A client must know its secret, and be known."""
    keys = program.register(code=False)
    start = center.start_url("corp")

    for wrong in ({"clientSecret": "another"}, {"clientId": "another"}):
        arguments = {**keys.arguments, "startUrl": start, **wrong}
        call = program.oidc.start_device_authorization
        assert code_of(call, **arguments) == "InvalidClientException"
