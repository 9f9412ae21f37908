"""Identity Center and the portal as the daemon has them: asked through the child.

So boto3 is never imported here, and what hangs or crashes there does no harm.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import TypeVar

from tray.aws import wire
from tray.core.accounts import Account
from tray.core.credentials import RoleCredentials
from tray.core.errors import CannotTell
from tray.core.model import (
    ClientRegistration,
    DeviceAuthorization,
    Grant,
    PkceRequest,
    Profile,
    Secret,
    SsoSession,
)
from tray.core.ports import Channel
from tray.core.wording import child as wording

Value = TypeVar("Value")


class RemoteIdentityCenter:
    """`IdentityCenter` over a channel."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def registration(self, session: SsoSession, grant: Grant) -> ClientRegistration:
        """Give a registration for one log-in grant, from the cache or made anew."""
        answer = self._ask("registration", session, {"grant": grant.value})
        return _read(wire.registration_from_wire, answer)

    def authorize_url(
        self, session: SsoSession, registration: ClientRegistration, pkce: PkceRequest
    ) -> str:
        """Give the address to open in the browser for an authorization code."""
        more = {
            "registration": wire.registration_to_wire(registration),
            "pkce": wire.pkce_to_wire(pkce),
        }
        answer = self._ask("authorize_url", session, more)
        return _read(lambda data: wire.text(data, "url"), answer)

    def start_device_authorization(
        self, session: SsoSession, registration: ClientRegistration
    ) -> DeviceAuthorization:
        """Ask for a device code and a user code."""
        more = {"registration": wire.registration_to_wire(registration)}
        answer = self._ask("start_device_authorization", session, more)
        return _read(wire.authorization_from_wire, answer)

    def redeem_device_code(
        self, session: SsoSession, registration: ClientRegistration, code: Secret
    ) -> datetime:
        """Exchange an approved device code; the token is in the cache on return."""
        more = {
            "registration": wire.registration_to_wire(registration),
            "code": code.reveal(),
        }
        return _end(self._ask("redeem_device_code", session, more))

    def redeem_authorization_code(
        self,
        session: SsoSession,
        registration: ClientRegistration,
        code: Secret,
        pkce: PkceRequest,
    ) -> datetime:
        """Exchange an authorization code; the token is in the cache on return."""
        more = {
            "registration": wire.registration_to_wire(registration),
            "code": code.reveal(),
            "pkce": wire.pkce_to_wire(pkce),
        }
        return _end(self._ask("redeem_authorization_code", session, more))

    def refresh(self, session: SsoSession) -> datetime:
        """Renew the cached token silently; the new one is in the cache on return."""
        return _end(self._ask("refresh", session, {}))

    def ahead(self, session: SsoSession) -> timedelta | None:
        """Tell how far our clock is ahead of the service's, by its last answer."""
        seconds = self._ask("ahead", session, {}).get("seconds")
        if not isinstance(seconds, int | float):
            return None
        return timedelta(seconds=seconds)

    def _ask(
        self, operation: str, session: SsoSession, more: wire.Wire
    ) -> Mapping[str, object]:
        arguments = {"session": wire.session_to_wire(session), **more}
        return self._channel.call(operation, arguments)


class RemotePortal:
    """`Portal` over a channel."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def logout(self, session: SsoSession) -> None:
        """End the session's sign-in on the server; no error if it is over already."""
        self._channel.call("logout", {"session": wire.session_to_wire(session)})

    def list_accounts(self, session: SsoSession) -> tuple[Account, ...]:
        """Give every account that whoever is logged in can reach, or none of them."""
        arguments = {"session": wire.session_to_wire(session)}
        answer = self._channel.call("list_accounts", arguments)
        return _read(wire.accounts_from_wire, answer)

    def list_roles(self, session: SsoSession, account_id: str) -> tuple[str, ...]:
        """Give every role in one account; what `Throttled` asks for gets lost."""
        arguments = {
            "session": wire.session_to_wire(session),
            "account_id": account_id,
        }
        answer = self._channel.call("list_roles", arguments)
        return _read(lambda data: wire.texts(data, "roles"), answer)

    def role_credentials(
        self, session: SsoSession, profile: Profile
    ) -> RoleCredentials:
        """Give the credentials of a profile's account and role."""
        arguments = {
            "session": wire.session_to_wire(session),
            "profile": wire.profile_to_wire(profile),
        }
        answer = self._channel.call("role_credentials", arguments)
        return _read(wire.credentials_from_wire, answer)


class RemoteSts:
    """`RoleAssumer` over a channel."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    def assume(
        self, session: SsoSession, profile: Profile, keys: RoleCredentials
    ) -> RoleCredentials:
        """Give credentials for the last of a profile's roles, with those before it."""
        arguments = {
            "session": wire.session_to_wire(session),
            "profile": wire.profile_to_wire(profile),
            "keys": wire.credentials_to_wire(keys),
        }
        answer = self._channel.call("assume", arguments)
        return _read(wire.credentials_from_wire, answer)


def _end(answer: wire.Wire) -> datetime:
    return _read(lambda data: wire.moment(data, "expires_at"), answer)


def _read(reader: Callable[[wire.Wire], Value], answer: wire.Wire) -> Value:
    try:
        return reader(answer)
    except ValueError:
        raise CannotTell(*wording.BROKE) from None
