"""The OIDC service: clients, device codes and tokens.

A client is registered for one way to log in; asking for both is refused, as the real
service is reported to do (synfinatic/aws-sso-cli#1359). Without scopes no refresh token
comes (boto/boto3#3768).
"""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Callable, Mapping
from datetime import timedelta
from urllib.parse import urlsplit

from tray.demo.center.ledger import Ledger
from tray.demo.center.messages import Answer, Incoming, json_answer, oidc_refusal
from tray.demo.center.records import (
    CODE_GRANT,
    DEVICE_GRANT,
    REFRESH_GRANT,
    USER_CODE_LETTERS,
    Client,
    Decision,
    Device,
    Issued,
)

START_PATH = "/start/"
LOOPBACK = "127.0.0.1"
HASTE = 0.9
"""The part of the interval that must have passed: timers are not exact."""

_SCOPE = re.compile(r"openid|[a-z_]+(?::[a-z_]+)+")
_VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")
_URI = re.compile(r"[!-~]+")
_Document = Mapping[str, object]


class Oidc:
    """The OIDC service over the ledger."""

    def __init__(self, ledger: Ledger, url: Callable[[], str]) -> None:
        self._ledger = ledger
        self._url = url

    def register_client(self, incoming: Incoming) -> Answer:
        """Serve RegisterClient, in the device and in the authorization-code form."""
        sent = incoming.document
        if not _text(sent, "clientName") or sent.get("clientType") != "public":
            raise oidc_refusal("InvalidClientMetadataException")
        grants = frozenset(_texts(sent, "grantTypes")) or {DEVICE_GRANT, REFRESH_GRANT}
        scopes = _texts(sent, "scopes")
        if not grants <= {CODE_GRANT, DEVICE_GRANT, REFRESH_GRANT}:
            raise oidc_refusal("UnsupportedGrantTypeException")
        if {CODE_GRANT, DEVICE_GRANT} <= grants:
            raise oidc_refusal("InvalidScopeException")
        if not all(_SCOPE.fullmatch(scope) for scope in scopes):
            raise oidc_refusal("InvalidScopeException")
        redirect_uris, portal = _texts(sent, "redirectUris"), ""
        if CODE_GRANT in grants:
            if not redirect_uris or not all(map(_is_loopback, redirect_uris)):
                raise oidc_refusal("InvalidRedirectUriException")
            portal = self._portal_of(_text(sent, "issuerUrl"))
        else:
            grants |= {DEVICE_GRANT}
        ledger = self._ledger
        client = ledger.add_client(frozenset(grants), scopes, redirect_uris, portal)
        return json_answer(
            {
                "clientId": client.client_id,
                "clientSecret": client.secret,
                "clientIdIssuedAt": int(ledger.now().timestamp()),
                "clientSecretExpiresAt": int(client.expires_at.timestamp()),
            }
        )

    def start_device_authorization(self, incoming: Incoming) -> Answer:
        """Serve StartDeviceAuthorization."""
        sent, ledger = incoming.document, self._ledger
        client = self._client(sent)
        if DEVICE_GRANT not in client.grants:
            raise oidc_refusal("UnauthorizedClientException")
        letters = "".join(secrets.choice(USER_CODE_LETTERS) for _ in range(8))
        settings = ledger.settings
        device = Device(
            user_code=f"{letters[:4]}-{letters[4:]}",
            client_id=client.client_id,
            portal=self._portal_of(_text(sent, "startUrl")),
            expires_at=ledger.now() + settings.device_code_life,
        )
        device_code = f"demo-device-{secrets.token_urlsafe(24)}"
        ledger.devices[device_code] = device
        return json_answer(
            {
                "deviceCode": device_code,
                "userCode": device.user_code,
                "verificationUri": f"{self._url()}/device",
                "verificationUriComplete": (
                    f"{self._url()}/device?user_code={device.user_code}"
                ),
                "expiresIn": int(settings.device_code_life.total_seconds()),
                "interval": settings.interval,
            }
        )

    def create_token(self, incoming: Incoming) -> Answer:
        """Serve CreateToken with one of its three grants."""
        sent = incoming.document
        grants: Mapping[str, Callable[[_Document, Client], Issued]] = {
            CODE_GRANT: self._by_code,
            DEVICE_GRANT: self._by_device_code,
            REFRESH_GRANT: self._by_refresh_token,
        }
        grant = grants.get(_text(sent, "grantType"))
        if grant is None:
            raise oidc_refusal("UnsupportedGrantTypeException")
        client = self._client(sent)
        if sent["grantType"] not in client.grants | {REFRESH_GRANT}:
            raise oidc_refusal("UnauthorizedClientException")
        issued = grant(sent, client)
        document = {
            "accessToken": issued.access_token,
            "tokenType": "Bearer",
            "expiresIn": max(int(issued.expires_in.total_seconds()), 0),
        }
        if issued.refresh_token is not None:
            document["refreshToken"] = issued.refresh_token
        return json_answer(document)

    def _by_code(self, sent: _Document, client: Client) -> Issued:
        # Once presented it is spent, whether it fits or not.
        code = self._ledger.codes.pop(_needed(sent, "code"), None)
        verifier = _needed(sent, "codeVerifier")
        if code is None or code.client_id != client.client_id:
            raise oidc_refusal("InvalidGrantException")
        if code.expires_at <= self._ledger.now():
            raise oidc_refusal("ExpiredTokenException")
        if _needed(sent, "redirectUri") != code.redirect_uri:
            raise oidc_refusal("InvalidGrantException")
        if not _VERIFIER.fullmatch(verifier) or challenge(verifier) != code.challenge:
            raise oidc_refusal("InvalidGrantException", "Invalid code verifier")
        if not self._ledger.alive(code.sign_in):
            raise oidc_refusal("InvalidGrantException")
        return self._ledger.issue(client, code.sign_in)

    def _by_device_code(self, sent: _Document, client: Client) -> Issued:
        text, ledger = _needed(sent, "deviceCode"), self._ledger
        device = ledger.devices.get(text)
        if device is None or device.client_id != client.client_id:
            raise oidc_refusal("InvalidGrantException", "Invalid device code provided")
        if device.expires_at <= ledger.now():
            raise oidc_refusal("ExpiredTokenException")
        self._mind_haste(device)
        if device.decision is Decision.DENIED:
            raise oidc_refusal("AccessDeniedException")
        if device.sign_in is None:
            raise oidc_refusal("AuthorizationPendingException")
        del ledger.devices[text]
        if not ledger.alive(device.sign_in):
            raise oidc_refusal("InvalidGrantException")
        return ledger.issue(client, device.sign_in)

    def _mind_haste(self, device: Device) -> None:
        now, settings = self._ledger.now(), self._ledger.settings
        before, device.polled_at = device.polled_at, now
        pause = timedelta(seconds=settings.interval * HASTE)
        if settings.hasty_polls_refused and before and now - before < pause:
            raise oidc_refusal("SlowDownException")

    def _by_refresh_token(self, sent: _Document, client: Client) -> Issued:
        return self._ledger.renew(client, _needed(sent, "refreshToken"))

    def _client(self, sent: _Document) -> Client:
        return self._ledger.client(
            _needed(sent, "clientId"), _needed(sent, "clientSecret")
        )

    def _portal_of(self, start_url: str) -> str:
        """Give the portal that a start URL names, in any of its spellings."""
        parts = urlsplit(start_url)
        name = parts.path.removeprefix(START_PATH).rstrip("/")
        here = f"{parts.scheme}://{parts.netloc}" == self._url()
        if not here or self._ledger.settings.portal(name) is None:
            raise oidc_refusal("InvalidRequestException", "Invalid start url provided")
        return name


def challenge(verifier: str) -> str:
    """Give the S256 challenge of a verifier (RFC 7636, section 4.2)."""
    digest = hashlib.sha256(verifier.encode("ascii", "replace")).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")


def fits(redirect_uri: str, registered: tuple[str, ...]) -> bool:
    """Tell whether a redirect URI is registered; any port is (RFC 8252, 7.3)."""
    if not _is_loopback(redirect_uri):
        return False
    path = urlsplit(redirect_uri).path
    return any(urlsplit(uri).path == path for uri in registered)


def _is_loopback(uri: str) -> bool:
    if not _URI.fullmatch(uri):
        return False
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    return parts.scheme == "http" and parts.hostname == LOOPBACK


def _text(sent: _Document, name: str) -> str:
    value = sent.get(name)
    return value if isinstance(value, str) else ""


def _texts(sent: _Document, name: str) -> tuple[str, ...]:
    values = sent.get(name)
    return tuple(map(str, values)) if isinstance(values, list) else ()


def _needed(sent: _Document, name: str) -> str:
    text = _text(sent, name)
    if not text:
        raise oidc_refusal("InvalidRequestException", f"Missing {name}")
    return text
