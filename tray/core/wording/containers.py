"""Sentences of the endpoint that serves one command."""

from __future__ import annotations

NOT_FOUND = "There is nothing here."
FORBIDDEN = (
    "This is for the one command that sso-tray exec runs, with the token that it was "
    "given."
)


def no_port(reason: str) -> tuple[str, str]:
    """Say that no port on this machine can be bound."""
    return (
        f"No port can be opened on 127.0.0.1: {reason}.",
        "Use --mode env, or free some ports.",
    )
