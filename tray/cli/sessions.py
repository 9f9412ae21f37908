"""Logging out, and renewing."""

from __future__ import annotations

from argparse import Namespace

from tray.cli.each import chosen, look, one_by_one
from tray.cli.outside import Tools
from tray.core.board import SessionStatus
from tray.core.wording import cli as wording
from tray.core.wording.board import session_title

LOGOUT_TIME = 120.0
"""Seconds: a minute for the lock, two requests of 20, and some for the start."""

REFRESH_TIME = 120.0
"""Seconds: the same for a renewal."""


def logout(options: Namespace, tools: Tools) -> int:
    """End the sessions that are meant."""
    sessions = chosen(options, look(tools))
    if options.all:
        return one_by_one(sessions, lambda s: _log_out(s, tools), tools.printer)
    _log_out(sessions[0], tools)
    return 0


def refresh(options: Namespace, tools: Tools) -> int:
    """Renew the sessions that are meant."""
    sessions, force = chosen(options, look(tools)), bool(options.force)
    if options.all:
        return one_by_one(
            sessions, lambda s: _renew(s, tools, force=force), tools.printer
        )
    _renew(sessions[0], tools, force=force)
    return 0


def _log_out(status: SessionStatus, tools: Tools) -> None:
    name, title = status.session.name, session_title(status.session)
    answer = tools.ask("logout", LOGOUT_TIME, session=name)
    ended, note = answer.get("ended") is True, answer.get("note")
    say = wording.logged_out if ended else wording.was_logged_out
    tools.printer.say(say(title))
    if isinstance(note, str):
        tools.printer.say(note)


def _renew(status: SessionStatus, tools: Tools, *, force: bool) -> None:
    name, title = status.session.name, session_title(status.session)
    answer = tools.ask("refresh", REFRESH_TIME, session=name, force=force)
    seen = look(tools)
    status = seen.named(name)
    until = wording.moment(status.expires_at, seen.now)
    renews = wording.moment(status.renews_at, seen.now)
    tools.printer.say(_outcome(str(answer.get("outcome")), title, until, renews))


def _outcome(outcome: str, title: str, until: str, renews: str) -> str:
    if outcome == "not_due":
        return wording.not_due(title, until, renews)
    if outcome == "done_by_others":
        return wording.renewed_by_others(title, until)
    return wording.renewed(title, until)
