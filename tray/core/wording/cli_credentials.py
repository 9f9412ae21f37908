"""What `credential-process` and `env` say when they can't."""

from __future__ import annotations

from tray.core.wording.shell import quoted

PROCESS = "print a profile's credentials as the SDKs' credential_process wants them"
PROCESS_PROFILE = "the profile"
ENV = "print a profile's credentials for a shell"
ENV_FORMAT = "for which shell or program; bash unless told otherwise"
ENV_EXAMPLE = """\
example:
  eval "$(sso-tray env dev)"
"""


def login_first(title: str, session: str) -> tuple[str, str]:
    """Say that people must log in first."""
    return (
        f"Nobody is logged in to {title}.",
        f"Log in with: sso-tray login --session {quoted(session)}",
    )


def broke(profile: str) -> tuple[str, str]:
    """Say that fetching credentials ended by a fault of our own."""
    return (
        f"Fetching credentials for the profile '{profile}' broke off.",
        "The log says why; please report it, and try again.",
    )


def not_writable(variable: str, form: str) -> tuple[str, str]:
    """Say that a value can't be written so that it means itself."""
    return (
        f"{variable} holds characters that can't be written safely for {form}.",
        "Use another format, such as: --format json",
    )
