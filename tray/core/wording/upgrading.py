"""What is said while legacy profiles are brought under an sso-session."""

from __future__ import annotations

from tray.core.model import SsoSession
from tray.core.wording.labels import label

ABOUT = "bring profiles of AWS's old form under an sso-session that renews itself"
EPILOG = """\
examples:
  sso-tray upgrade --dry-run        what would change, as a diff
  sso-tray upgrade                  look at it, then decide
  sso-tray upgrade --undo           all as it was before

Profiles that carry sso_start_url and sso_region themselves get a token that can't be
renewed. Those that name an sso-session renew silently until the sign-in itself ends.
"""

NOTHING = "No profile is in AWS's old form: nothing to change."
OLD_TOOLS = (
    "Before you agree: programs that do not know sso-session, such as old versions of "
    "Terraform and of its S3 backend, stop reading these profiles. Give them "
    "credentials with 'sso-tray exec PROFILE -- COMMAND', or upgrade them first. "
    "Everybody who uses these profiles logs in once more."
)


def grouped(session: SsoSession, count: int, *, new: bool) -> str:
    """Say how many profiles come under which session."""
    what = "the new" if new else "your"
    return (
        f"{_profiles(count)} of {label(session.start_url)} ({label(session.region)}): "
        f"under {what} sso-session {label(session.name)}."
    )


def elsewhere(names: tuple[str, ...]) -> str:
    """Say that profiles stay as they are, and why."""
    first, more = label(names[0]), len(names) - 1
    who = f"{first} and {more} more" if more else first
    return f"Left as they are, because they stand in the credentials file: {who}."


def written(path: str, backup: str, count: int, sessions: tuple[str, ...]) -> str:
    """Say what was done, how to take it back, and what to do next."""
    to_log_in = " ".join(f"sso-tray login --session {label(n)}" for n in sessions[:1])
    if len(sessions) > 1:
        to_log_in = "sso-tray login --all"
    return (
        f"{_profiles(count)} of {path} changed. As it was: {backup}.\n"
        f"To take it back: sso-tray upgrade --undo\n"
        f"Now log in: {to_log_in}"
    )


def changed_meanwhile() -> tuple[str, str]:
    """Say that the config is no longer what the plan was made from."""
    return (
        "The AWS config was changed while you decided; nothing was written.",
        "Run 'sso-tray upgrade' again: it looks at what is there now.",
    )


def _profiles(count: int) -> str:
    return "1 profile" if count == 1 else f"{count} profiles"
