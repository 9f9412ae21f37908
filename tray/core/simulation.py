"""What would happen from now on: events as values, for text, JSON and picture.

How far ahead to look is written as `+24h`, as a duration, or as a moment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from itertools import groupby

from tray.core.board import Phase, SessionStatus
from tray.core.errors import UsageError
from tray.core.settings import parse_duration
from tray.core.stamps import stamp
from tray.core.wording import simulation as wording

VERSION = 1
"""The version of the JSON form; members are only ever added."""

FARTHEST = timedelta(days=31)
"""Nobody knows anything about later days."""

MANY = 3
"""So many renewals in a row are one line of text."""


class Kind(StrEnum):
    """What kind of event it is; in the order in which one moment is told."""

    RENEWAL = "renewal"
    REFUSAL = "refusal"
    SNOOZE_OVER = "snooze_over"
    NOTICE = "notice"
    PROPOSAL = "proposal"
    REMINDER = "reminder"
    BROWSER = "browser"
    REGISTRATION_ENDS = "registration_ends"
    SESSION_ENDS = "session_ends"
    STOPS = "stops"
    ENDED_NOTICE = "ended_notice"


_ORDER = {kind: number for number, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Event:
    """Something that would happen."""

    at: datetime
    """When."""

    session: str
    """The session's name."""

    kind: Kind
    """What it is."""

    title: str
    """The same as a sentence, without its capital and full stop."""

    until: datetime | None = None
    """Until when the new token works, for renewals."""


@dataclass(frozen=True, slots=True)
class Life:
    """One access token's life, from when it came, or now, to when it ends."""

    session: str
    """The session's name."""

    begins: datetime
    """When it came; for the token of now, now."""

    ends: datetime
    """When it ends."""


@dataclass(frozen=True, slots=True)
class Simulation:
    """A stretch of time as it would go."""

    now: datetime
    """When it begins."""

    until: datetime
    """When it ends."""

    sessions: tuple[SessionStatus, ...]
    """How the sessions stand at the beginning."""

    events: tuple[Event, ...]
    """What would happen, in the order of time."""

    lives: tuple[Life, ...]
    """The access tokens that programs would use."""

    assumptions: tuple[str, ...]
    """What was assumed, as sentences."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text: an event, or several renewals in a row."""

    event: Event
    """The first event."""

    times: int = 1
    """How many there are."""

    last: datetime | None = None
    """When the last of them comes, where there are several."""


Until = timedelta | datetime
"""How far to look: for so long, or up to a moment."""


def parse_until(text: str) -> Until:
    """Give what `+24h`, `2h30m` or `2026-01-31T18:00` mean; local time without a zone.

    Raises `ValueError` for anything else.
    """
    text = text.strip()
    try:
        return parse_duration(text.removeprefix("+"))
    except ValueError:
        try:
            return datetime.fromisoformat(text).astimezone(UTC)
        except OverflowError:
            raise ValueError(text) from None


def end_of(until: Until, now: datetime) -> datetime:
    """Give the moment up to which to look. Raises `UsageError` for a bad one."""
    length = until if isinstance(until, timedelta) else until - now
    if length <= timedelta():
        raise UsageError(*wording.PAST)
    if length > FARTHEST:
        raise UsageError(*wording.too_far(FARTHEST.days))
    return now + length


def in_order(events: Iterable[Event], names: Iterable[str]) -> tuple[Event, ...]:
    """Give events by time; at one moment by session, and as one would tell them."""
    place = {name: number for number, name in enumerate(names)}
    return tuple(sorted(events, key=lambda e: (e.at, place[e.session], _ORDER[e.kind])))


def lines(simulation: Simulation) -> Iterator[tuple[datetime, tuple[Line, ...]]]:
    """Give each local day on which something happens, and the lines about it."""
    days = groupby(simulation.events, key=lambda event: event.at.astimezone().date())
    for _, events in days:
        of_day = tuple(events)
        yield of_day[0].at, tuple(_folded(of_day))


def _folded(events: tuple[Event, ...]) -> Iterator[Line]:
    """Tell renewals of one session that follow each other in one line."""
    runs: dict[str, list[Event]] = {}
    told: list[list[Event]] = []
    for event in events:
        run = runs.get(event.session)
        if event.kind is Kind.RENEWAL and run is not None:
            run.append(event)
            continue
        told.append([event])
        if event.kind is Kind.RENEWAL:
            runs[event.session] = told[-1]
        else:
            runs.pop(event.session, None)
    found = [line for run in told for line in _lines_of(run)]
    yield from sorted(found, key=lambda line: line.event.at)


def _lines_of(run: list[Event]) -> Iterator[Line]:
    if len(run) < MANY:
        yield from map(Line, run)
    else:
        yield Line(run[0], len(run), run[-1].at)


def as_json(simulation: Simulation) -> Mapping[str, object]:
    """Give the JSON form (version 1); times are UTC, whole seconds."""
    return {
        "version": VERSION,
        "now": stamp(simulation.now),
        "until": stamp(simulation.until),
        "sessions": [_session(status) for status in simulation.sessions],
        "events": [
            {
                "at": stamp(event.at),
                "session": event.session,
                "kind": event.kind,
                "title": event.title,
                "until": stamp(event.until),
            }
            for event in simulation.events
        ],
        "assumptions": list(simulation.assumptions),
    }


def _session(status: SessionStatus) -> Mapping[str, object]:
    horizon = status.horizon
    known = status.phase not in {Phase.LOGGED_OUT, Phase.MISCONFIGURED}
    return {
        "name": status.session.name,
        "phase": status.phase,
        "expires_at": stamp(status.expires_at),
        "ends_at": stamp(horizon.ends_at),
        "source": horizon.source if known else None,
        "confidence": horizon.confidence,
        "observations": horizon.observations,
    }
