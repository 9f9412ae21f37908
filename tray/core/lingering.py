"""What programs still have of a sign-in that is over, or somebody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Lingering:
    """Role credentials that the AWS CLI has kept in files of its own."""

    profiles: tuple[str, ...]
    """The profiles that it goes on serving, in the order of the config."""

    until: datetime
    """When it asks anew at the latest, for all of them."""
