"""How programs get credentials: memory, checks, keyring, portal, one in another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tray.app.net import Net
from tray.flows.broker import Broker
from tray.flows.chains import Chained
from tray.flows.credentials import Credentials
from tray.flows.doubting import Doubts
from tray.flows.guard import Guard
from tray.flows.keeping import Keeping, KeepingEdges
from tray.flows.serving import CheckedSource, Serving

if TYPE_CHECKING:
    from tray.core.credentials import RoleCredentials
    from tray.core.model import Profile, SsoSession
    from tray.flows.activities import Activities
    from tray.flows.auditing import Auditing
    from tray.flows.refresh import Refresher
    from tray.flows.verbs import VerbEdges


def serving(
    net: Net,
    facts: VerbEdges,
    refresher: Refresher,
    kept: tuple[Activities, Auditing],
    soon: Callable[[], None],
) -> tuple[Serving, Doubts]:
    """Give what serves programs, and what the portal's refusals lead to.

    `soon` asks for a tick.
    """
    activities, auditing = kept
    clock, tokens, records = facts.clock, facts.tokens, refresher.records
    doubts = Doubts(tokens, refresher, records, soon)
    edges = KeepingEdges(clock, tokens, net.keystore, net.workers)

    def at_hand(session: SsoSession, profile: Profile) -> RoleCredentials | None:
        return credentials.good(session, profile)

    chained = Chained(net.source, net.assumer, at_hand)
    keeping = Keeping(chained, edges, records)
    checked = CheckedSource(
        keeping, lambda: facts.board(records, activities), clock, refresher, doubts
    )
    credentials = Credentials(clock, checked, net.workers)
    broker = Broker(clock, activities, net.workers, soon)
    guard = Guard(clock, facts.settings, activities, net.workers, soon)
    gates = (broker, guard)
    serves = Serving(facts.config, credentials, keeping, *gates, clock, auditing)
    return serves, doubts
