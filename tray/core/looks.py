"""What was seen of the cache, the services and the desktop: facts for `checkup`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tray.core.errors import TrayError


@dataclass(frozen=True, slots=True)
class CacheFacts:
    """The token cache, by names and modes alone."""

    folder: str
    """Where it is."""

    tokens: int = 0
    """How many files have a token file's or a registration's name."""

    foreign: tuple[str, ...] = ()
    """The other files' names."""

    open_files: tuple[str, ...] = ()
    """Which of all of them others can read."""

    there: bool = True
    """Whether the folder is there."""

    fault: str = ""
    """Why it can't be used, if so."""


@dataclass(frozen=True, slots=True)
class Reached:
    """What became of asking one service."""

    host: str
    """Whom we asked."""

    fault: TrayError | None = None
    """What went wrong; None: it answered."""

    ahead: timedelta | None = None
    """How far our clock is ahead of its; None: it did not say."""


@dataclass(frozen=True, slots=True)
class DesktopFacts:
    """What the desktop has for us."""

    bus: bool
    """Whether there is a desktop to ask."""

    tray: bool = False
    """Whether something shows icons."""

    server: str = ""
    """Who shows notices; empty: nobody."""

    buttons: bool = False
    """Whether those have buttons."""
