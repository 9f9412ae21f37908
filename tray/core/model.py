"""The things of AWS IAM Identity Center as this program holds them.

The names are the field's: those of the AWS config file, of the token cache and of the
service models `sso` and `sso-oidc`.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from tray.core.roles import AssumedRole

DEFAULT_SCOPES = ("sso:account:access",)
"""What AWS CLI v2 registers for when the sso-session names no scopes."""


class Secret:
    """A text that shows itself nowhere: dots in `repr`, `str`, logs and tracebacks."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Give the text itself; for edges only."""
        return self._text

    def fingerprint(self) -> str:
        """Give 16 hex digits that tell one secret from another and nothing more."""
        return hashlib.sha256(b"sso-tray:" + self._text.encode()).hexdigest()[:16]

    def __repr__(self) -> str:
        return "Secret(••••)"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Secret):
            return NotImplemented
        return hmac.compare_digest(self._text.encode(), other._text.encode())

    def __hash__(self) -> int:
        return hash((Secret, self._text))

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("a Secret is never pickled")


class Grant(StrEnum):
    """The ways to get an access token, by their `grantType` in `CreateToken`."""

    AUTHORIZATION_CODE = "authorization_code"
    DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code"
    REFRESH_TOKEN = "refresh_token"  # noqa: S105 - a grant's name


@dataclass(frozen=True, slots=True)
class SsoSession:
    """One sign-in to one access portal."""

    name: str
    """The `[sso-session NAME]`; for legacy profiles the start URL as written."""

    start_url: str
    """`sso_start_url`, exactly as written in the config; empty when missing."""

    region: str
    """`sso_region`; empty when missing."""

    registration_scopes: tuple[str, ...] = ()
    """`sso_registration_scopes`; empty when the session names none."""

    legacy: bool = False
    """Whether it comes from profiles that carry all `sso_*` keys themselves."""

    @property
    def cache_key(self) -> str:
        """The name of its token file, without `.json`.

        SHA-1 hex of the session's name, or of the start URL as written for legacy
        profiles (AWS CLI v2, `botocore/utils.py`, `SSOTokenLoader`).
        """
        text = self.start_url if self.legacy else self.name
        return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class Profile:
    """A profile that gets its credentials through an SSO session."""

    name: str
    """The `[profile NAME]`, or `default`."""

    session: str
    """The name of its `SsoSession`."""

    account_id: str
    """`sso_account_id`; of the source profile where this one assumes a role."""

    role_name: str
    """`sso_role_name`, which is the permission set's name; of the source likewise."""

    region: str = ""
    """`region`, the profile's default region; may be empty."""

    source_profile: str | None = None
    """The profile it starts from when it assumes a role over SSO, else None."""

    line: int = 0
    """The line of its section header in the config file, counted from 1."""

    roles: tuple[AssumedRole, ...] = ()
    """What it assumes over SSO: the first with its source's credentials, and so on."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong and what to do, ready to be read by people."""

    title: str
    """What happened."""

    remedy: str
    """What to do about it."""


class Subject(StrEnum):
    """What a problem in the config is about."""

    FILE = "file"
    SESSION = "session"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class ConfigProblem:
    """Something in the config that AWS's tools would refuse."""

    subject: Subject
    """Whether the file, an sso-session or a profile is concerned."""

    name: str
    """The name of the session or profile; the file's path for a file."""

    line: int
    """The line it stands on, counted from 1; 0 when it has none."""

    problem: Problem
    """The sentence and its remedy."""


@dataclass(frozen=True, slots=True)
class AwsConfig:
    """All that the AWS config says about SSO, good and bad."""

    sessions: tuple[SsoSession, ...] = ()
    """The sessions in use or declared, in the file's order, legacy ones last."""

    profiles: tuple[Profile, ...] = ()
    """The profiles that use a session, in the file's order."""

    problems: tuple[ConfigProblem, ...] = ()
    """What is wrong, in the file's order."""

    path: str = ""
    """The config file that was read."""


@dataclass(frozen=True, slots=True)
class ClientRegistration:
    """What `RegisterClient` gave; needed for log-ins and renewals."""

    client_id: str
    """`clientId`."""

    client_secret: Secret
    """`clientSecret`."""

    expires_at: datetime
    """`clientSecretExpiresAt`."""

    scopes: tuple[str, ...] = ()
    """The scopes that it was registered for."""

    grant: Grant = Grant.DEVICE_CODE
    """The one log-in grant it was registered for."""


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token file of `~/.aws/sso/cache`."""

    value: Secret
    """`accessToken`."""

    expires_at: datetime
    """`expiresAt`."""

    refresh_token: Secret | None = None
    """`refreshToken`; None when the file has none."""

    client_id: str | None = None
    """`clientId` of the registration it was made with."""

    client_secret: Secret | None = None
    """`clientSecret` of that registration."""

    registration_expires_at: datetime | None = None
    """`registrationExpiresAt` of that registration."""

    def renewable_at(self, now: datetime) -> bool:
        """Tell whether the file holds all that a silent renewal needs at `now`."""
        needed = (self.refresh_token, self.client_id, self.client_secret)
        ends = self.registration_expires_at
        return None not in needed and (ends is None or now < ends)


@dataclass(frozen=True, slots=True)
class CachedToken:
    """A token as it lies in the cache."""

    token: AccessToken
    """What the file says."""

    written_at: datetime
    """When the file was last written."""

    fingerprint: str = field(default="", compare=False)
    """Tells this access token from another; not a secret."""

    def __post_init__(self) -> None:
        if not self.fingerprint:
            mark = self.token.value.fingerprint()
            object.__setattr__(self, "fingerprint", mark)

    @property
    def life(self) -> timedelta:
        """How long the token was given for, as far as the file's date can tell."""
        return self.token.expires_at - self.written_at


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A token file that is there but says nothing yet: torn, empty, foreign."""

    problem: Problem
    """What is wrong with it."""


CacheEntry = CachedToken | Unreadable


@dataclass(frozen=True, slots=True)
class DeviceAuthorization:
    """What `StartDeviceAuthorization` gave."""

    device_code: Secret
    """`deviceCode`, which is exchanged for a token once a person has approved."""

    user_code: str
    """`userCode`, which the page shows; people compare it."""

    verification_uri: str
    """`verificationUri`: where the code can be typed."""

    verification_uri_complete: str
    """`verificationUriComplete`: the same with the code in it."""

    expires_at: datetime
    """When the codes end."""

    interval: timedelta
    """How long to wait between two tries."""


@dataclass(frozen=True, slots=True)
class PkceRequest:
    """One authorization-code request with its proof key (RFC 7636)."""

    redirect_uri: str
    """Where the browser comes back to, with the port."""

    state: str
    """The value that must come back unchanged."""

    verifier: Secret
    """The secret that only `CreateToken` sees."""

    @property
    def challenge(self) -> str:
        """The verifier's SHA-256, base64url without padding; the browser carries it."""
        digest = hashlib.sha256(self.verifier.reveal().encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
