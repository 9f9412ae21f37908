"""Who works until when: the three clocks and what is held, put together for a profile.

The AWS CLI goes on with what its own files have, and so do programs that we serve; the
SDKs ask the portal in each new program, so they work as long as the sign-in does.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tray.core.holdings import Held


@dataclass(frozen=True, slots=True)
class Reliance:
    """Until when new programs get credentials for a profile; None: not now."""

    aws_cli: datetime | None = None
    """The AWS CLI."""

    sdks: datetime | None = None
    """boto3 and the other SDKs, and what is built on them."""

    ours: datetime | None = None
    """What asks us: `credential-process`, `exec`, `env`."""

    at_least: bool = False
    """Whether the sign-in renews itself, so that it may well be longer."""

    @property
    def differ(self) -> bool:
        """Whether one of them goes on when the sign-in has ended."""
        longer = (self.aws_cli, self.ours or self.sdks)
        return not self.at_least and any(end != self.sdks for end in longer)


NOTHING_WORKS = Reliance()
"""Nothing works now."""


def reliance(
    safe: datetime | None,
    held: Held | None = None,
    cli: datetime | None = None,
    *,
    at_least: bool = False,
    served: bool = True,
) -> Reliance:
    """Put together until when each goes on.

    `safe` is the end of the sign-in as far as it is known, or of its token; `cli` the
    end of what the AWS CLI has kept. What is not `served` by us works elsewhere.
    """
    given = held.given_until if held else None
    return Reliance(
        aws_cli=_later(safe, cli),
        sdks=safe,
        ours=_later(safe, given) if served else None,
        at_least=at_least and safe is not None,
    )


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((m for m in (one, other) if m is not None), default=None)
