"""Profiles that assume a role with the credentials of another one, over SSO."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from tray.core.credentials import RoleCredentials
from tray.core.errors import Refused
from tray.core.model import Profile, SsoSession
from tray.core.ports import CredentialSource, RoleAssumer
from tray.core.roles import MOST_ROLES
from tray.core.wording import roles as wording


def source_of(profile: Profile) -> Profile:
    """Give what a profile's last role is assumed with, under the profile's own name."""
    return replace(profile, roles=profile.roles[:-1])


def refuse_unserved(profile: Profile) -> None:
    """Raise `Refused` for roles that nobody can be given without being asked."""
    for role in profile.roles:
        if role.mfa_serial:
            raise Refused(*wording.wants_code(profile.name))
    if len(profile.roles) > MOST_ROLES:
        raise Refused(*wording.too_many_roles(profile.name, MOST_ROLES))


@dataclass(frozen=True, slots=True)
class Chained:
    """`CredentialSource` that goes from role to role, beginning at the portal."""

    source: CredentialSource
    """The portal."""

    assumer: RoleAssumer
    """STS."""

    at_hand: Callable[[SsoSession, Profile], RoleCredentials | None]
    """Gives what is held already and good for a while, or None."""

    def role_credentials(
        self, session: SsoSession, profile: Profile
    ) -> RoleCredentials:
        """Give the credentials of a profile's last role."""
        if not profile.roles:
            return self.source.role_credentials(session, profile)
        before = source_of(profile)
        keys = self.at_hand(session, before) or self.role_credentials(session, before)
        return self.assumer.assume(session, profile, keys)
