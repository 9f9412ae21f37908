"""What the small Identity Center has given out: clients, sign-ins, codes, tokens.

One lock guards it all. Nothing here knows HTTP beyond the refusals' names.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from datetime import datetime

from tray.demo.center.messages import oidc_refusal, portal_refusal
from tray.demo.center.records import Client, Code, Device, Issued, Keys, Renewal, SignIn
from tray.demo.center.settings import CenterSettings, Rotation, User


class Ledger:
    """Everything given out, by its key; hold `lock` around several steps."""

    def __init__(
        self,
        settings: Callable[[], CenterSettings],
        clock: Callable[[], datetime],
    ) -> None:
        self.lock = threading.RLock()
        self.now = clock
        self.clients: dict[str, Client] = {}
        self.sign_ins: dict[str, SignIn] = {}
        self.codes: dict[str, Code] = {}
        self.devices: dict[str, Device] = {}
        self.renewals: dict[str, Renewal] = {}
        self.keys: dict[str, Keys] = {}
        self._settings = settings
        self._access: dict[str, tuple[SignIn, datetime]] = {}

    @property
    def settings(self) -> CenterSettings:
        """The settings of this moment."""
        return self._settings()

    def client(self, client_id: object, secret: object) -> Client:
        """Give a client that knows its secret; refuses any other."""
        client = self.clients.get(str(client_id))
        if client is None or client.expires_at <= self.now():
            raise oidc_refusal("InvalidClientException")
        if not secrets.compare_digest(client.secret, str(secret)):
            raise oidc_refusal("InvalidClientException")
        return client

    def add_client(
        self,
        grants: frozenset[str],
        scopes: tuple[str, ...],
        redirect_uris: tuple[str, ...] = (),
        portal: str = "",
    ) -> Client:
        """Register a client."""
        client = Client(
            client_id=f"demo-client-{secrets.token_urlsafe(12)}",
            secret=f"demo-client-secret-{secrets.token_urlsafe(32)}",
            grants=grants,
            scopes=scopes,
            redirect_uris=redirect_uris,
            portal=portal,
            expires_at=self.now() + self.settings.registration_life,
        )
        self.clients[client.client_id] = client
        return client

    def sign_in(self, portal: str, user: str) -> SignIn:
        """Begin a portal session."""
        now = self.now()
        sign_in = SignIn(
            key=secrets.token_urlsafe(24),
            form_key=secrets.token_urlsafe(24),
            portal=portal,
            user=user,
            started_at=now,
            ends_at=now + self.settings.sign_in_life(portal),
        )
        self.sign_ins[sign_in.key] = sign_in
        return sign_in

    def alive(self, sign_in: SignIn) -> bool:
        """Tell whether a portal session still renews tokens."""
        known = self.settings.user(sign_in.portal, sign_in.user) is not None
        return known and not sign_in.over and self.now() < sign_in.ends_at

    def end(self, portal: str) -> None:
        """End every portal session of one portal."""
        with self.lock:
            for sign_in in self.sign_ins.values():
                sign_in.over = sign_in.over or sign_in.portal == portal

    def issue(self, client: Client, sign_in: SignIn) -> Issued:
        """Give the tokens of a log-in; none for scopes means no refresh token."""
        issued = self._access_token(client, sign_in)
        if not client.scopes:
            return issued
        renewal = self._renewal(Renewal(client.client_id, sign_in))
        return Issued(issued.access_token, issued.expires_in, renewal)

    def renew(self, client: Client, refresh_token: str) -> Issued:
        """Give the tokens of a refresh."""
        renewal = self.renewals.get(refresh_token)
        if renewal is None or not self._renewable(renewal, client):
            raise oidc_refusal(
                "InvalidGrantException", "Invalid refresh token provided"
            )
        issued = self._access_token(client, renewal.sign_in)
        given: str | None = None
        match self.settings.rotation:
            case Rotation.AT_ONCE:
                del self.renewals[refresh_token]
                given = self._renewal(Renewal(client.client_id, renewal.sign_in))
            case Rotation.WITH_GRACE:
                if renewal.dies_at is None:
                    renewal.dies_at = self.now() + self.settings.rotation_grace
                given = self._renewal(Renewal(client.client_id, renewal.sign_in))
            case Rotation.SAME:
                given = refresh_token
            case _:
                pass  # the one from the log-in works on
        return Issued(issued.access_token, issued.expires_in, given)

    def bearer(self, access_token: str) -> SignIn:
        """Give the portal session behind an access token; refuses a dead one."""
        sign_in, expires_at = self._access.get(access_token, (None, None))
        if sign_in is None or expires_at is None or sign_in.over:
            raise portal_refusal("UnauthorizedException")
        if expires_at <= self.now() or not self.user(sign_in):
            raise portal_refusal("UnauthorizedException")
        return sign_in

    def user(self, sign_in: SignIn) -> User | None:
        """Give who signed in, as the settings know the person now."""
        return self.settings.user(sign_in.portal, sign_in.user)

    def _renewable(self, renewal: Renewal, client: Client) -> bool:
        replaced = renewal.dies_at is not None and renewal.dies_at <= self.now()
        fits = renewal.client_id == client.client_id
        return fits and not replaced and self.alive(renewal.sign_in)

    def _access_token(self, client: Client, sign_in: SignIn) -> Issued:
        settings, now = self.settings, self.now()
        life = settings.legacy_token_life
        if client.scopes:
            life = settings.token_life(sign_in.portal)
        if settings.cut_to_session:
            life = min(life, sign_in.ends_at - now)
        text = f"demo-access-{secrets.token_urlsafe(32)}"
        self._access[text] = (sign_in, now + life)
        return Issued(text, life)

    def _renewal(self, renewal: Renewal) -> str:
        text = f"demo-refresh-{secrets.token_urlsafe(32)}"
        self.renewals[text] = renewal
        return text
