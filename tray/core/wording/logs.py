"""What `logs` says."""

from __future__ import annotations

ABOUT = "print the daemon's log, which has no secrets in it"
FOLLOW = "stay, and print what comes"


def no_log(path: str, reason: str) -> tuple[str, str]:
    """Say that there is no log to read."""
    return (
        f"The log {path} can't be read: {reason}.",
        "It is made when the daemon starts: sso-tray run",
    )
