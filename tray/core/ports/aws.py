"""What we ask of AWS, its files and its services."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tray.core.accounts import Account
    from tray.core.credentials import RoleCredentials
    from tray.core.lingering import Lingering
    from tray.core.model import (
        AwsConfig,
        CacheEntry,
        ClientRegistration,
        DeviceAuthorization,
        Grant,
        PkceRequest,
        Problem,
        Profile,
        Secret,
        SsoSession,
    )


class ConfigReader(Protocol):
    """AWS's config and credentials files."""

    def read(self) -> AwsConfig:
        """Give all that the config says about SSO; the same object while unchanged.

        Never raises for what the files hold or lack: that stands in `problems`.
        """
        ...


class TokenCache(Protocol):
    """The token files of `~/.aws/sso/cache`, which other programs write too."""

    def read_all(self, keys: Iterable[str]) -> Mapping[str, CacheEntry]:
        """Give what lies under each cache key; a key without a file is left out.

        Never raises; reads again only what changed; gives equal objects for
        unchanged files. A file caught half-written is tried again for a moment.
        """
        ...

    def remove(self, key: str) -> None:
        """Delete one token file; no error when there is none.

        Raises `TrayError` when the folder does not allow it.
        """
        ...


class Renewer(Protocol):
    """Who renews tokens, and all that silent renewal needs of the service."""

    def refresh(self, session: SsoSession) -> datetime:
        """Renew the cached token silently; the new one is in the cache on return.

        Reads the refresh token from the cache by itself; keeps it when the answer
        brings none. Gives when the new access token ends. Raises as the whole
        `IdentityCenter` does.
        """
        ...


class IdentityCenter(Renewer, Protocol):
    """The OIDC service that gives tokens; every token it gives is in the cache first.

    Each call is one request, bounded in time (about 20 seconds). Raises `SessionOver`,
    `RegistrationOver`, `CodeExpired`, `Refused`, `AuthorizationPending`, `SlowDown`,
    `CannotTell`, or `TrayError` when the cache can't be written.
    """

    def registration(self, session: SsoSession, grant: Grant) -> ClientRegistration:
        """Give a registration for one log-in grant, from the cache or made anew.

        One with less than 15 minutes to live, or made for the other grant, is made
        anew and kept in the cache under AWS CLI v2's name for it.
        """
        ...

    def authorize_url(
        self, session: SsoSession, registration: ClientRegistration, pkce: PkceRequest
    ) -> str:
        """Give the address to open in the browser for an authorization code."""
        ...

    def start_device_authorization(
        self, session: SsoSession, registration: ClientRegistration
    ) -> DeviceAuthorization:
        """Ask for a device code and a user code."""
        ...

    def redeem_device_code(
        self, session: SsoSession, registration: ClientRegistration, code: Secret
    ) -> datetime:
        """Exchange an approved device code; the token is in the cache on return.

        Gives when the access token ends.
        """
        ...

    def redeem_authorization_code(
        self,
        session: SsoSession,
        registration: ClientRegistration,
        code: Secret,
        pkce: PkceRequest,
    ) -> datetime:
        """Exchange an authorization code; the token is in the cache on return.

        Gives when the access token ends.
        """
        ...


class Portal(Protocol):
    """The access portal, with the cached access token of a session."""

    def logout(self, session: SsoSession) -> None:
        """End the session's sign-in on the server; no error if it is over already."""
        ...

    def list_accounts(self, session: SsoSession) -> tuple[Account, ...]:
        """Give every account that whoever is logged in can reach, or none of them.

        Bounded in number and time (about 30 seconds, with pauses where AWS asks for
        them). Raises `LoginRequired` without a token that works, `Refused`, and
        `CannotTell`, also for a list that does not come whole.
        """
        ...

    def list_roles(self, session: SsoSession, account_id: str) -> tuple[str, ...]:
        """Give every role that whoever is logged in has in one account.

        One request, or one for each hundred roles. Raises as `list_accounts` does, and
        `Throttled` at once when there were too many requests.
        """
        ...


