"""The settings file as people find it when they open it for the first time."""

from __future__ import annotations

TEMPLATE = """\
# Settings of sso-tray. Every line is optional; take the # away to change it.
# What you save holds at once, and a mistake is reported while the default stands in.
# Durations are written 90s, 15m, 2h, 1d or 2h30m.

# How long your sign-in lasts, if you know it (your administrator set it).
#session_duration = "8h"

# How sessions ask for you:
#   silent  only the icon and the menu tell
#   notify  a notice before the end, and when it has ended
#   open    a notice, and the browser opens by itself
#   manual  nothing happens by itself, not even a renewal
#mode = "notify"

# How long before its end you are told.
#notice_before = ["15m", "5m"]

# How long "Snooze" keeps quiet.
#snooze = "15m"

# When nobody should be told anything; what came meanwhile is told after.
#quiet_hours = ["22:00-07:00", "sat-sun 00:00-24:00"]

# Without a key or a pointer for so long you are away, and notices wait for you.
#idle_after = "5m"

# When you work: an end in the middle of it is announced in time for a better moment.
#working_hours = "mon-fri 09:00-17:30"

# When you like to log in, where the sign-in would not last the day.
#daily_login = "mon-fri 08:45"

# How long a log-in waits for you.
#login_timeout = "10m"

# The same for one session, by its name in ~/.aws/config:
#[sessions.acme]
#session_duration = "12h"
#mode = "open"
"""
