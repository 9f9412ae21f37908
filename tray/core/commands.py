"""What people can ask for with a click: the menu makes these, the flows do them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Login:
    """Log in to a session."""

    session: str
    """The session's name."""


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


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Open an address in the browser."""

    url: str
    """The address."""


@dataclass(frozen=True, slots=True)
class CopyText:
    """Put a text on the clipboard; never a secret."""

    text: str
    """The text."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop silent renewals, or allow them again."""

    paused: bool
    """Which of the two."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the program."""


SessionCommand = Login | CancelLogin | Refresh | Logout | Snooze
"""Those about one session."""

Command = SessionCommand | OpenLink | CopyText | Pause | Quit
"""All of them."""
