"""Our values as plain JSON and back, for the pipe between the daemon and its child.

Secrets are in clear text here; the pipe belongs to the two processes alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from tray.core.accounts import Account
from tray.core.credentials import RoleCredentials
from tray.core.model import (
    ClientRegistration,
    DeviceAuthorization,
    Grant,
    PkceRequest,
    Profile,
    Secret,
    SsoSession,
)
from tray.core.roles import AssumedRole

Wire = Mapping[str, object]


def session_to_wire(session: SsoSession) -> Wire:
    """Write a session."""
    return {
        "name": session.name,
        "start_url": session.start_url,
        "region": session.region,
        "scopes": list(session.registration_scopes),
        "legacy": session.legacy,
    }


def session_from_wire(data: Wire) -> SsoSession:
    """Read a session. Raises `ValueError` for anything else, as all the readers do."""
    return SsoSession(
        name=text(data, "name"),
        start_url=text(data, "start_url"),
        region=text(data, "region"),
        registration_scopes=texts(data, "scopes"),
        legacy=data.get("legacy") is True,
    )


def registration_to_wire(registration: ClientRegistration) -> Wire:
    """Write a client registration."""
    return {
        "client_id": registration.client_id,
        "client_secret": registration.client_secret.reveal(),
        "expires_at": moment_to_wire(registration.expires_at),
        "scopes": list(registration.scopes),
        "grant": registration.grant.value,
    }


def registration_from_wire(data: Wire) -> ClientRegistration:
    """Read a client registration."""
    return ClientRegistration(
        client_id=text(data, "client_id"),
        client_secret=Secret(text(data, "client_secret")),
        expires_at=moment(data, "expires_at"),
        scopes=texts(data, "scopes"),
        grant=Grant(text(data, "grant")),
    )


def pkce_to_wire(pkce: PkceRequest) -> Wire:
    """Write an authorization-code request."""
    return {
        "redirect_uri": pkce.redirect_uri,
        "state": pkce.state,
        "verifier": pkce.verifier.reveal(),
    }


def pkce_from_wire(data: Wire) -> PkceRequest:
    """Read an authorization-code request."""
    return PkceRequest(
        redirect_uri=text(data, "redirect_uri"),
        state=text(data, "state"),
        verifier=Secret(text(data, "verifier")),
    )


def authorization_to_wire(authorization: DeviceAuthorization) -> Wire:
    """Write a device authorization."""
    return {
        "device_code": authorization.device_code.reveal(),
        "user_code": authorization.user_code,
        "verification_uri": authorization.verification_uri,
        "verification_uri_complete": authorization.verification_uri_complete,
        "expires_at": moment_to_wire(authorization.expires_at),
        "interval": authorization.interval.total_seconds(),
    }


def authorization_from_wire(data: Wire) -> DeviceAuthorization:
    """Read a device authorization."""
    interval = data.get("interval")
    if not isinstance(interval, int | float):
        raise ValueError("interval")  # noqa: TRY004 - one error for all readers
    return DeviceAuthorization(
        device_code=Secret(text(data, "device_code")),
        user_code=text(data, "user_code"),
        verification_uri=text(data, "verification_uri"),
        verification_uri_complete=text(data, "verification_uri_complete"),
        expires_at=moment(data, "expires_at"),
        interval=timedelta(seconds=interval),
    )


def profile_to_wire(profile: Profile) -> Wire:
    """Write what a profile says about its role."""
    return {
        "name": profile.name,
        "session": profile.session,
        "account_id": profile.account_id,
        "role_name": profile.role_name,
        "region": profile.region,
        "roles": [asdict(role) for role in profile.roles],
    }


def profile_from_wire(data: Wire) -> Profile:
    """Read a profile's role."""
    return Profile(
        name=text(data, "name"),
        session=text(data, "session"),
        account_id=text(data, "account_id"),
        role_name=text(data, "role_name"),
        region=text(data, "region"),
        roles=tuple(map(_role, _list(data, "roles"))),
    )


def _role(value: object) -> AssumedRole:
    match value:
        case {
            "role_arn": str(arn),
            "external_id": str(external),
            "session_name": str(name),
            "duration": int(duration),
            "mfa_serial": str(serial),
        }:
            return AssumedRole(arn, external, name, duration, serial)
        case _:
            raise ValueError("roles")


def credentials_to_wire(credentials: RoleCredentials) -> Wire:
    """Write role credentials."""
    return {
        "access_key_id": credentials.access_key_id,
        "secret_access_key": credentials.secret_access_key.reveal(),
        "session_token": credentials.session_token.reveal(),
        "expiration": moment_to_wire(credentials.expiration),
    }


def credentials_from_wire(data: Wire) -> RoleCredentials:
    """Read role credentials."""
    return RoleCredentials(
        access_key_id=text(data, "access_key_id"),
        secret_access_key=Secret(text(data, "secret_access_key")),
        session_token=Secret(text(data, "session_token")),
        expiration=moment(data, "expiration"),
    )


def accounts_to_wire(accounts: Iterable[Account]) -> Wire:
    """Write accounts, briefly: there may be thousands of them."""
    return {"accounts": [[one.account_id, one.name, one.email] for one in accounts]}


def accounts_from_wire(data: Wire) -> tuple[Account, ...]:
    """Read accounts."""
    return tuple(map(_account, _list(data, "accounts")))


def _account(value: object) -> Account:
    match value:
        case [str(account_id), str(name), str(email)]:
            return Account(account_id, name, email)
        case _:
            raise ValueError("accounts")


def moment_to_wire(when: datetime) -> str:
    """Write a moment, to the microsecond."""
    return when.astimezone(UTC).isoformat()


def moment(data: Wire, name: str) -> datetime:
    """Read a moment."""
    when = datetime.fromisoformat(text(data, name))
    if when.tzinfo is None:
        raise ValueError(name)
    return when.astimezone(UTC)


def mapping(data: Wire, name: str) -> Wire:
    """Read a value that is an object itself."""
    value = data.get(name)
    if not isinstance(value, Mapping):
        raise ValueError(name)  # noqa: TRY004 - one error for all readers
    return value


def text(data: Wire, name: str) -> str:
    """Read a text."""
    value = data.get(name)
    if not isinstance(value, str):
        raise ValueError(name)  # noqa: TRY004 - one error for all readers
    return value


def texts(data: Wire, name: str) -> tuple[str, ...]:
    """Read a list of texts."""
    return tuple(str(value) for value in _list(data, name))


def _list(data: Wire, name: str) -> list[object]:
    values = data.get(name)
    if not isinstance(values, list):
        raise ValueError(name)  # noqa: TRY004 - one error for all readers
    return values
