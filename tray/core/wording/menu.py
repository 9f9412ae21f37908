"""Words of the menu, and sentences that answer a click."""

from __future__ import annotations

import re

from tray.core.model import Profile

LOGIN_AGAIN = "Log in again"
CANCEL_LOGIN = "Cancel the log-in"
REFRESH = "Renew now"
LOGOUT = "Log out"
SNOOZE = "Snooze"
PROFILES = "Profiles"
COPY_NAME = "Copy profile name"
COPY_ACCOUNT = "Copy account ID"
CONSOLE = "Open AWS console"
PAUSE = "Pause renewals"
PROBLEMS = "In your AWS config"
QUIT = "Quit"

LONGEST_LABEL = 80
"""Characters; longer labels make a menu wider than a screen."""

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


def label(text: str) -> str:
    """Give a text that is safe as one line of a menu."""
    line = _CONTROL.sub(" ", text).strip()
    return line if len(line) <= LONGEST_LABEL else f"{line[: LONGEST_LABEL - 1]}…"


def login_to(session: str) -> str:
    """Name the row that logs in."""
    return f"Log in to {session}"


def account(profile: Profile) -> str:
    """Name the account that profiles stand under."""
    return f"Account {profile.account_id}" if profile.account_id else "No account"


def profile(found: Profile) -> str:
    """Name a profile, with its role where that says more."""
    role = f"  ({found.role_name})" if found.role_name else ""
    return f"{found.name}{role}"


def span(first: str, last: str) -> str:
    """Name a part of a long list by its ends."""
    return f"{first} … {last}"


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
