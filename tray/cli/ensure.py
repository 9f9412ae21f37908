"""`ensure`: a session that stays usable for a while, before something long begins."""

from __future__ import annotations

from argparse import Namespace
from datetime import timedelta

from tray.cli.each import look
from tray.cli.login import log_in_within
from tray.cli.outside import Tools
from tray.cli.seen import Seen, read_time
from tray.cli.service import Answer
from tray.core.board import SessionStatus, lasts_until
from tray.core.errors import CodeExpired, LoginRequired
from tray.core.wording import cli as common
from tray.core.wording import ensure as wording
from tray.core.wording.board import session_title

RENEWAL_TIME = 120.0
"""Seconds: a minute for the lock, two requests of 20, and some for the start."""

MOST_WAIT = timedelta(hours=1)
"""Nobody is waited for any longer."""


def ensure(options: Namespace, tools: Tools) -> int:
    """Make sure of the session that is meant, and say until when it is usable."""
    seen = look(tools)
    status = _meant(options, seen)
    title = session_title(status.session)
    try:
        answer = _ask(options, status, seen, tools)
    except LoginRequired:
        if seen.daemon:
            raise
        _log_in(options, status, tools)
        answer = _ask(options, status, seen, tools)
    until = read_time(answer.get("until"))
    if until is None:
        tools.printer.say(wording.renews(title))
    else:
        tools.printer.say(wording.sure(title, common.moment(until, seen.now)))
    return 0


def _meant(options: Namespace, seen: Seen) -> SessionStatus:
    if options.profile:
        return seen.of_profile(options.profile)
    return seen.named(options.session) if options.session else seen.only()


def _ask(options: Namespace, status: SessionStatus, seen: Seen, tools: Tools) -> Answer:
    wait = min(options.wait, MOST_WAIT)
    last, until = lasts_until(status), seen.now + options.min
    if seen.daemon and not (status.usable and (last is None or last >= until)):
        title = session_title(status.session)
        tools.printer.say(wording.asking(title, length_words(wait)))
    return tools.ask(
        "ensure",
        RENEWAL_TIME + wait.total_seconds(),
        session=status.session.name,
        profile=options.profile or "",
        seconds=int(options.min.total_seconds()),
        wait=wait.total_seconds(),
    )


def _log_in(options: Namespace, status: SessionStatus, tools: Tools) -> None:
    """Log in from here; nobody who comes in time is a log-in that is still missing."""
    try:
        log_in_within(status, min(options.wait, MOST_WAIT), tools)
    except CodeExpired as error:
        raise LoginRequired(error.title, error.remedy) from None


def length_words(length: timedelta) -> str:
    """Write a duration in minutes and seconds."""
    minutes, seconds = divmod(int(length.total_seconds()), 60)
    parts = [f"{minutes} min"] * bool(minutes) + [f"{seconds} s"] * bool(seconds)
    return " ".join(parts)
