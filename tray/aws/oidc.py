"""The OIDC service of Identity Center through boto3: registrations, codes, tokens.

Every token that it gives is in the cache before a call returns. Bodies and addresses
are those of AWS CLI v2 (`awscli/botocore/utils.py`, `SSOTokenFetcher`, `...Auth`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Protocol, cast
from urllib.parse import quote, urlencode

from tray.aws.answers import length, moment, number, text
from tray.aws.clients import Clients
from tray.aws.faults import Doing, told_as_ours
from tray.aws.registrations import CODE_GRANTS, RegistrationFiles, scopes_for
from tray.aws.start_urls import as_written
from tray.core.errors import CannotTell, LoginRequired, RegistrationOver, TrayError
from tray.core.model import (
    DEFAULT_SCOPES,
    AccessToken,
    CachedToken,
    CacheEntry,
    ClientRegistration,
    DeviceAuthorization,
    Grant,
    PkceRequest,
    Secret,
    SsoSession,
)
from tray.core.ports import Clock
from tray.core.wording import service, signin, tokens

REDIRECT_URI = "http://127.0.0.1/oauth/callback"
"""What is registered: the service takes any port with it."""

REGISTER_PATH = "/client/register"
DEFAULT_INTERVAL = 5
"""Seconds between polls when the service names none (RFC 8628, section 3.2)."""


class Tokens(Protocol):
    """Where the tokens go."""

    def read(self, key: str) -> CacheEntry | None:
        """Give what lies under one cache key right now."""
        ...

    def write(
        self, session: SsoSession, token: AccessToken, *, renewing: bool = False
    ) -> object:
        """Keep a token. Raises `TrayError`."""
        ...


class Oidc:
    """`IdentityCenter` through boto3."""

    def __init__(
        self,
        cache: Tokens,
        registrations: RegistrationFiles,
        clients: Clients,
        clock: Clock,
        *,
        start_url_of: Callable[[SsoSession], str] = as_written,
    ) -> None:
        self._start_url_of = start_url_of
        self._cache = cache
        self._registrations = registrations
        self._clients = clients
        self._clock = clock

    def registration(self, session: SsoSession, grant: Grant) -> ClientRegistration:
        """Give a registration for one log-in grant, from the cache or made anew."""
        theirs = self._clock.now() - (self._clients.ahead(session) or timedelta())
        kept = self._registrations.take(session, grant, theirs)
        if kept is not None:
            return kept
        scopes = scopes_for(session, grant)
        body: dict[str, object] = {
            "clientName": self._client_name(session),
            "clientType": "public",
        }
        if scopes:
            body["scopes"] = list(scopes)
        if grant is Grant.AUTHORIZATION_CODE:
            body |= {
                "grantTypes": list(CODE_GRANTS),
                "redirectUris": [REDIRECT_URI],
                "issuerUrl": self._start_url_of(session),
            }
        answer = self._ask(session, Doing.LOGIN, "register_client", body)
        registration = ClientRegistration(
            client_id=text(answer, "clientId", session),
            client_secret=Secret(text(answer, "clientSecret", session)),
            expires_at=moment(answer, "clientSecretExpiresAt", session),
            scopes=scopes,
            grant=grant,
        )
        self._registrations.write(session, registration)
        return registration

    def authorize_url(
        self, session: SsoSession, registration: ClientRegistration, pkce: PkceRequest
    ) -> str:
        """Give the address to open in the browser for an authorization code."""
        with told_as_ours(session, Doing.LOGIN):
            # The operation "authorize" is in no service model; its host is where any
            # other operation goes, custom endpoints and FIPS included.
            url = self._clients.oidc(session).generate_presigned_url(
                "register_client", Params={"clientName": "-", "clientType": "public"}
            )
        base = url.partition("?")[0].removesuffix(REGISTER_PATH)
        query = {
            "response_type": "code",
            "client_id": registration.client_id,
            "redirect_uri": pkce.redirect_uri,
            "state": pkce.state,
            "code_challenge_method": "S256",
            "scopes": " ".join(registration.scopes or DEFAULT_SCOPES),
            "code_challenge": pkce.challenge,
        }
        return f"{base}/authorize?{urlencode(query, quote_via=quote, safe='')}"

    def start_device_authorization(
        self, session: SsoSession, registration: ClientRegistration
    ) -> DeviceAuthorization:
        """Ask for a device code and a user code."""
        answer = self._ask(
            session,
            Doing.LOGIN,
            "start_device_authorization",
            {
                "clientId": registration.client_id,
                "clientSecret": registration.client_secret.reveal(),
                "startUrl": self._start_url_of(session),
            },
        )
        verification = text(answer, "verificationUri", session)
        complete = answer.get("verificationUriComplete")
        return DeviceAuthorization(
            device_code=Secret(text(answer, "deviceCode", session)),
            user_code=text(answer, "userCode", session),
            verification_uri=verification,
            verification_uri_complete=str(complete or verification),
            expires_at=self._clock.now() + length(answer, "expiresIn", session),
            interval=timedelta(seconds=number(answer, "interval") or DEFAULT_INTERVAL),
        )

    def redeem_device_code(
        self, session: SsoSession, registration: ClientRegistration, code: Secret
    ) -> datetime:
        """Exchange an approved device code; the token is in the cache on return."""
        extra = {"grantType": Grant.DEVICE_CODE.value, "deviceCode": code.reveal()}
        return self._redeem(session, registration, extra)

    def redeem_authorization_code(
        self,
        session: SsoSession,
        registration: ClientRegistration,
        code: Secret,
        pkce: PkceRequest,
    ) -> datetime:
        """Exchange an authorization code; the token is in the cache on return."""
        extra = {
            "grantType": Grant.AUTHORIZATION_CODE.value,
            "code": code.reveal(),
            "codeVerifier": pkce.verifier.reveal(),
            "redirectUri": pkce.redirect_uri,
        }
        end = self._redeem(session, registration, extra)
        self._registrations.give_back(session, registration)
        return end

    def refresh(self, session: SsoSession) -> datetime:
        """Renew the cached token silently; the new one is in the cache on return."""
        before = self._renewable(session)
        answer = self._ask(
            session,
            Doing.RENEWAL,
            "create_token",
            {
                "grantType": Grant.REFRESH_TOKEN.value,
                "clientId": before.client_id,
                "clientSecret": _revealed(before.client_secret),
                "refreshToken": _revealed(before.refresh_token),
            },
        )
        token = self._token(session, answer, before)
        newer = self._written_meanwhile(session, before)
        if newer is not None:
            return newer.expires_at
        try:
            self._cache.write(session, token, renewing=True)
        except TrayError as error:
            raise TrayError(*tokens.renewed_but_unsaved(session, error.title)) from None
        return token.expires_at

    def ahead(self, session: SsoSession) -> timedelta | None:
        """Tell how far our clock is ahead of the service's, by its last answer."""
        return self._clients.ahead(session)

    def _renewable(self, session: SsoSession) -> AccessToken:
        entry = self._cache.read(session.cache_key)
        if entry is None:
            raise LoginRequired(*signin.logged_out(session))
        if not isinstance(entry, CachedToken):
            raise CannotTell(entry.problem.title, entry.problem.remedy)
        token = entry.token
        ends = token.registration_expires_at
        if ends is not None and ends <= self._clock.now():
            raise RegistrationOver(*service.registration_over(session))
        if not token.renewable_at(self._clock.now()):
            raise LoginRequired(*signin.not_renewable(session))
        return token

    def _written_meanwhile(
        self, session: SsoSession, before: AccessToken
    ) -> AccessToken | None:
        """Give a live token that somebody else has put there since; it stays.

        It may be a fresh log-in's, and ours would take people back to the old sign-in.
        """
        entry = self._cache.read(session.cache_key)
        if not isinstance(entry, CachedToken) or entry.token.value == before.value:
            return None
        now = self._clock.now()
        live = entry.token.expires_at > max(now, before.expires_at)
        return entry.token if live and entry.token.renewable_at(now) else None

    def _redeem(
        self,
        session: SsoSession,
        registration: ClientRegistration,
        extra: Mapping[str, object],
    ) -> datetime:
        secret = registration.client_secret
        keys = {"clientId": registration.client_id, "clientSecret": secret.reveal()}
        answer = self._ask(session, Doing.LOGIN, "create_token", {**keys, **extra})
        made_with = AccessToken(
            value=Secret(""),
            expires_at=registration.expires_at,
            client_id=registration.client_id,
            client_secret=secret,
            registration_expires_at=registration.expires_at,
        )
        token = self._token(session, answer, made_with)
        self._cache.write(session, token)
        return token.expires_at

    def _token(
        self, session: SsoSession, answer: Mapping[str, object], before: AccessToken
    ) -> AccessToken:
        renewal = answer.get("refreshToken")
        return AccessToken(
            value=Secret(text(answer, "accessToken", session)),
            expires_at=self._clock.now() + length(answer, "expiresIn", session),
            refresh_token=Secret(str(renewal)) if renewal else before.refresh_token,
            client_id=before.client_id,
            client_secret=before.client_secret,
            registration_expires_at=before.registration_expires_at,
        )

    def _ask(
        self,
        session: SsoSession,
        doing: Doing,
        operation: str,
        body: Mapping[str, object],
    ) -> Mapping[str, object]:
        try:
            with told_as_ours(session, doing):
                call = getattr(self._clients.oidc(session), operation)
                return cast("Mapping[str, object]", call(**body))
        except RegistrationOver:
            # With a code it would show in the browser only; so it is not kept.
            self._registrations.remove(session)
            raise

    def _client_name(self, session: SsoSession) -> str:
        name = session.name
        if session.legacy:
            name = str(int(self._clock.now().timestamp()))
        return f"botocore-client-{name}"


def _revealed(secret: Secret | None) -> str:
    return "" if secret is None else secret.reveal()
