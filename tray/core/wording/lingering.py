"""Sentences about credentials that other programs have kept."""

from __future__ import annotations

from datetime import datetime

from tray.core.lingering import Lingering
from tray.core.wording.times import clock


def still_served(kept: Lingering, now: datetime) -> str:
    """Say how long the AWS CLI goes on with what it has, and how to end that."""
    return cli_goes_on(len(kept.profiles), clock(kept.until, now))


def cli_goes_on(profiles: int, until: str) -> str:
    """Say the same of so many profiles."""
    served = "one profile" if profiles == 1 else f"{profiles} profiles"
    return (
        f"The AWS CLI has kept credentials of before for {served} and uses them until "
        f"{until}; to end that now, delete the .json files in ~/.aws/cli/cache."
    )
