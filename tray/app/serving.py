"""How programs get credentials: memory, checks, keyring, portal, one in another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tray.app.net import Net
from tray.flows.broker import Broker
from tray.flows.chains import Chained
from tray.flows.credentials import Credentials
from tray.flows.delivery import Delivery, DeliveryEdges
from tray.flows.doubting import Doubts
from tray.flows.guard import Guard
from tray.flows.keeping import Keeping, KeepingEdges
from tray.flows.serving import CheckedSource, Serving

if TYPE_CHECKING:
    from tray.core.credentials import RoleCredentials
    from tray.core.model import Profile, SsoSession
    from tray.core.ports import Mirror, RoleFiller
    from tray.flows.auditing import Auditing
    from tray.flows.refresh import Refresher
    from tray.flows.verbs import VerbEdges


def serving(
    net: Net,
    facts: VerbEdges,
    refresher: Refresher,
    soon: Callable[[], None],
    places: tuple[Auditing, RoleFiller, Mirror],
) -> tuple[Serving, Doubts]:
    """Give what serves programs, and what the portal's refusals lead to.

    `soon` asks for a tick; `places` are the record of who asked, and the files where
    other programs look without asking us.
    """
    auditing, filler, mirror = places
    clock, tokens, records = facts.clock, facts.tokens, refresher.records
    activities = refresher.activities
    doubts = Doubts(tokens, refresher, records, soon)
    edges = KeepingEdges(clock, tokens, net.keystore, net.workers)

    def at_hand(session: SsoSession, profile: Profile) -> RoleCredentials | None:
        return credentials.good(session, profile)

    chained = Chained(net.source, net.assumer, at_hand)
    keeping = Keeping(chained, edges, records)
    checked = CheckedSource(
        keeping, lambda: facts.board(records, activities), clock, refresher, doubts
    )
    credentials = Credentials(clock, checked, net.workers, soon)
    broker = Broker(clock, activities, net.workers, soon)
    guard = Guard(clock, facts.settings, activities, net.workers, soon)
    guarding = (broker, guard, clock, auditing)
    delivery = Delivery(
        DeliveryEdges(clock, facts.config, facts.settings, filler, mirror, net.workers),
        credentials,
        soon,
    )
    serves = Serving(facts.config, credentials, keeping, *guarding, delivery)
    return serves, doubts
