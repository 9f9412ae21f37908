"""The values that the ledger keeps: who is known, who is signed in, what was given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

CODE_GRANT = "authorization_code"
DEVICE_GRANT = "urn:ietf:params:oauth:grant-type:device_code"
REFRESH_GRANT = "refresh_token"
USER_CODE_LETTERS = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so that no code is a word (RFC 8628, section 6.1)."""


@dataclass(frozen=True, slots=True)
class Keys:
    """Short-term keys that were given out."""

    arn: str
    """Whose they are."""

    token: str = field(repr=False)
    """The session token, which has to come with them."""

    expires_at: datetime
    """When they end."""


@dataclass(frozen=True, slots=True)
class PortalSession:
    """A person's sign-in to one portal, as of now."""

    portal: str
    """The portal's name."""

    user: str
    """Who signed in."""

    started_at: datetime
    """When."""

    ends_at: datetime
    """When it ends by itself."""

    ended: bool
    """Whether it has ended, by itself, by a log-out or by us."""


@dataclass(slots=True)
class Client:
    """A registered client."""

    client_id: str
    """Its public name."""

    secret: str = field(repr=False)
    """Its secret."""

    grants: frozenset[str]
    """What it may ask for tokens with."""

    scopes: tuple[str, ...]
    """What it asked for; none is the legacy form."""

    redirect_uris: tuple[str, ...]
    """Where codes may go; any port of 127.0.0.1."""

    portal: str
    """Whose it is; empty for a device client."""

    expires_at: datetime
    """When it is not taken any more."""


@dataclass(slots=True)
class SignIn:
    """A portal session, with what only the browser knows."""

    key: str = field(repr=False)
    """The browser's cookie."""

    form_key: str = field(repr=False)
    """What its forms must send along."""

    portal: str
    """Where."""

    user: str
    """Who."""

    started_at: datetime
    """When it began."""

    ends_at: datetime
    """When it ends by itself."""

    over: bool = False
    """Whether somebody ended it."""

    asked: bool = False
    """Whether it has answered a consent page already."""


@dataclass(slots=True)
class Code:
    """An authorization code on its way."""

    client_id: str
    """For whom."""

    redirect_uri: str
    """Where it went, with the port."""

    challenge: str = field(repr=False)
    """What the verifier must fit."""

    sign_in: SignIn
    """Whose."""

    expires_at: datetime
    """Until when it can be redeemed."""


class Decision(Enum):
    """What a person has said to a device code."""

    PENDING = auto()
    ALLOWED = auto()
    DENIED = auto()


@dataclass(slots=True)
class Device:
    """A device code and what became of it."""

    user_code: str
    """What people compare."""

    client_id: str
    """For whom."""

    portal: str
    """Where the person signs in."""

    expires_at: datetime
    """Until when it can be redeemed."""

    decision: Decision = Decision.PENDING
    """What the person said."""

    sign_in: SignIn | None = None
    """Whose, once allowed."""

    polled_at: datetime | None = None
    """When the client last asked."""


@dataclass(slots=True)
class Renewal:
    """A refresh token."""

    client_id: str
    """For whom."""

    sign_in: SignIn
    """Whose."""

    dies_at: datetime | None = None
    """When, if it has been replaced."""


@dataclass(frozen=True, slots=True)
class Issued:
    """What a token request gives."""

    access_token: str = field(repr=False)
    """The access token."""

    expires_in: timedelta
    """How long it lives."""

    refresh_token: str | None = field(default=None, repr=False)
    """The refresh token, if one comes."""
