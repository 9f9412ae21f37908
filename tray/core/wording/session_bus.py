"""What is said when the desktop's message bus can't be reached."""

from __future__ import annotations

NO_BUS = "The desktop's message bus can't be reached."
NO_BUS_REMEDY = (
    "Start sso-tray inside a desktop session, or run it with --headless; "
    "DBUS_SESSION_BUS_ADDRESS names the bus."
)
NO_ANSWER = "A part of the desktop did not answer."
