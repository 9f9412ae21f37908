"""What stands at the head of the settings file that people find, and in between."""

from __future__ import annotations

HEAD = """\
# Settings of sso-tray. Every line is optional; take the # away to change it.
# What you save holds at once, and a mistake is reported while the default stands in.
# Durations are written 90s, 15m, 2h, 1d or 2h30m.
"""
