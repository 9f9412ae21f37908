"""What the help of `simulate` says; plain ASCII, and light: every command loads it."""

from __future__ import annotations

ABOUT = "show what would happen, and when; does nothing"
EPILOG = """\
examples:
  sso-tray simulate                     the coming day
  sso-tray simulate --until +3d         three days
  sso-tray simulate --picture day.svg   the same as a picture
"""
UNTIL = "how far to look: +24h (the usual), 2h30m or 2026-01-31T18:00"
JSON = "print JSON for scripts"
PICTURE = "draw it, too, into a file whose name ends in .svg or .png"
