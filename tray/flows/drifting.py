"""What people gained since their profiles were written: noticed after a log-in.

Only for sessions that are kept in step (`sync`), at most once a day, and one request
after the other: it is a courtesy, and renewals go first.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace

from tray.core.accesses import Access
from tray.core.choices import Choice
from tray.core.errors import TrayError
from tray.core.filtering import parse_filter
from tray.core.model import SsoSession
from tray.core.ports import ChoiceStore, Clock, ConfigReader, Teller, Workers
from tray.core.syncing import gained
from tray.core.wording import syncing as wording
from tray.flows.activities import Activities
from tray.flows.listing import Listing

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class DriftEdges:
    """What a look asks of the world."""

    clock: Clock
    """The wall clock."""

    config: ConfigReader
    """AWS's config."""

    choices: ChoiceStore
    """What people chose for their profiles."""

    listing: Callable[[SsoSession], Listing]
    """Gives a listing of what can be reached, one request after the other."""

    teller: Teller
    """Where people are told."""

    workers: Workers
    """Threads that may wait for the network."""


class Drift:
    """Looks once a day after a log-in: `soon` is what `Logins` calls then."""

    def __init__(
        self, edges: DriftEdges, activities: Activities, on_change: Callable[[], None]
    ) -> None:
        self._edges = edges
        self._activities = activities
        self._on_change = on_change

    def recall(self) -> None:
        """Show again what was found before the start."""
        for name, choice in self._edges.choices.read().items():
            self._activities.has_gained(name, choice.gained)

    def soon(self, session: SsoSession) -> None:
        """Look, if it is time to."""
        choice = self._edges.choices.read().get(session.name)
        if choice is not None and choice.due(self._edges.clock.now()):
            self._edges.workers.submit("drift", lambda: self._look(session, choice))

    def _look(self, session: SsoSession, choice: Choice) -> None:
        try:
            reached = self._edges.listing(session).run()
            kept = parse_filter(choice.filter)
        except TrayError as error:  # the next log-in tries again
            log.info("drift of %s: %s", session.name, error.title)
            return
        config, now = self._edges.config.read(), self._edges.clock.now()
        wanted = tuple(one for one in reached if kept.wants(one))
        found = gained(session, wanted, choice.seen, config)
        log.info("drift of %s: %d gained", session.name, len(found))
        self._edges.choices.change(
            session.name, lambda one: replace(one, looked_at=now, gained=found)
        )
        self._activities.has_gained(session.name, found)
        if found and found != choice.gained:
            self._tell(session, found)
        self._on_change()

    def _tell(self, session: SsoSession, found: tuple[Access, ...]) -> None:
        first = found[0]
        what = wording.access(first.role, first.account.name, first.account.account_id)
        self._edges.teller.tell(*wording.gained_notice(session, what, len(found) - 1))
