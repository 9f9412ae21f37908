"""Making sure that a session stays usable for a while: renew, else ask people and wait.

A renewal helps where it shows that the sign-in is still there; where the sign-in itself
ends too soon only people can help.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime, timedelta

from tray.core.board import Board, Phase, SessionStatus, lasts_until
from tray.core.errors import CannotTell, LoginRequired
from tray.core.model import SsoSession
from tray.core.ports import Clock
from tray.core.wording import ensure as wording
from tray.flows.broker import Broker
from tray.flows.guard import Patience
from tray.flows.records import Records
from tray.flows.refresh import Refresher

log = logging.getLogger(__name__)

NEW = timedelta(minutes=5)
"""A token that is younger shows as well as a newer one that the sign-in is there."""

_TOLD_OVER = frozenset({Phase.EXPIRED, Phase.LOGGED_OUT})


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody wants to be sure of."""

    session: SsoSession
    """The session."""

    length: timedelta
    """For how long it is to stay usable, from now on."""

    profile: str = ""
    """The profile that it is about; empty when it is about the session."""


@dataclass(frozen=True, slots=True)
class Ensuring:
    """Makes sure of sessions."""

    board: Callable[[], Board]
    """Gives the board as of now."""

    clock: Clock
    """The wall clock."""

    refresher: Refresher
    """Renews."""

    records: Records
    """What is remembered: here the lives of tokens."""

    broker: Broker
    """Where those wait who need people."""

    def ask(self, wish: Wish, patience: Patience | None) -> Future[SessionStatus]:
        """Give the session's status once it stays usable for that long.

        It may renew at once, so it is for a worker. Raises `CannotTell` where nothing
        is known; the future ends with `LoginRequired` when nobody logs in within
        `patience`, or when the log-in does not last long enough either.
        """
        until = self.clock.now() + wish.length
        sure: Future[SessionStatus] = Future()
        status = self._renewed(wish.session, until)
        if _holds(status, until):
            sure.set_result(status)
            return sure
        lacking = LoginRequired(*wording.lacking(status, until, self.clock.now()))
        if patience is None:
            raise lacking

        def released(_: Future[bool]) -> None:
            now_so = self._status(wish.session)
            if _holds(now_so, until):
                sure.set_result(now_so)
            else:
                words = wording.lacking(now_so, until, self.clock.now())
                sure.set_exception(LoginRequired(*words))

        name = wish.profile or wish.session.name
        waiting = self.broker.wait(
            wish.session, patience.by, name, patience.time, until
        )
        waiting.add_done_callback(released)
        return sure

    def _renewed(self, session: SsoSession, until: datetime) -> SessionStatus:
        """Give the status after what a renewal can do."""
        status = self._status(session)
        if status.phase is Phase.LOGGING_IN or status.phase in _TOLD_OVER:
            return status
        if status.phase is not Phase.UNKNOWN and not self._worth_it(status, until):
            return status
        try:
            self.refresher.renew(session, force=status.ends_at is None)
        except LoginRequired as error:
            log.info("making sure of %s: %s", session.name, error.title)
        except CannotTell as error:
            if not _holds(self._status(session), until):
                raise
            log.info("making sure of %s: %s", session.name, error.title)
        return self._status(session)

    def _worth_it(self, status: SessionStatus, until: datetime) -> bool:
        """Tell whether a renewal is due, or would show what nobody knows."""
        now, ends = self.clock.now(), status.expires_at
        if not status.renewable or ends is None:
            return False
        if status.renews_at is not None and status.renews_at <= now:
            return True
        if status.ends_at is not None or ends >= until:
            return False
        life = self.records.current().of(status.session.cache_key).token_life
        return life is None or ends - now < life - NEW

    def _status(self, session: SsoSession) -> SessionStatus:
        status = self.board().session(session.name)
        return status or SessionStatus(session, Phase.LOGGED_OUT)


def _holds(status: SessionStatus, until: datetime) -> bool:
    last = lasts_until(status)
    return status.usable and (last is None or last >= until)
