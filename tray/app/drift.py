"""Listing what can be reached, and noticing what was gained: how both are wired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from tray.app.house import House
from tray.app.net import Net
from tray.core.accesses import Progress
from tray.core.model import SsoSession
from tray.core.ports import Teller
from tray.flows.drifting import Drift, DriftEdges
from tray.flows.listing import WIDTH, Listing, ListingEdges
from tray.system.choices_file import ChoicesFile


class Lister(Protocol):
    """Gives a listing of all that can be reached; see `Listing`."""

    def __call__(
        self,
        session: SsoSession,
        progress: Callable[[Progress], None] = lambda _: None,
    ) -> Listing:
        """Give one of a session."""
        ...


def lister(house: House, net: Net, width: int = WIDTH) -> Lister:
    """Give what makes listings of a house, so many requests wide."""
    edges = ListingEdges(net.portal, house.doubts.turned_away, house.clock.monotonic)

    def give(
        session: SsoSession, progress: Callable[[Progress], None] = lambda _: None
    ) -> Listing:
        return Listing(edges, session, progress, width)

    return give


def drift_of(house: House, net: Net, teller: Teller) -> Drift:
    """Give what looks once a day; what it found before is shown again."""
    edges = DriftEdges(
        house.clock,
        house.config,
        ChoicesFile(house.world.choices_path),
        lister(house, net, width=1),
        teller,
        net.workers,
    )
    drift = Drift(edges, house.activities, house.verbs.on_change)
    drift.recall()
    return drift
