"""What the AWS CLI goes on with after a log-out or another person's log-in.

Its files are its own and stay; people are told how long they matter.
"""

from __future__ import annotations

from dataclasses import dataclass

from tray.core.model import SsoSession
from tray.core.ports import Clock, ConfigReader, RoleCache
from tray.core.wording import lingering as wording


@dataclass(frozen=True, slots=True)
class StillServed:
    """Looks into the AWS CLI's own files."""

    clock: Clock
    """The wall clock."""

    config: ConfigReader
    """AWS's config, which names the profiles."""

    roles: RoleCache
    """What the AWS CLI has kept."""

    def note(self, session: SsoSession) -> str:
        """Say how long it goes on without asking; empty when it has nothing."""
        now = self.clock.now()
        kept = self.roles.kept(session, self.config.read().profiles, now)
        return wording.still_served(kept, now) if kept else ""
