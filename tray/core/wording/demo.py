"""Sentences of the demo: what begins, what is happening, what was seen."""

from __future__ import annotations

from datetime import datetime

from tray.core.wording.times import clock

OPENING = """\
This is sso-tray, the real program, in a small world of its own: an Identity Center on
this machine, a home folder that is thrown away, and clocks that run fast. A token lives
for seconds here, a sign-in for two minutes. Your own ~/.aws is not touched.
"""
ON_A_DESKTOP = """\
Look at the tray: open its menu, and answer its notices. Quit there, or press Ctrl-C."""
IN_THE_TERMINAL = "Alice is at the keyboard: when her sign-in ends, she logs in again."
NO_DESKTOP = "There is no desktop here, so the board is shown in this terminal."
ENDS_SOON = "ends soon"
SIGNED_IN = "signed in"
CLOSING = """\
That was it. With a real account the same goes on all day: sso-tray run
"""


def stamped(now: datetime, sentence: str) -> str:
    """Give a line of the diary, with the second it happened."""
    return f"{now.astimezone():%H:%M:%S}  {sentence}"


def renewed(session: str, until: datetime) -> str:
    """Say that a token was renewed and nobody was asked."""
    end = f"{until.astimezone():%H:%M:%S}"
    return f"{session}: renewed silently; its token is good until {end}"


def notice(title: str, body: str) -> str:
    """Say what a notice says."""
    return f"notice: {title}. {body}"


def withdrawn(session: str) -> str:
    """Say that a notice went away by itself."""
    return f"the notice about {session} is withdrawn; it is no longer true"


def visit(person: str, session: str) -> str:
    """Say that somebody logs in."""
    return f"{person} opens the log-in page of {session} and allows it"


def open_this(url: str) -> str:
    """Give an address for the person at the screen."""
    return f"Open this address to log in: {url}"


def head(now: datetime) -> str:
    """Give the line above the board."""
    return f"The board at {clock(now)}:{now.astimezone():%S}"
