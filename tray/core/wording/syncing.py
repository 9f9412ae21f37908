"""What is said while profiles are brought into step with what can be reached."""

from __future__ import annotations

from tray.core.model import SsoSession
from tray.core.wording.board import session_title
from tray.core.wording.labels import label

Words = tuple[str, str]
"""What happened, and what to do."""

ROWS = 30
"""Profiles of one kind that are shown one by one; --dry-run shows them all."""

RENAME = "Rename these profiles? Scripts that use the old names stop working"
PRUNE = "Remove these profiles of ours?"
WRITE = "Write this?"


def listing_cancelled() -> Words:
    """Say that a listing was taken back."""
    return "The list of accounts was cancelled.", "Nothing was changed."


def progress(done: int, total: int, refused: int) -> str:
    """Say how far a listing is."""
    slower = ", more slowly because AWS asked for it" if refused else ""
    return f"Roles of {done} of {total} accounts{slower} …"


def listed(accounts: int, roles: int, session: SsoSession) -> str:
    """Say what can be reached."""
    return (
        f"{session_title(session)}: {_count(roles, 'role')} "
        f"in {_count(accounts, 'account')}."
    )


def filtered(wanted: int, total: int, expression: str) -> str:
    """Say what a filter leaves."""
    return f"The filter {label(expression)} leaves {wanted} of {total}."


def in_step(present: int) -> str:
    """Say that there is nothing to do."""
    return f"All in step: {_count(present, 'profile')} there, nothing to change."


def added(count: int) -> str:
    """Head the list of new profiles."""
    return f"New, {_count(count, 'profile')}:"


def changed(count: int) -> str:
    """Head the list of profiles that move to the session."""
    return f"Moved to this session, {_count(count, 'profile')}:"


def gone(count: int, *, prune: bool) -> str:
    """Head the list of profiles that lead nowhere any more."""
    what = "removed" if prune else "kept; --prune removes them"
    return f"Out of reach or not wanted, {_count(count, 'profile')} ({what}):"


def renamed(count: int, *, rename: bool) -> str:
    """Head the list of profiles whose name is no longer what the template says."""
    what = "renamed" if rename else "kept as they are; --rename renames them"
    return f"Named otherwise by now, {_count(count, 'profile')} ({what}):"


def pinned(count: int) -> str:
    """Say that profiles keep their names because of others."""
    return (
        f"{_count(count, 'profile')} named otherwise by now: other profiles name them "
        "as source_profile, so they keep their names."
    )


def access(role: str, account: str, number: str) -> str:
    """Name a role in an account."""
    shown = f"{label(account)} ({number})" if account else number
    return f"{role} in {shown}"


def more(count: int) -> str:
    """Say that there are more rows than shown."""
    return f"  … and {count} more; --dry-run shows all"


def nobody_to_ask() -> Words:
    """Say that a change needs consent, and nobody can be asked."""
    return (
        "There is no terminal to ask on, and nothing was changed.",
        "Look at the change with --dry-run; --yes makes it without asking.",
    )


def written(path: str, backup: str, sections: int) -> str:
    """Say what was written, and how to take it back."""
    kept = f" As it was: {backup}." if backup else ""
    return (
        f"Wrote {_count(sections, 'section')} of {path}.{kept} "
        "To take it back: sso-tray sync --undo"
    )


def undone(path: str) -> str:
    """Say that the last change was taken back."""
    return f"{path} is as it was before the last change."


def declined() -> str:
    """Say that people said no."""
    return "Nothing was changed."


def legacy(session: SsoSession) -> Words:
    """Say that a session has no section that new profiles could name."""
    title = f"{session_title(session)} is made of profiles in AWS's old form."
    return title, "New ones can't join them; bring them over first: sso-tray upgrade"


def nothing_reached(session: SsoSession) -> Words:
    """Say that whoever logged in can reach nothing."""
    return (
        f"Nothing is assigned to you in {session_title(session)}.",
        "If that is wrong, log in as the right user; nothing was changed.",
    )


def gained_notice(session: SsoSession, what: str, others: int) -> Words:
    """Tell of it in a notice."""
    more = f" and {others} more" if others else ""
    title = f"{session_title(session)}: you gained {what}{more}."
    command = f"sso-tray sync --session {session.name}"
    return title, f"Add a profile from the menu, or with: {command}"


def _count(count: int, what: str) -> str:
    return f"1 {what}" if count == 1 else f"{count} {what}s"
