"""Sentences about the log-ins that we started, for the menu and for `doctor`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from tray.core.ledger import StartedLogin
from tray.core.model import Grant
from tray.core.wording.labels import label
from tray.core.wording.prompts import shown_name
from tray.core.wording.times import clock

TITLE = "Log-ins that sso-tray started"
NONE_YET = "It has started none yet."
WARNING = "Approve no log-in page that is not among these and not your own."
CLICK = "menu or notice"
SHOWN = 10
"""So many are shown, the newest first."""

_WAYS = {
    Grant.AUTHORIZATION_CODE: "in the browser",
    Grant.DEVICE_CODE: "by device code",
}


def entry(login: StartedLogin, now: datetime) -> str:
    """Give one log-in as a line."""
    way = _WAYS.get(login.grant, str(login.grant))
    who = shown_name(login.who)
    return f"{clock(login.at, now)}: {shown_name(login.session)}, {way}, for {who}"


def entries(logins: Sequence[StartedLogin], now: datetime) -> Iterator[str]:
    """Give the last log-ins as lines, the newest first."""
    for login in reversed(logins[-SHOWN:]):
        yield label(entry(login, now))


def summary(logins: Sequence[StartedLogin], now: datetime) -> str:
    """Give one line about all of them, for a report."""
    if not logins:
        return NONE_YET
    return f"The last of {len(logins)}: {entry(logins[-1], now)}."
