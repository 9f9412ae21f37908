"""What we ask of the world, and what it promises: one small protocol per concern.

Unless a promise says otherwise, an implementation raises `TrayError` and its leaves
only, and may be called from any thread.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Protocol

from tray.core.board import Board, Notice
from tray.core.memory import Memory
from tray.core.model import (
    AwsConfig,
    CacheEntry,
    ClientRegistration,
    DeviceAuthorization,
    Grant,
    PkceRequest,
    Secret,
    SsoSession,
)
from tray.core.settings import Settings


class Clock(Protocol):
    """The wall clock."""

    def now(self) -> datetime:
        """Give the time, aware, in UTC."""
        ...


class ConfigReader(Protocol):
    """AWS's config and credentials files."""

    def read(self) -> AwsConfig:
        """Give all that the config says about SSO; the same object while unchanged.

        Never raises for what the files hold or lack: that stands in `problems`.
        """
        ...


class SettingsReader(Protocol):
    """Our own settings file."""

    def read(self) -> Settings:
        """Give the settings; the same object while the file is unchanged.

        Never raises: what is wrong is logged once, and defaults stand in for it.
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


class IdentityCenter(Protocol):
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

    def refresh(self, session: SsoSession) -> datetime:
        """Renew the cached token silently; the new one is in the cache on return.

        Reads the refresh token from the cache by itself; keeps it when the answer
        brings none. Gives when the new access token ends.
        """
        ...


class Portal(Protocol):
    """The access portal, with the cached access token of a session."""

    def logout(self, session: SsoSession) -> None:
        """End the session's sign-in on the server; no error if it is over already."""
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


class Browser(Protocol):
    """The person's browser."""

    def open(self, url: str) -> None:
        """Open an address; returns at once. Raises `TrayError` when there is none."""
        ...


class Clipboard(Protocol):
    """The desktop's clipboard."""

    def copy(self, text: str) -> None:
        """Put a text there. Raises `TrayError` when the desktop has none for us."""
        ...


class Teller(Protocol):
    """A place for a plain sentence that is no episode of a session."""

    def tell(self, title: str, body: str) -> None:
        """Tell people something once. Never raises."""
        ...


class Locks(Protocol):
    """Locks that all our processes on this machine share."""

    def hold(self, name: str, timeout: timedelta) -> AbstractContextManager[None]:
        """Hold the lock of one cache key until the block ends.

        Raises `CannotTell` when another process keeps it for longer than `timeout`.
        """
        ...


class Workers(Protocol):
    """A small pool for what waits for the network or for people."""

    def submit(self, name: str, job: Callable[[], None]) -> None:
        """Run a job soon on another thread; what it raises is logged."""
        ...


class Schedule(Protocol):
    """When the next tick comes."""

    def at(self, moment: datetime | None) -> None:
        """Tick at this moment, in place of what was asked before; None: not at all."""
        ...

    def soon(self) -> None:
        """Tick as soon as possible; asked many times at once, tick once.

        Asked during a tick, tick once more after it.
        """
        ...


class MemoryStore(Protocol):
    """`state.json` in our state folder: what survives a restart; no secret."""

    def load(self) -> Memory:
        """Give what is remembered; an empty memory if there is none or it is broken."""
        ...

    def save(self, memory: Memory) -> None:
        """Remember; atomically. A failure is logged once and never raised."""
        ...


class View(Protocol):
    """Something that shows the board."""

    def show(self, board: Board, now: datetime) -> None:
        """Show this board as of now. Never raises: what decorates never kills."""
        ...


class Notifier(Protocol):
    """The desktop's notices."""

    def show(self, notice: Notice) -> None:
        """Show a notice in place of the one with the same key. Never raises."""
        ...

    def withdraw(self, key: str) -> None:
        """Take the notice with this key away if it still stands. Never raises."""
        ...
