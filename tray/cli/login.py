"""Logging in: tells people where to go, and waits until they are back."""

from __future__ import annotations

from argparse import Namespace
from contextlib import suppress
from datetime import timedelta

from tray.cli.each import look, one_by_one
from tray.cli.outside import Tools
from tray.cli.seen import Seen
from tray.cli.service import Answer
from tray.core.board import Needs, Phase, SessionStatus
from tray.core.errors import TrayError
from tray.core.model import Grant
from tray.core.wording import cli as wording
from tray.core.wording.board import session_title

BEGIN_TIME = 90.0
"""Seconds to begin: three requests of 20 seconds each, and some for the start."""

WAIT_TIME = 86400.0
"""Seconds to wait: longer than any `login_timeout`, which ends the log-in itself."""

END_TIME = 10.0
"""Seconds for a log-in that was taken back to be gone."""

SSH = ("SSH_CONNECTION", "SSH_TTY")
"""Variables that say that people sit at another machine."""


def login(options: Namespace, tools: Tools) -> int:
    """Log in to the sessions that are meant."""
    seen = look(tools)
    sessions = _meant(options, seen)
    if not sessions:
        tools.printer.say(wording.NOBODY_NEEDS_LOGIN)
    way = way_of(options, tools)
    if not options.all:
        log_in(sessions[0], way, tools)
        return 0
    return one_by_one(sessions, lambda s: log_in(s, way, tools), tools.printer)


def log_in_within(status: SessionStatus, wait: timedelta, tools: Tools) -> None:
    """Log in to one session, in the usual way, within so long."""
    plain = Namespace(pkce=False, device_code=False, no_browser=False, fresh=False)
    way = {**way_of(plain, tools), "seconds": max(1, int(wait.total_seconds()))}
    log_in(status, way, tools)


def _meant(options: Namespace, seen: Seen) -> list[SessionStatus]:
    if options.profile:
        return [seen.of_profile(options.profile)]
    if options.session:
        return [seen.named(options.session)]
    if options.all and seen.board.sessions:
        return [s for s in seen.board.sessions if s.needs is Needs.LOGIN]
    return [seen.only()]


def way_of(options: Namespace, tools: Tools) -> Answer:
    """Give how to log in: grant None leaves it to the one who does it.

    Over SSH the browser is on another machine, and can't come back to this one.
    """
    far = any(tools.outside.environ.get(name) for name in SSH)
    grant = None
    if options.pkce:
        grant = Grant.AUTHORIZATION_CODE.value
    elif options.device_code or far:
        grant = Grant.DEVICE_CODE.value
    way = {"grant": grant, "open_browser": not (options.no_browser or far)}
    return {**way, "fresh": True} if options.fresh else way


def log_in(status: SessionStatus, way: Answer, tools: Tools) -> None:
    """Log in to one session: tell where to go, wait, and say until when it is good."""
    name, title = status.session.name, session_title(status.session)
    others = status.phase is Phase.LOGGING_IN
    begun: Answer = {}
    try:
        begun = tools.ask("login", BEGIN_TIME, session=name, **way)
        others = begun.get("joined") is True
        _announce(begun, way, title, tools)
        tools.ask("wait-login", WAIT_TIME, id=begun.get("id"))
    except KeyboardInterrupt:
        if others:
            tools.printer.say(wording.login_goes_on(title))
        else:
            _take_back(name, begun, tools)
        raise
    _tell(name, tools)


def _announce(begun: Answer, way: Answer, title: str, tools: Tools) -> None:
    url, problem = str(begun.get("url")), begun.get("problem")
    if begun.get("joined") is True:
        lines = [wording.joining(title, url)]
    elif not way["open_browser"]:
        lines = [wording.open_address(title, url)]
    elif problem:
        lines = [wording.browser_missing(title, str(problem), url)]
    else:
        lines = [wording.opening_browser(title, url)]
    if way.get("fresh"):
        lines.append(wording.FRESH)
    code = begun.get("user_code")
    if code:
        lines.append(wording.compare_code(str(code)))
    if tools.printer.talks_to_terminal:
        lines.append(wording.waiting(title))
    tools.printer.say("\n".join(lines))


def _take_back(name: str, begun: Answer, tools: Tools) -> None:
    """End our log-in and wait until it is gone; a second Ctrl-C ends the wait."""
    with suppress(TrayError, KeyboardInterrupt):
        tools.ask("cancel-login", END_TIME, session=name)
        if begun:
            tools.ask("wait-login", END_TIME, id=begun.get("id"))


def _tell(name: str, tools: Tools) -> None:
    seen = look(tools)
    status = seen.named(name)
    until = wording.moment(status.expires_at, seen.now)
    title = session_title(status.session)
    tools.printer.say(
        wording.logged_in(title, until, renewable=status.renewable, daemon=seen.daemon)
    )
