"""Quiet for a while, quiet until the end, no renewals; and back to normal."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from datetime import datetime

from tray.cli.each import look
from tray.cli.outside import STATUS_TIME, Tools
from tray.core.board import SessionStatus
from tray.core.wording import cli_quiet as wording
from tray.core.wording.board import session_title


def snooze(options: Namespace, tools: Tools) -> int:
    """Keep quiet for a while."""
    for name, title in _meant(options, tools):
        length = options.duration and options.duration.total_seconds()
        answer = tools.ask(
            "snooze", STATUS_TIME, session=name, seconds=length and int(length)
        )
        until = datetime.fromisoformat(str(answer.get("until")))
        tools.printer.say(wording.snoozed(title, until))
    return 0


def mute(options: Namespace, tools: Tools) -> int:
    """Keep quiet until the sessions have ended."""
    for name, title in _meant(options, tools):
        tools.ask("mute", STATUS_TIME, session=name)
        tools.printer.say(wording.muted(title))
    return 0


def pause(_: Namespace, tools: Tools) -> int:
    """Renew nothing."""
    tools.ask("pause", STATUS_TIME)
    tools.printer.say(wording.PAUSED)
    return 0


def resume(_: Namespace, tools: Tools) -> int:
    """Go back to normal: renew, and tell."""
    tools.ask("resume", STATUS_TIME)
    for status in look(tools).board.sessions:
        tools.ask("listen", STATUS_TIME, session=status.session.name)
    tools.printer.say(wording.RESUMED)
    return 0


def _meant(options: Namespace, tools: Tools) -> Iterator[tuple[str, str]]:
    """Give names and titles of the named session, or of all.

    Raises `UsageError` and `ConfigError`.
    """
    seen = look(tools)
    chosen: tuple[SessionStatus, ...] = seen.board.sessions or (seen.only(),)
    if options.session:
        chosen = (seen.named(options.session),)
    for status in chosen:
        yield status.session.name, session_title(status.session)
