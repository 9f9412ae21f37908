"""The log-ins that we started: who asked for them, when, and how they went about it.

A log-in page that nobody expected is either ours, and stands here, or it is not, and
nobody should approve it. What is written down is no secret.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tray.core.model import Grant

LOGINS_KEPT = 50
"""How many log-ins are kept; the oldest give way."""

LONGEST_WORD = 200
"""Characters of a session's name, and of who asked."""

OURSELVES = "sso-tray"
"""Who asked when nobody says so."""


@dataclass(frozen=True, slots=True)
class StartedLogin:
    """One log-in that we started, whether or not somebody finished it."""

    at: datetime
    """When it was started."""

    session: str
    """The session's name."""

    grant: Grant
    """The way that was taken."""

    who: str = OURSELVES
    """Who asked for it."""


def noted(
    logins: tuple[StartedLogin, ...], login: StartedLogin
) -> tuple[StartedLogin, ...]:
    """Give the ledger with one more log-in, the newest last."""
    return (*logins, login)[-LOGINS_KEPT:]
