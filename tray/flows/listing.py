"""Everything that a person can reach: all accounts, and the roles in each of them.

AWS has one request for each account, and refuses those that come too fast. So they are
paced, several under way at once, and what was refused is asked again: an account that
was lost on the way would look like one that is gone.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TypeVar

from tray.core.accesses import Access, Progress, in_order
from tray.core.accounts import Account
from tray.core.errors import Cancelled, CannotTell, Refused, SessionOver, Throttled
from tray.core.model import SsoSession
from tray.core.pacing import Pace, refused, take
from tray.core.ports import Portal
from tray.core.wording import syncing as wording

log = logging.getLogger(__name__)

WIDTH = 8
"""Requests under way at once: answers of 400 ms still keep up with AWS's limit."""

PAGE = 100
"""Accounts in one request of the first list."""

PATIENCE = 120.0
"""Seconds in which nothing but refusals came; then it is given up for now."""

TRIES = 4
"""How often a fault of the service or of the network is tried again for one account."""

RENEWALS = 2
"""How often one request may be turned away after a renewal; then the sign-in is over,
whatever the service still renews."""

BETWEEN = 1.0
"""Seconds to the first such try; each further one takes twice as long."""

SLICE = 0.5
"""Seconds that one wait lasts: on Windows Ctrl-C is heard between two of them only."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class ListingEdges:
    """What a listing asks of the world."""

    portal: Portal
    """The access portal."""

    turned_away: Callable[[SsoSession], None]
    """Renews a token that the portal does not take any more, or raises."""

    monotonic: Callable[[], float]
    """Gives seconds that only ever grow."""

    wait: Callable[[threading.Event, float], bool] = threading.Event.wait
    """Waits so many seconds or until the event; tells whether that came."""


class Listing:
    """One listing of one session, whole or not at all."""

    def __init__(
        self,
        edges: ListingEdges,
        session: SsoSession,
        progress: Callable[[Progress], None] = lambda _: None,
        width: int = WIDTH,
    ) -> None:
        self._edges = edges
        self._session = session
        self._progress = progress
        self._width = width
        self._lock = threading.Lock()
        self._renewing = threading.Lock()
        self._renewals = 0
        self._cancelled = threading.Event()
        self._pace = Pace(edges.monotonic())
        self._refusals = 0
        self._answered_at = self._pace.at

    def cancel(self) -> None:
        """End it at once; `run` raises `Cancelled` then."""
        self._cancelled.set()

    def run(self) -> tuple[Access, ...]:
        """Give all that can be reached, ordered by name.

        Raises `LoginRequired` when only people can help, `CannotTell` when it does not
        come whole, and `Cancelled`.
        """
        accounts = self._paced(lambda: self._edges.portal.list_accounts(self._session))
        self._spend(len(accounts) // PAGE)
        return in_order(self._all_roles(accounts))

    def _all_roles(self, accounts: tuple[Account, ...]) -> Iterable[Access]:
        found = list[Access]()
        with ThreadPoolExecutor(self._width, "roles") as threads:
            asked = {threads.submit(self._roles, account) for account in accounts}
            try:
                while asked:
                    done, asked = wait(asked, SLICE, FIRST_COMPLETED)
                    found += [access for one in done for access in one.result()]
                    self._tell(len(accounts) - len(asked), len(accounts))
            finally:  # nothing to end where all is done
                self._stop(asked)
        return found

    def _stop(self, asked: Iterable[Future[list[Access]]]) -> None:
        self._cancelled.set()
        for one in asked:
            one.cancel()

    def _tell(self, done: int, total: int) -> None:
        self._progress(Progress(done, total, self._refusals))

    def _roles(self, account: Account) -> list[Access]:
        session, portal = self._session, self._edges.portal
        try:
            roles = self._paced(lambda: portal.list_roles(session, account.account_id))
        except Refused as error:  # it was taken away since the list was made
            log.info("roles of an account of %s: %s", session.name, error.title)
            return []
        return [Access(account, role) for role in roles]

    def _paced(self, ask: Callable[[], Answer]) -> Answer:
        """Give the answer, at the pace that the service bears."""
        faults = turned_away = 0
        while True:
            self._await_turn()
            renewals = self._renewals
            try:
                answer = ask()
            except Throttled as error:
                self._was_refused(error)
            except SessionOver:
                turned_away += 1
                if turned_away > RENEWALS:
                    raise
                self._renew(renewals)
            except CannotTell:
                faults += 1
                if faults == TRIES:
                    raise
                self._edges.wait(self._cancelled, BETWEEN * 2 ** (faults - 1))
            else:
                self._answered_at = self._edges.monotonic()
                return answer

    def _await_turn(self) -> None:
        """Wait for a token; a refusal meanwhile makes it worthless."""
        while True:
            with self._lock:
                refusals = self._refusals
                self._pace, seconds = take(self._pace, self._edges.monotonic())
            if seconds:
                self._edges.wait(self._cancelled, seconds)
            if self._cancelled.is_set():
                raise Cancelled(*wording.listing_cancelled())
            if refusals == self._refusals:
                return

    def _spend(self, tokens: int) -> None:
        with self._lock:
            self._pace, _ = take(self._pace, self._edges.monotonic(), tokens)

    def _was_refused(self, error: Throttled) -> None:
        now = self._edges.monotonic()
        with self._lock:
            self._refusals += 1
            self._pace = refused(self._pace, now, error.after)
        if now - self._answered_at > PATIENCE:
            raise CannotTell(error.title, error.remedy)

    def _renew(self, renewals: int) -> None:
        """Renew once, however many requests found the token too old."""
        with self._renewing:
            if renewals == self._renewals:
                self._edges.turned_away(self._session)
                self._renewals += 1
