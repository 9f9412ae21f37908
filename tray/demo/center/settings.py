"""What the small Identity Center is told: its portals, people, lives and habits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Rotation(StrEnum):
    """What a refresh does to the refresh token; AWS tells nobody which of these."""

    AT_ONCE = "rotate_at_once"
    """A new one comes, and the old is dead."""

    WITH_GRACE = "rotate_with_grace"
    """A new one comes, and the old works on for `rotation_grace`."""

    SAME = "same"
    """The same one comes back."""

    NONE = "none"
    """None comes back; the one from the log-in works on."""


@dataclass(frozen=True, slots=True)
class Account:
    """An AWS account as the portal lists it."""

    account_id: str
    """Twelve digits."""

    name: str
    """What people call it."""

    roles: tuple[str, ...]
    """The permission sets that the user has in it."""

    owner: str = ""
    """The address of its owner; made from the number where empty."""

    @property
    def email(self) -> str:
        """The address that the portal shows beside the name."""
        return self.owner or f"{self.account_id}@accounts.example"


@dataclass(frozen=True, slots=True)
class Role:
    """A role that can be assumed through STS by whoever has keys of ours."""

    arn: str
    """Its ARN."""

    external_id: str = ""
    """What must be named to assume it; empty when nothing must."""

    trusted: str = ""
    """The one ARN's beginning that may assume it; empty when all may."""


@dataclass(frozen=True, slots=True)
class User:
    """A person who can sign in."""

    name: str
    """The user name, and the end of a button's id on the sign-in page."""

    title: str
    """The name as shown."""

    accounts: tuple[Account, ...] = ()
    """What the person may enter."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How many requests are answered; all others get 429."""

    rate: float = 20.0
    """Requests a second."""

    burst: float = 20.0
    """Requests at once, after a rest."""

    retry_after: int | None = None
    """The seconds that a refusal names in `Retry-After`; AWS names none."""


@dataclass(frozen=True, slots=True)
class Portal:
    """One access portal: a start URL with its people."""

    name: str
    """The end of its start URL."""

    title: str
    """The name as shown."""

    users: tuple[User, ...]
    """Who can sign in."""

    access_token_life: timedelta | None = None
    """Overrides the settings' for this portal."""

    session_life: timedelta | None = None
    """Overrides the settings' for this portal."""


def some_accounts(count: int, roles: int = 2, first: int = 1) -> tuple[Account, ...]:
    """Give made-up accounts with the same number of roles each."""
    return tuple(
        Account(
            f"{111_100_000_000 + number:012d}",
            _names(number, _ACCOUNT_NAMES),
            tuple(_names(role, _ROLE_NAMES) for role in range(1, roles + 1)),
        )
        for number in range(first, first + count)
    )


_ACCOUNT_NAMES = ("Sandbox", "Development", "Staging", "Production", "Data", "Shared")
_ROLE_NAMES = ("ReadOnly", "Administrator", "Billing", "Developer")


def _names(number: int, names: tuple[str, ...]) -> str:
    """Give the names one after another, then the same ones with a number."""
    rounds, place = divmod(number - 1, len(names))
    return names[place] if not rounds else f"{names[place]}{rounds + 1}"


def _default_portals() -> tuple[Portal, ...]:
    alice = User("alice", "Alice Example", some_accounts(6))
    bob = User("bob", "Bob Example", some_accounts(2, roles=1))
    return (
        Portal("corp", "Corp", (alice, bob)),
        Portal("lab", "Lab", (alice, bob)),
    )


@dataclass(frozen=True, slots=True)
class CenterSettings:
    """How the small Identity Center behaves; the lives are AWS's own by default."""

    portals: tuple[Portal, ...] = _default_portals()
    """The access portals."""

    access_token_life: timedelta = timedelta(hours=1)
    """Of a token that was asked for with scopes."""

    legacy_token_life: timedelta = timedelta(hours=8)
    """Of a token without scopes, which has no refresh token."""

    session_life: timedelta = timedelta(hours=8)
    """From a person's sign-in until no token is renewed any more."""

    registration_life: timedelta = timedelta(days=90)
    """Of a client registration."""

    code_life: timedelta = timedelta(minutes=5)
    """Of an authorization code."""

    device_code_life: timedelta = timedelta(minutes=10)
    """Of a device code."""

    role_credentials_life: timedelta = timedelta(hours=1)
    """Of role credentials."""

    roles: tuple[Role, ...] = ()
    """The roles that STS gives."""

    interval: int = 5
    """Seconds between two polls with a device code."""

    hasty_polls_refused: bool = False
    """Whether polls sooner than that get SlowDownException.

    AWS CLI polls twice at once at its start, so this is off.
    """

    rotation: Rotation = Rotation.AT_ONCE
    """What a refresh does to the refresh token."""

    rotation_grace: timedelta = timedelta(minutes=1)
    """How long the old one works on, with `Rotation.WITH_GRACE`."""

    cut_to_session: bool = True
    """Whether no token outlives its portal session."""

    reuse_sign_in: bool = True
    """Whether a browser that is signed in goes straight to the consent page."""

    page_size: int = 20
    """Entries in one page of a list when the client names no number."""

    portal_limit: Limit | None = None
    """How many requests the portal bears; None: any number."""

    def portal(self, name: str) -> Portal | None:
        """Give a portal by its name."""
        return next((portal for portal in self.portals if portal.name == name), None)

    def user(self, portal: str, name: str) -> User | None:
        """Give a person of one portal by name."""
        found = self.portal(portal)
        users = found.users if found else ()
        return next((user for user in users if user.name == name), None)

    def token_life(self, portal: str) -> timedelta:
        """Give how long an access token of one portal lives."""
        found = self.portal(portal)
        own = found.access_token_life if found else None
        return self.access_token_life if own is None else own

    def sign_in_life(self, portal: str) -> timedelta:
        """Give how long a portal session of one portal lives."""
        found = self.portal(portal)
        own = found.session_life if found else None
        return self.session_life if own is None else own
