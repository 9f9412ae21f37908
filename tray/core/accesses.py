"""What a person can reach: accounts, and the roles in each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tray.core.accounts import Account
from tray.core.model import AwsConfig


@dataclass(frozen=True, slots=True)
class Access:
    """One role in one account: what one profile is for."""

    account: Account
    """The account."""

    role: str
    """The role's name there, which is the permission set's."""

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from any other, whatever the account is called."""
        return self.account.account_id, self.role


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a listing is."""

    done: int
    """Accounts whose roles are known."""

    total: int
    """All accounts."""

    refused: int = 0
    """Requests that the service had too many of; they were asked again."""


def in_order(accesses: Iterable[Access]) -> tuple[Access, ...]:
    """Give them as people look for them: by the account's name, then by the role's."""
    return tuple(
        sorted(
            accesses,
            key=lambda one: (
                one.account.name.casefold(),
                one.account.account_id,
                one.role.casefold(),
                one.role,
            ),
        )
    )


def still_missing(
    gained: Mapping[str, tuple[Access, ...]], config: AwsConfig
) -> Mapping[str, tuple[Access, ...]]:
    """Give what of it has no profile yet, for the sessions that are still there."""
    if not gained:
        return gained
    known = {one.name for one in config.sessions}
    held = {(one.session, one.account_id, one.role_name) for one in config.profiles}
    rows = {
        name: tuple(one for one in found if (name, *one.key) not in held)
        for name, found in gained.items()
        if name in known
    }
    return {name: found for name, found in rows.items() if found}
