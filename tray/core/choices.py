"""What people chose when they set a session up: the next time needs no words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tray.core.accesses import Access

Key = tuple[str, str]
"""An account's number and a role's name."""

BETWEEN_LOOKS = timedelta(hours=20)
"""From one look at what can be reached to the next: at most one on a working day."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen for the profiles of one session."""

    template: str = ""
    """What they are called; empty: as usual."""

    filter: str = ""
    """Which of them are wanted; empty: all."""

    region: str = ""
    """Their default region; empty: none."""

    output: str = ""
    """Their output format; empty: none."""

    seen: frozenset[Key] = frozenset()
    """All that could be reached when people looked last, wanted or not."""

    looked_at: datetime | None = None
    """When somebody looked what can be reached; None: they are not kept in step."""

    gained: tuple[Access, ...] = ()
    """What was found then that could not be reached before."""

    def due(self, now: datetime) -> bool:
        """Tell whether it is time to look again; not for those that nobody keeps."""
        if self.looked_at is None:
            return False
        return not timedelta() <= now - self.looked_at < BETWEEN_LOOKS


NOTHING = Choice()
"""Nothing was chosen yet."""