class CredentialSource(Protocol):
    """Where role credentials come from: the portal, with a session's cached token."""

    def role_credentials(
        self, session: SsoSession, profile: Profile
    ) -> RoleCredentials:
        """Give the credentials of a profile's account and role; one request.

        Raises `LoginRequired` when nobody is logged in, `SessionOver` when the portal
        turns the token away, `Refused` for a role that this person has not, and
        `CannotTell`.
        """
        ...


class RoleAssumer(Protocol):
    """STS, which gives credentials for a role to whoever has other ones."""

    def assume(
        self, session: SsoSession, profile: Profile, keys: RoleCredentials
    ) -> RoleCredentials:
        """Give credentials for the last of a profile's roles, with those before it.

        Bounded in time (about 40 seconds, with pauses where AWS asks for them). Raises
        `ConfigError` for what no role can be, `Refused`, and `CannotTell`.
        """
        ...


class ServiceClock(Protocol):
    """The clock of AWS's servers, as far as their answers tell it."""

    def ahead(self, session: SsoSession) -> timedelta | None:
        """Tell how far our clock is ahead of theirs, by the last answer; makes none.

        Negative when it is behind; None when nothing is known. Raises `CannotTell`.
        """
        ...


class RoleCache(Protocol):
    """The role credentials that the AWS CLI has in files of its own."""

    def kept(
        self, session: SsoSession, profiles: Iterable[Profile], now: datetime
    ) -> Lingering | None:
        """Tell which of these profiles it serves without asking anybody, or None.

        Never raises.
        """
        ...


class RoleEnds(Protocol):
    """The same, profile by profile."""

    def ends(
        self, profiles: Iterable[tuple[SsoSession, Profile]], now: datetime
    ) -> Mapping[str, datetime]:
        """Tell until when it serves profiles without asking, by name.

        Never raises.
        """
        ...


class RoleFiller(Protocol):
    """The same files, filled for the AWS CLI so that it need not ask anybody."""

    def fill(
        self, session: SsoSession, profile: Profile, keys: RoleCredentials
    ) -> None:
        """Put credentials where the AWS CLI looks for a profile's.

        What lasts as long already stays. Raises `TrayError`.
        """
        ...

    def clear(self, session: SsoSession, profile: Profile) -> None:
        """Take away what we have put there, and nothing else. Raises `TrayError`."""
        ...


class Mirror(Protocol):
    """The shared credentials file, for tools that know no SSO."""

    def show(self, wanted: Mapping[str, RoleCredentials]) -> Mapping[str, Problem]:
        """Have exactly these profiles there; gives those that can't be, and why.

        All that is not ours stays as it is. Raises `TrayError`.
        """
        ...


class Channel(Protocol):
    """The way to the short-lived process that does what needs boto3 or keyring."""

    def call(
        self, operation: str, arguments: Mapping[str, object]
    ) -> Mapping[str, object]:
        """Give the answer to one request; both are plain JSON values.

        Raises the error that the other side met, `CannotTell` when it can't be
        started, stops or does not answer within 45 seconds.
        """
        ...


class Redirect(Protocol):
    """A listener that waits for the browser to come back."""

    @property
    def uri(self) -> str:
        """The redirect URI with the port that is bound already."""
        ...

    def wait(self, state: str, timeout: timedelta) -> Secret:
        """Give the authorization code that came with the right `state`.

        Raises `Refused` when the person declined, `CodeExpired` when the time is over
        and `Cancelled` after `cancel`. Requests with a wrong state are turned away
        and the wait goes on.
        """
        ...

    def cancel(self) -> None:
        """End the wait at once."""
        ...


class Redirects(Protocol):
    """The place where browsers can reach us."""

    def listen(self, session: str) -> AbstractContextManager[Redirect]:
        """Bind a listener on 127.0.0.1 and a free port, until the block ends.

        `session` is named on the page that people see. Raises `TrayError` when no port
        can be bound.
        """
        ...
