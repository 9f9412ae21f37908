"""Words of the menu, and sentences that answer a click."""

from __future__ import annotations

from datetime import datetime, timedelta

from tray.core.accesses import Access
from tray.core.board import SessionStatus
from tray.core.model import Profile
from tray.core.wording.board import session_state
from tray.core.wording.labels import label
from tray.core.wording.times import capital, clock, duration

STARTING = "Reading your AWS config…"
LOGIN_AGAIN = "Log in again"
LOGIN_FRESH = "Start a new sign-in"
CANCEL_LOGIN = "Cancel the log-in"
REFRESH = "Renew now"
LOGOUT = "Log out"
PROFILES = "Profiles"
COPY = "Copy"
COPY_NAME = "Profile name"
COPY_PROFILE_NAME = "Copy profile name"
COPY_ACCOUNT = "Account ID"
COPY_ARN = "Role ARN, as a pattern"
COPY_SHELL = "Line for the shell"
COPY_PROCESS = "Line for ~/.aws/config"
PIN = "Keep at the top"
UNPIN = "Don't keep at the top"
CONSOLE = "Open AWS console"
PAUSE = "Pause renewals"
SNOOZE_TO_TOMORROW = "Quiet until tomorrow"
MUTE = "Quiet until it has ended"
LISTEN = "Tell me again"
MORE = "More"
START_AT_LOGIN = "Start at log-in"
SETTINGS = "Open the settings"
LOGS = "Open the log folder"
COPY_REPORT = "Copy a report without names"
QUIT = "Quit"
NO_SUCH_SESSION = "Its session is not in your AWS config"
SET_UP = "Set up a sign-in…"
ICON_LOST = "The tray icon is gone. Notices and commands go on without it."

SPAN_COLUMNS = 38
"""Two such ends and what stands between them fill a label."""


def page_must_show(code: str) -> str:
    """Give the device code for comparison."""
    return f"The page must show: {code}"


def login_to(session: str) -> str:
    """Name the row that logs in."""
    return f"Log in to {session}"


def login_to_all(count: int) -> str:
    """Name the row that logs in to all that need it."""
    return f"Log in to all {count}"


def gained(found: Access, others: int) -> str:
    """Name the row that offers profiles for what can be reached since a while."""
    account = found.account
    more = f" and {others} more" if others else ""
    where = label(account.name, SPAN_COLUMNS) if account.name else account.account_id
    return f"You gained {found.role} in {where}{more}: add…"


def snooze(length: timedelta) -> str:
    """Name the row that keeps quiet for a while."""
    return f"Quiet for {duration(length)}"


def quiet(status: SessionStatus, now: datetime) -> str:
    """Name the row about when people are told, by what they asked for."""
    if status.snoozed_until is not None:
        return f"Quiet until {clock(status.snoozed_until, now)}"
    if status.remind_at is not None:
        return f"Reminds you at {clock(status.remind_at, now)}"
    return MUTE if status.muted else "Quiet"


def works_until(status: SessionStatus | None, now: datetime) -> str:
    """Say how long a profile of this session works."""
    if status is None:
        return NO_SUCH_SESSION
    return capital(session_state(status, now))


def quick_profile(found: Profile, *, pinned: bool) -> str:
    """Name a profile that is at hand; a star tells those that people pinned."""
    return f"★ {profile(found)}" if pinned else profile(found)


def named_account(account_id: str, name: str | None) -> str:
    """Name an account as people know it, with its number."""
    return f"{name} ({account_id})" if name else f"Account {account_id}"


def more_sessions(count: int) -> str:
    """Name the row that holds the sessions beyond the first ones."""
    return f"{count} more sessions" if count > 1 else "1 more session"


def problems(count: int) -> str:
    """Name the row that holds what is wrong in the config."""
    problems = f"{count} problems" if count > 1 else "1 problem"
    return f"{problems} in your AWS config"


def account(account_id: str, first: str, last: str) -> str:
    """Name an account by its profiles, which people know better than its number."""
    return f"{span(first, last, SPAN_COLUMNS - 8)} ({account_id})"


def profile(found: Profile) -> str:
    """Name a profile, with its role where that says more."""
    return f"{found.name} ({found.role_name})" if found.role_name else found.name


def span(first: str, last: str, columns: int = SPAN_COLUMNS) -> str:
    """Name a part of a long list by its ends."""
    return f"{label(first, columns)} … {label(last, columns)}"


def open_it_yourself(url: str) -> tuple[str, str]:
    """Say that the log-in waits at an address that no browser opened."""
    return ("No browser could be opened.", f"Open this address yourself: {url}")


def compare_code(code: str) -> tuple[str, str]:
    """Show the device code, which the page must show too."""
    return (f"Your code is {code}", "Go on only if the page shows the same code.")


def copy_it_yourself(text: str) -> str:
    """Give the text that the clipboard did not take."""
    return f"Copy it from here: {text}"


def no_clipboard() -> tuple[str, str]:
    """Say that there is no way to the clipboard."""
    return (
        "Nothing could be copied: this desktop gave us no clipboard.",
        "Install wl-clipboard (Wayland) or xclip (X11).",
    )


def no_browser() -> tuple[str, str]:
    """Say that no browser could be started."""
    return (
        "No browser could be started.",
        "Set BROWSER to one, or use: sso-tray login --no-browser",
    )


def not_a_web_address() -> tuple[str, str]:
    """Say that only web addresses are opened."""
    return ("This is no web address.", "Only http and https addresses are opened.")


def no_tray(desktop: str) -> tuple[str, str]:
    """Say that the desktop shows no tray icons, and what helps there."""
    if "GNOME" in desktop.upper():
        remedy = "Install the extension 'AppIndicator and KStatusNotifierItem Support'."
    else:
        remedy = "Add a system tray (status notifier) to your panel."
    return (
        "This desktop shows no tray icons.",
        f"{remedy} Notices and commands work all the same.",
    )


def no_terminal(command: str) -> tuple[str, str]:
    """Say that there is no window to run a command in, and which one it is."""
    return ("No terminal could be opened.", f"Open one and type: {command}")
