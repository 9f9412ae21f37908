"""Whose role credentials are whose."""

from __future__ import annotations

from dataclasses import dataclass

from tray.core.model import Profile, SsoSession
from tray.core.roles import AssumedRole, mark_of


@dataclass(frozen=True, slots=True)
class RoleKey:
    """Whose credentials they are; profiles of one role share them."""

    cache_key: str
    """The session's."""

    account_id: str
    """The account's number."""

    role_name: str
    """The permission set's name."""

    roles: tuple[AssumedRole, ...] = ()
    """What is assumed with its credentials, one upon the other."""

    @property
    def name(self) -> str:
        """Its name in the keyring, which is no secret."""
        name = f"{self.cache_key}/{self.account_id}/{self.role_name}"
        return f"{name}/{mark_of(self.roles)}" if self.roles else name

    @classmethod
    def of(cls, session: SsoSession, profile: Profile) -> RoleKey:
        """Give the key of a profile."""
        account, role = profile.account_id, profile.role_name
        return cls(session.cache_key, account, role, profile.roles)


def account_of(profile: Profile) -> str:
    """Give the account that a profile's credentials are for."""
    return profile.roles[-1].account_id if profile.roles else profile.account_id
