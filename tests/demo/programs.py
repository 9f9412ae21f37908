"""What a program does against Identity Center: register, be allowed, redeem, renew.

It speaks through boto3 only, so what is tested is what AWS's own clients meet.
"""

from __future__ import annotations

import secrets
import threading
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING, ClassVar

import pytest
from botocore.exceptions import ClientError

from tray.demo.center import Center
from tray.demo.center.oidc import challenge
from tray.demo.person import Person, Visit

if TYPE_CHECKING:
    from mypy_boto3_sso_oidc import SSOOIDCClient
    from mypy_boto3_sso_oidc.type_defs import CreateTokenResponseTypeDef

SCOPES = ("sso:account:access",)
REGISTERED = "http://127.0.0.1/oauth/callback"
DEVICE = "urn:ietf:params:oauth:grant-type:device_code"


def code_of(call: Callable[..., object], **arguments: object) -> str:
    """Give the error's name as botocore tells it."""
    with pytest.raises(ClientError) as raised:
        call(**arguments)
    return raised.value.response["Error"]["Code"]


class _Landing(BaseHTTPRequestHandler):
    met: ClassVar[str] = ""

    def do_GET(self) -> None:
        """Keep the address."""
        type(self).met = self.path
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - theirs
        """Say nothing."""


@contextmanager
def landing() -> Iterator[tuple[str, Callable[[], Mapping[str, str]]]]:
    """Give a redirect URI of this machine, and what has arrived there."""

    class Here(_Landing):
        """The place of this one browser."""

    def arrived() -> Mapping[str, str]:
        return dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(Here.met).query))

    with HTTPServer(("127.0.0.1", 0), Here) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/oauth/callback", arrived
        finally:
            server.shutdown()
            thread.join()


@dataclass
class Keys:
    """A registration, as keyword arguments of the calls that follow."""

    client_id: str
    secret: str

    @property
    def arguments(self) -> Mapping[str, str]:
        """Give them."""
        return {"clientId": self.client_id, "clientSecret": self.secret}


@dataclass
class Program:
    """A program that wants tokens."""

    center: Center
    oidc: SSOOIDCClient
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))

    def register(
        self, *, code: bool, portal: str = "corp", scopes: tuple[str, ...] = SCOPES
    ) -> Keys:
        """Register for one of the two ways to log in."""
        form: dict[str, object] = {"scopes": list(scopes)} if scopes else {}
        if code:
            form |= {
                "grantTypes": ["authorization_code", "refresh_token"],
                "redirectUris": [REGISTERED],
                "issuerUrl": self.center.start_url(portal),
            }
        made = self.oidc.register_client(
            clientName="a-program",
            clientType="public",
            **form,  # type: ignore[arg-type]
        )
        return Keys(made["clientId"], made["clientSecret"])

    def authorize_url(self, keys: Keys, redirect_uri: str, **other: str) -> str:
        """Give the address for the browser."""
        query = {
            "response_type": "code",
            "client_id": keys.client_id,
            "redirect_uri": redirect_uri,
            "state": "a-state",
            "code_challenge_method": "S256",
            "scopes": " ".join(SCOPES),
            "code_challenge": challenge(self.verifier),
            **other,
        }
        return f"{self.center.url}/authorize?{urllib.parse.urlencode(query)}"

    def ask(
        self, keys: Keys, person: Person, **other: str
    ) -> tuple[str, Mapping[str, str], Visit]:
        """Let a person look at it; give redirect URI, what came back, last page."""
        with landing() as (uri, arrived):
            visit = person.visit(self.authorize_url(keys, uri, **other))
            return uri, arrived(), visit

    def redeem(
        self, keys: Keys, uri: str, code: str, verifier: str = ""
    ) -> CreateTokenResponseTypeDef:
        """Exchange a code."""
        return self.oidc.create_token(
            **keys.arguments,
            grantType="authorization_code",
            code=code,
            redirectUri=uri,
            codeVerifier=verifier or self.verifier,
        )

    def log_in(self, person: Person) -> tuple[Keys, CreateTokenResponseTypeDef]:
        """Go the whole way with an authorization code."""
        keys = self.register(code=True)
        uri, came, _ = self.ask(keys, person)
        return keys, self.redeem(keys, uri, came["code"])

    def renew(self, keys: Keys, refresh_token: str) -> CreateTokenResponseTypeDef:
        """Exchange a refresh token."""
        return self.oidc.create_token(
            **keys.arguments,
            grantType="refresh_token",
            refreshToken=refresh_token,
        )

    def poll(self, keys: Keys, device_code: str) -> CreateTokenResponseTypeDef:
        """Exchange a device code."""
        return self.oidc.create_token(
            **keys.arguments,
            grantType=DEVICE,
            deviceCode=device_code,
        )
