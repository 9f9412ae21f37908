"""What the child does when it is asked: the other end of `remote`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tray.aws import wire
from tray.core.model import Grant, Secret, SsoSession
from tray.core.ports import (
    CredentialSource,
    IdentityCenter,
    Portal,
    RoleAssumer,
    ServiceClock,
)

Operation = Callable[[wire.Wire], wire.Wire]
"""Takes a request's arguments, gives its answer; raises `TrayError`, `ValueError`."""


def operations(
    center: IdentityCenter,
    portal: Portal,
    source: CredentialSource,
    service: ServiceClock,
    assumer: RoleAssumer,
) -> Mapping[str, Operation]:
    """Give every operation by its name on the wire."""
    served = _Operations(center, portal, source, service)
    sts = _Sts(assumer)
    return {
        operation.__name__: operation
        for operation in (
            served.registration,
            served.authorize_url,
            served.start_device_authorization,
            served.redeem_device_code,
            served.redeem_authorization_code,
            served.refresh,
            served.logout,
            served.list_accounts,
            served.list_roles,
            served.role_credentials,
            served.ahead,
            sts.assume,
        )
    }


class _Operations:
    """Reads arguments, asks the service, writes answers."""

    def __init__(
        self,
        center: IdentityCenter,
        portal: Portal,
        source: CredentialSource,
        service: ServiceClock,
    ) -> None:
        self._center = center
        self._portal = portal
        self._source = source
        self._service = service

    def registration(self, data: wire.Wire) -> wire.Wire:
        """Serve `IdentityCenter.registration`."""
        grant = Grant(wire.text(data, "grant"))
        made = self._center.registration(_session(data), grant)
        return wire.registration_to_wire(made)

    def authorize_url(self, data: wire.Wire) -> wire.Wire:
        """Serve `IdentityCenter.authorize_url`."""
        registration = wire.registration_from_wire(wire.mapping(data, "registration"))
        pkce = wire.pkce_from_wire(wire.mapping(data, "pkce"))
        url = self._center.authorize_url(_session(data), registration, pkce)
        return {"url": url}

    def start_device_authorization(self, data: wire.Wire) -> wire.Wire:
        """Serve `IdentityCenter.start_device_authorization`."""
        registration = wire.registration_from_wire(wire.mapping(data, "registration"))
        started = self._center.start_device_authorization(_session(data), registration)
        return wire.authorization_to_wire(started)

    def redeem_device_code(self, data: wire.Wire) -> wire.Wire:
        """Serve `IdentityCenter.redeem_device_code`."""
        registration = wire.registration_from_wire(wire.mapping(data, "registration"))
        code = Secret(wire.text(data, "code"))
        end = self._center.redeem_device_code(_session(data), registration, code)
        return {"expires_at": wire.moment_to_wire(end)}

    def redeem_authorization_code(self, data: wire.Wire) -> wire.Wire:
        """Serve `IdentityCenter.redeem_authorization_code`."""
        end = self._center.redeem_authorization_code(
            _session(data),
            wire.registration_from_wire(wire.mapping(data, "registration")),
            Secret(wire.text(data, "code")),
            wire.pkce_from_wire(wire.mapping(data, "pkce")),
        )
        return {"expires_at": wire.moment_to_wire(end)}

    def refresh(self, data: wire.Wire) -> wire.Wire:
        """Serve `IdentityCenter.refresh`."""
        end = self._center.refresh(_session(data))
        return {"expires_at": wire.moment_to_wire(end)}

    def logout(self, data: wire.Wire) -> wire.Wire:
        """Serve `Portal.logout`."""
        self._portal.logout(_session(data))
        return {}

    def list_accounts(self, data: wire.Wire) -> wire.Wire:
        """Serve `Portal.list_accounts`."""
        return wire.accounts_to_wire(self._portal.list_accounts(_session(data)))

    def list_roles(self, data: wire.Wire) -> wire.Wire:
        """Serve `RoleLister.list_roles`."""
        account_id = wire.text(data, "account_id")
        roles = self._portal.list_roles(_session(data), account_id)
        return {"roles": list(roles)}

    def role_credentials(self, data: wire.Wire) -> wire.Wire:
        """Serve `CredentialSource.role_credentials`."""
        profile = wire.profile_from_wire(wire.mapping(data, "profile"))
        fetched = self._source.role_credentials(_session(data), profile)
        return wire.credentials_to_wire(fetched)

    def ahead(self, data: wire.Wire) -> wire.Wire:
        """Serve `ServiceClock.ahead`."""
        ahead = self._service.ahead(_session(data))
        return {"seconds": None if ahead is None else ahead.total_seconds()}


class _Sts:
    """Reads arguments, asks STS, writes answers."""

    def __init__(self, assumer: RoleAssumer) -> None:
        self._assumer = assumer

    def assume(self, data: wire.Wire) -> wire.Wire:
        """Serve `RoleAssumer.assume`."""
        profile = wire.profile_from_wire(wire.mapping(data, "profile"))
        keys = wire.credentials_from_wire(wire.mapping(data, "keys"))
        given = self._assumer.assume(_session(data), profile, keys)
        return wire.credentials_to_wire(given)


def _session(data: wire.Wire) -> SsoSession:
    return wire.session_from_wire(wire.mapping(data, "session"))
