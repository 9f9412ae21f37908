"""What people can ask for with a click: the menu makes these, the flows do them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True, slots=True)
class Login:
    """Log in to a session."""

    session: str
    """The session's name."""

    fresh: bool = False
    """Whether the sign-in that is there is ended first."""


@dataclass(frozen=True, slots=True)
class LoginAll:
    """Log in to several sessions, one after the other."""

    sessions: tuple[str, ...]
    """Their names."""


@dataclass(frozen=True, slots=True)
class CancelLogin:
    """Take the log-in of a session back."""

    session: str
    """The session's name."""


@dataclass(frozen=True, slots=True)
class Refresh:
    """Renew a session's token now."""

    session: str
    """The session's name."""


@dataclass(frozen=True, slots=True)
class Logout:
    """End a session."""

    session: str
    """The session's name."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """Keep quiet about a session for a while."""

    session: str
    """The session's name."""

    length: timedelta | None = None
    """For how long; None: as the settings say."""


@dataclass(frozen=True, slots=True)
class SnoozeToTomorrow:
    """Keep quiet about a session until the next morning."""

    session: str
    """The session's name."""


@dataclass(frozen=True, slots=True)
class Mute:
    """Keep quiet about a session until it has ended."""

    session: str
    """The session's name."""


@dataclass(frozen=True, slots=True)
class Remind:
    """Ask for a log-in at a time of its own."""

    session: str
    """The session's name."""

    at: datetime
    """When to ask."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Take snoozing, muting and reminders back."""

    session: str
    """The session's name."""


@dataclass(frozen=True, slots=True)
class OpenConsole:
    """Open the AWS console of a profile in the browser."""

    profile: str
    """The profile's name."""

    url: str
    """The address."""


@dataclass(frozen=True, slots=True)
class CopyText:
    """Put a text on the clipboard; never a secret."""

    text: str
    """The text."""

    profile: str | None = None
    """The profile that it belongs to."""


@dataclass(frozen=True, slots=True)
class Pin:
    """Keep a profile at hand in the menu, or no longer."""

    profile: str
    """The profile's name."""

    pinned: bool
    """Which of the two."""


@dataclass(frozen=True, slots=True)
class Unlock:
    """Let programs have a protected profile."""

    profile: str
    """The profile's name."""

    once: bool = False
    """Whether only those who ask for it right now."""


@dataclass(frozen=True, slots=True)
class Lock:
    """Keep a protected profile from programs: those who ask are refused."""

    profile: str
    """The profile's name."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop silent renewals, or allow them again."""

    paused: bool
    """Which of the two."""


@dataclass(frozen=True, slots=True)
class StartAtLogin:
    """Start the program with the desktop's session, or no longer."""

    wanted: bool
    """Which of the two."""


@dataclass(frozen=True, slots=True)
class OpenSettings:
    """Open our settings file in the editor."""


@dataclass(frozen=True, slots=True)
class OpenLogs:
    """Open the folder with our log."""


@dataclass(frozen=True, slots=True)
class CopyReport:
    """Put a report without secrets on the clipboard."""


@dataclass(frozen=True, slots=True)
class InTerminal:
    """Run a command of ours in a terminal, because it asks or shows much."""

    words: tuple[str, ...]
    """The words after the program's name."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the program."""


QuietCommand = Snooze | SnoozeToTomorrow | Mute | Remind | Listen
"""Those about when people are told of a session."""

SessionCommand = Login | CancelLogin | Refresh | Logout | QuietCommand
"""Those about one session."""

DeskCommand = OpenConsole | CopyText | Pin | OpenSettings | OpenLogs | CopyReport
"""Those about what the desktop shows."""

GuardCommand = Unlock | Lock
"""Those about protected profiles."""

Command = (
    SessionCommand
    | DeskCommand
    | GuardCommand
    | LoginAll
    | Pause
    | StartAtLogin
    | InTerminal
    | Quit
)
"""All of them."""
