"""After a log-in: which accounts are there, what are they called, was it the right one.

One list at a time, because the process that asks AWS also renews tokens. A list that
does not come whole says nothing: nobody is told, and nothing is forgotten.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tray.core.board import Board
from tray.core.errors import TrayError
from tray.core.memory import Memory
from tray.core.model import SsoSession
from tray.core.ports import Clock, ConfigReader, Portal, Teller, Workers
from tray.core.reach import missing_accounts, with_names, with_reach
from tray.core.wording import reach as wording
from tray.flows.records import Records

log = logging.getLogger(__name__)

BETWEEN = timedelta(minutes=10)
"""From one look at a session to the next that no log-in of ours asks for."""

SAME = timedelta(minutes=1)
"""A look so close to a sign-in was for it: its file is a little older than its end."""


@dataclass(frozen=True, slots=True)
class ReachEdges:
    """What a look at the accounts asks of the world."""

    clock: Clock
    """The wall clock."""

    config: ConfigReader
    """AWS's config, which names the accounts that are needed."""

    portal: Portal
    """The portal, which lists those that are there."""

    teller: Teller
    """Where people are told."""

    workers: Workers
    """Threads that may wait for the network."""

    note: Callable[[SsoSession], str] = lambda _: ""
    """Says what other programs have kept of the sign-in before; empty when nothing."""


class AccountLooks:
    """Looks once after each log-in: `soon` is what `Logins` calls then.

    As a `View` it notices those that other programs began.
    """

    def __init__(
        self, edges: ReachEdges, records: Records, on_change: Callable[[], None]
    ) -> None:
        self._edges = edges
        self._records = records
        self._on_change = on_change
        self._lock = threading.Lock()
        self._waiting: dict[str, SsoSession] = {}
        self._busy = False
        self._known: dict[str, datetime | None] = {}
        self._looked: dict[str, datetime] = {}

    def show(self, board: Board, now: datetime) -> None:
        """Look soon after each sign-in that was not there before.

        One that was there at the start is known; ours have been looked at.
        """
        for status in board.sessions:
            key, since = status.session.cache_key, status.horizon.logged_in_at
            known = self._known.setdefault(key, since)
            if since is None or not status.usable:
                self._known[key] = None
                continue
            with self._lock:
                looked = self._looked.get(key)
            if known == since or (looked and abs(looked - since) < SAME):
                self._known[key] = since
            elif looked is None or not timedelta() <= now - looked < BETWEEN:
                self._known[key] = since
                self.soon(status.session)

    def soon(self, session: SsoSession) -> None:
        """Look at a session's accounts as soon as no other look is going on."""
        with self._lock:
            self._looked[session.cache_key] = self._edges.clock.now()
            self._waiting[session.cache_key] = session
            if self._busy:
                return
            self._busy = True
        self._edges.workers.submit("accounts", self._work)

    def _work(self) -> None:
        with self._lock:
            session = self._waiting.pop(next(iter(self._waiting)))
        try:
            self._look(session)
        finally:
            with self._lock:
                self._busy = bool(self._waiting)
            if self._busy:
                self._edges.workers.submit("accounts", self._work)

    def _look(self, session: SsoSession) -> None:
        at = self._edges.clock.now()
        try:
            accounts = self._edges.portal.list_accounts(session)
        except TrayError as error:
            log.info("accounts of %s: %s", session.name, error.title)
            return
        profiles = self._edges.config.read().profiles
        numbers = (account.account_id for account in accounts)
        reach = missing_accounts(profiles, session.name, numbers)
        key = session.cache_key

        def learn(memory: Memory) -> Memory:
            memory = with_names(memory, accounts, profiles)
            return memory.with_record(key, with_reach(memory.of(key), reach, at))

        record = self._records.change_all(learn).of(key)
        note = self._edges.note(session)
        log.info(
            "accounts of %s: %d, %d of %d named ones missing. %s",
            session.name,
            len(accounts),
            len(reach.missing),
            len(reach.named),
            note,
        )
        if record.stranger_at == at:
            title, body = wording.somebody_else(session, len(reach.named))
            self._edges.teller.tell(title, f"{body} {note}".rstrip())
        self._on_change()
