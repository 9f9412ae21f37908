"""Sentences about the short-lived process that talks to AWS."""

from __future__ import annotations

BROKE = (
    "The part of sso-tray that talks to AWS stopped unexpectedly.",
    "It starts again by itself; the log says more.",
)
STUCK = (
    "The part of sso-tray that talks to AWS did not answer in time.",
    "It is started anew by itself.",
)


def unknown(operation: str) -> tuple[str, str]:
    """Say that the child does not know what it was asked."""
    return (
        f"The part of sso-tray that talks to AWS does not know '{operation[:40]}'.",
        "sso-tray has been updated while it ran: restart it.",
    )


def fault(name: str) -> tuple[str, str]:
    """Say that the child met a fault of our own."""
    return (
        f"Asking AWS failed by a fault of our own ({name}).",
        "The log says more; please report it.",
    )
