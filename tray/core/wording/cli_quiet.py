"""What `snooze`, `mute`, `pause` and `resume` say."""

from __future__ import annotations

from datetime import datetime

from tray.core.wording.times import clock

PAUSED = "Renewals are paused. Go on with: sso-tray resume"
RESUMED = "Back to normal: sessions renew by themselves, and you are told."
DURATION_WANTED = "a duration such as 15m, 2h or 1d is wanted"


def snoozed(title: str, until: datetime) -> str:
    """Say until when nothing is told about a session."""
    return f"Quiet about {title} until {clock(until)}."


def muted(title: str) -> str:
    """Say that nothing is told about a session until it has ended."""
    return f"Quiet about {title} until it has ended."
