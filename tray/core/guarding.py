"""Protected profiles: serving one asks people first, and holds for a time.

It keeps people from mistakes. A program of theirs that means harm can do what they can.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from tray.core.board import Guarded, Notice, NoticeKind, Wanted
from tray.core.errors import Locked, Refused, TrayError
from tray.core.model import Profile
from tray.core.settings import Settings
from tray.core.wording import guarding as wording

UNLOCKED_FOR = timedelta(minutes=30)
"""How long a profile stays unlocked, where people say so."""

ONCE_FOR = timedelta(minutes=1)
"""What "once" means for one program: botocore calls a `credential_process` twice."""


class Verdict(Enum):
    """How it went with a program that wants a protected profile."""

    OPEN = auto()
    REFUSED = auto()
    LATE = auto()
    UNASKED = auto()


@dataclass(frozen=True, slots=True)
class Pass:
    """A profile that people unlocked."""

    since: datetime
    """When."""

    until: datetime
    """Until when it holds."""

    def holds(self, now: datetime) -> bool:
        """Tell whether it holds; never when the clock was set back before it."""
        return self.since <= now < self.until


def refusal(verdict: Verdict, profile: str) -> TrayError:
    """Give what a program is told that gets nothing."""
    match verdict:
        case Verdict.REFUSED:
            return Refused(*wording.refused(profile))
        case Verdict.LATE:
            return Refused(*wording.late(profile))
        case _:
            return Locked(*wording.unasked(profile))


def guarded(
    profiles: tuple[Profile, ...],
    settings: Settings,
    unlocked: Mapping[str, Pass],
    asked: Mapping[str, Wanted],
    now: datetime,
) -> Iterator[Guarded]:
    """Give how each protected profile stands, in the config's order."""
    if not any(one.protected for one in settings.profiles.values()):
        return
    for profile in profiles:
        name = profile.name
        if settings.of_profile(name).protected:
            given, wanted = unlocked.get(name), asked.get(name)
            until = given.until if given and given.holds(now) else None
            notice = _notice(profile, wanted) if wanted else None
            yield Guarded(profile, until, notice)


def _notice(profile: Profile, wanted: Wanted) -> Notice:
    title, body = wording.asks(wanted.by, profile.name)
    return Notice(
        key=f"unlock {profile.name}",
        session=profile.session,
        kind=NoticeKind.UNLOCK,
        episode=f"{wanted.by} {wanted.since.isoformat()}",
        title=title,
        body=body,
        profile=profile.name,
    )
