"""Looks what is held and delivered for profiles, for the board."""

from __future__ import annotations

from dataclasses import dataclass

from tray.core.holdings import NOTHING_HELD, Holdings
from tray.core.ports import Clock, ConfigReader, RoleEnds, SettingsReader
from tray.flows.credentials import Credentials
from tray.flows.delivery import Delivery
from tray.flows.records import Records


@dataclass(frozen=True, slots=True)
class Holding:
    """Gives `Holdings`."""

    clock: Clock
    """The wall clock."""

    config: ConfigReader
    """AWS's config."""

    roles: RoleEnds
    """What the AWS CLI has kept."""

    credentials: Credentials
    """What we hold."""

    delivery: Delivery
    """What is delivered."""

    def at_hand(self, records: Records, settings: SettingsReader) -> Holdings:
        """Look for the profiles that people have at hand or chose; made for ticks."""
        memory = records.current()
        chosen = settings.read().profiles
        return self._look({*memory.pinned, *memory.recent, *chosen})

    def all(self) -> Holdings:
        """Look for all profiles."""
        return self._look(None)

    def _look(self, names: set[str] | None) -> Holdings:
        held = self.credentials.holdings()
        snags = self.delivery.snags
        moments = tuple(self.delivery.moments())
        if names is not None and not (names or held or snags or moments):
            return NOTHING_HELD
        config = self.config.read()
        sessions = {one.name: one for one in config.sessions}
        pairs = [
            (sessions[one.session], one)
            for one in config.profiles
            if one.session in sessions and (names is None or one.name in names)
        ]
        cli = self.roles.ends(pairs, self.clock.now())
        return Holdings(held, cli, snags, moments)
