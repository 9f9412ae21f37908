"""Sentences of `ensure`: help, what it waits for, and how it came out.

Pairs are (what happened, what to do), ready for an error.
"""

from __future__ import annotations

from datetime import datetime

from tray.core.board import SessionStatus, lasts_until
from tray.core.wording.board import session_title
from tray.core.wording.shell import quoted
from tray.core.wording.signin import login_line
from tray.core.wording.times import clock

ABOUT = "make sure that a session stays usable for a while: renew, or ask and wait"
EPILOG = """\
examples:
  sso-tray ensure --min 2h && make deploy     not half of it, and then a log-in
  sso-tray ensure --profile prod --wait 30s   for whichever session it uses

It renews where that helps. Where only people can help, the running tray asks them
and this waits; without a tray it logs in by itself. Status 3 says that nobody did,
or that the sign-in ends too soon all the same; 4 that nobody can tell now.
"""
SESSION = "about this session; needless when there is only one"
PROFILE = "about the session that this profile uses"
LEAST = "how long it must stay usable from now on; 15m unless told otherwise"
WAIT = "how long to wait for people; 5m unless told otherwise"


def lacking(status: SessionStatus, until: datetime, now: datetime) -> tuple[str, str]:
    """Say that a session does not stay usable for long enough."""
    title, ends = session_title(status.session), lasts_until(status)
    if not status.usable or ends is None:
        return (f"{title} needs a log-in.", login_line(status.session))
    name = quoted(status.session.name)
    return (
        f"{title} ends at {clock(ends, now)}, but is needed until {clock(until, now)}.",
        f"Begin a new sign-in: sso-tray login --fresh --session {name}",
    )


def asking(title: str, wait: str) -> str:
    """Say that people are asked elsewhere, and how to answer from here."""
    return f"Waiting up to {wait} for a log-in to {title} (Ctrl-C to stop)…"


def sure(title: str, until: str) -> str:
    """Say until when a session is usable."""
    return f"{title} is usable until {until}."


def renews(title: str) -> str:
    """Say that nobody knows the end of a session that renews itself."""
    return f"{title} renews itself; when its sign-in ends is not known."
