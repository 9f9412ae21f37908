"""What status bars show: a few words, and more in the hint below the pointer."""

from __future__ import annotations

from datetime import datetime

from tray.core.board import Phase, SessionStatus
from tray.core.wording.board import session_title
from tray.core.wording.times import time_left

NOTHING = "no AWS session"
"""What stands where the config has no session."""

_SHORT = {
    Phase.VALID: "signed in",
    Phase.EXPIRING: "ends soon",
    Phase.REFRESHING: "renewing",
    Phase.LOGGING_IN: "logging in",
    Phase.EXPIRED: "log in",
    Phase.LOGGED_OUT: "logged out",
    Phase.UNKNOWN: "not known",
    Phase.MISCONFIGURED: "config",
}


def short(status: SessionStatus, now: datetime) -> str:
    """Say in a few words how a session stands, its name before."""
    words = _SHORT[status.phase]
    if status.phase in {Phase.VALID, Phase.EXPIRING} and status.ends_at is not None:
        words = time_left(status.ends_at, now)
    return f"{session_title(status.session)} {words}"


def more(others: int) -> str:
    """Say how many more sessions need people."""
    return f" +{others}" if others else ""
