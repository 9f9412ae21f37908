"""A log-in as those see it who wait for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tray.core.ledger import OURSELVES
from tray.core.model import Grant, Problem, SsoSession


@dataclass(frozen=True, slots=True)
class Announcement:
    """What people need for a log-in that has begun."""

    url: str
    """The address to open."""

    user_code: str | None = None
    """The device code that the page shows, for comparison."""

    problem: Problem | None = None
    """Why the browser did not open, if it should have; the address still works."""


@dataclass(frozen=True, slots=True)
class Manner:
    """How a log-in is meant, apart from the way it takes."""

    fresh: bool = False
    """Whether the sign-in that is there is ended first, so that a new one begins."""

    longest: timedelta | None = None
    """How long it waits for people at most; None: as the settings say."""

    who: str = OURSELVES
    """Who asked for it, for the ledger; at most a line."""


@dataclass(frozen=True, slots=True)
class LoginRequest:
    """How somebody wants to log in."""

    session: SsoSession
    """The session."""

    grant: Grant = Grant.AUTHORIZATION_CODE
    """The way; legacy sessions always take the device code, as the AWS CLI does."""

    open_browser: bool = True
    """Whether the browser is opened, or the address only told."""

    timeout: timedelta = timedelta(minutes=10)
    """How long it waits for people."""

    fresh: bool = False
    """Whether the sign-in that is there is ended first, so that a new one begins."""

    who: str = OURSELVES
    """Who asked for it, for the ledger; at most a line."""


@dataclass(frozen=True, slots=True)
class Login:
    """A log-in that is going on or has come to its end."""

    id: str
    """Tells it from the others."""

    request: LoginRequest
    """What was asked for."""

    announcement: Future[Announcement] = field(default_factory=Future)
    """What people need; there as soon as it is known."""

    result: Future[datetime] = field(default_factory=Future)
    """When the new access token ends, or why there is none."""

    cancelled: threading.Event = field(default_factory=threading.Event)
    """Set when somebody takes it back."""

    on_cancel: list[Callable[[], None]] = field(default_factory=list)
    """What else ends the wait."""

    def cancel(self) -> None:
        """Take it back; nothing is left behind."""
        self.cancelled.set()
        for end_wait in tuple(self.on_cancel):
            end_wait()
