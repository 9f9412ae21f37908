"""What is held and delivered for profiles right now; no secret."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from tray.core.model import Problem
from tray.core.rolekeys import RoleKey


@dataclass(frozen=True, slots=True)
class Held:
    """Role credentials in our memory, as others may know them."""

    expires_at: datetime
    """When AWS takes them no more."""

    given_until: datetime
    """Until when programs are given them without anybody being asked."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """All of it, at a moment."""

    held: Mapping[RoleKey, Held] = field(default_factory=dict)
    """What our memory holds."""

    cli: Mapping[str, datetime] = field(default_factory=dict)
    """Until when the AWS CLI serves profiles from its own files, by name, as far as
    was looked."""

    snags: Mapping[str, Problem] = field(default_factory=dict)
    """What came in the way of delivering, by profile."""

    moments: tuple[datetime, ...] = ()
    """When to look again."""


NOTHING_HELD = Holdings()
"""Nothing is held, or nobody looked."""
