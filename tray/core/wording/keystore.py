"""Sentences about the system's keyring; without it everything works, less kept."""

from __future__ import annotations

NONE = (
    "This system has no keyring that can be used.",
    "Role credentials are held in memory only, and each token stays in its file.",
)
LOCKED = (
    "The system's keyring is locked.",
    "Role credentials are held in memory until it is unlocked, as by a desktop log-in.",
)


def not_allowed(backend: str) -> tuple[str, str]:
    """Say that the keyring is of a kind that keeps secrets in clear text, or none."""
    return (
        f"The keyring '{backend}' is not one that we give secrets to.",
        (
            "Role credentials are held in memory only. The keyrings of the desktop, of "
            "macOS and of Windows are used."
        ),
    )


def failed(fault: str) -> tuple[str, str]:
    """Say that the keyring failed; `fault` is the fault's type."""
    return (
        f"The system's keyring can't be used now ({fault}).",
        "Role credentials are held in memory for as long.",
    )
