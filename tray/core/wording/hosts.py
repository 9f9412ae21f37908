"""What is said about panels that show the icon in part only."""

from __future__ import annotations

NO_MENU = (
    "This panel can't show the menu of sso-tray.",
    "A click on the icon does what is due; 'sso-tray --help' lists all commands.",
)
