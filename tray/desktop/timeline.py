"""Draws what would happen: a lane for each session, and the time from left to right.

Each kind of event has a form of its own, so that nothing rests on colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise

from tray.core.board import SessionStatus
from tray.core.hours import Hours
from tray.core.simulation import Kind, Life, Simulation
from tray.core.wording import simulation as wording
from tray.core.wording.board import session_state, session_title
from tray.core.wording.labels import label
from tray.core.wording.times import clock
from tray.desktop.drawing import Box, Drawing, Line, Part, Point, Shape, Words

WIDTH, EDGE, LEFT, TOP, BOTTOM = 1240.0, 28.0, 248.0, 116.0, 64.0
LANE, LOW_LANE, MANY = 64.0, 40.0, 12
"""How high a lane is, and where there are many."""

BAR, ROOM = 18.0, 46.0
"""How thick a bar is, and how far apart the times on the axis stand at least."""

DENSE = 10.0
"""Renewals closer than this are drawn as one bar, without ticks."""

PAPER, INK, SOFT, FAINT = "#ffffff", "#1f2933", "#5b6773", "#d5dbe1"
NIGHT, STRIPE = "#eceff4", "#aeb7c0"
GREEN, PALE, AMBER, RED, BLUE = "#2f9e62", "#8ccfa8", "#e08a00", "#c62f2f", "#2f6fd0"

NIGHTS = Hours(time(22), time(6))
QUARTER, HOUR, DAY = timedelta(minutes=15), timedelta(hours=1), timedelta(days=1)
STEPS = (QUARTER, 2 * QUARTER, HOUR, 2 * HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR, DAY)
NAME, STATE = 24, 36
"""How many letters of a session's name and state are shown."""


@dataclass(frozen=True, slots=True)
class _Frame:
    """Where times and lanes lie."""

    told: Simulation
    lane: float
    bottom: float

    def x(self, moment: datetime) -> float:
        told = self.told
        share = (moment - told.now) / (told.until - told.now)
        return LEFT + min(max(share, 0.0), 1.0) * (WIDTH - EDGE - LEFT)

    def wide(self, length: timedelta) -> float:
        return self.x(self.told.now + length) - LEFT


def timeline(told: Simulation) -> Drawing:
    """Give the picture of a simulation."""
    lane = LANE if len(told.sessions) <= MANY else LOW_LANE
    bottom = TOP + max(len(told.sessions), 1) * lane
    frame = _Frame(told, lane, bottom)
    height = bottom + BOTTOM
    parts: list[Part] = [Box((0, 0), (WIDTH, height), PAPER)]
    parts += _head(told)
    parts += _nights(frame)
    parts += _axis(frame)
    for number, status in enumerate(told.sessions):
        parts += _lane(frame, status, TOP + number * lane)
    if not told.sessions:
        parts.append(Words((EDGE, TOP + lane / 2), wording.NO_SESSIONS, 14, SOFT))
    parts += _legend(bottom + 38)
    return Drawing(WIDTH, height, wording.PICTURE_TITLE, tuple(parts))


def _head(told: Simulation) -> Iterator[Part]:
    yield Words((EDGE, 40), wording.PICTURE_TITLE, 21, INK)
    yield Words((EDGE, 63), wording.span(told.now, told.until), 13, SOFT)


def _nights(frame: _Frame) -> Iterator[Part]:
    moment, until = frame.told.now, frame.told.until
    while moment < until:
        span = NIGHTS.covering(moment)
        if span is None:
            moment = NIGHTS.beginning(moment)
            continue
        first, last = frame.x(span[0]), frame.x(span[1])
        yield Box((first, TOP), (last - first, frame.bottom - TOP), NIGHT)
        moment = span[1]


def _axis(frame: _Frame) -> Iterator[Part]:
    step = next((one for one in STEPS if frame.wide(one) >= ROOM), DAY)
    for moment in _marks(frame.told, step):
        x, local = frame.x(moment), moment.astimezone()
        midnight = not (local.hour or local.minute)
        colour = STRIPE if midnight else FAINT
        yield Line((x, TOP), (x, frame.bottom), colour, 1.5 if midnight else 1)
        if step < DAY and x < WIDTH - EDGE - 12:
            yield Words((x, TOP - 9), clock(moment), 11, SOFT, "middle")
        if midnight and frame.wide(DAY) >= ROOM / 2:
            short = frame.wide(DAY) < 2 * ROOM
            text = f"{local.day}" if short else f"{local:%a} {local.day} {local:%b}"
            above = TOP - 9 if step >= DAY else TOP - 26
            yield Words((x + 3 * short, above), text, 11, INK, "middle")
    for y in (TOP, frame.bottom):
        yield Line((EDGE, y), (WIDTH - EDGE, y), STRIPE)


def _marks(told: Simulation, step: timedelta) -> Iterator[datetime]:
    """Give the round times on the wall's clock, also where the clock changes."""
    grain = QUARTER.total_seconds()
    moment = datetime.fromtimestamp(told.now.timestamp() // grain * grain, UTC)
    while (moment := moment + QUARTER) <= told.until:
        local = moment.astimezone()
        past = timedelta(hours=local.hour, minutes=local.minute)
        if not past % step:
            yield moment


def _lane(frame: _Frame, status: SessionStatus, top: float) -> Iterator[Part]:
    told, middle = frame.told, top + frame.lane / 2 + 3
    tall = frame.lane == LANE
    name = label(session_title(status.session), NAME)
    state = label(session_state(status, told.now), STATE)
    yield Words((EDGE, middle - 3 if tall else middle), name, 14, INK)
    yield Words((EDGE, middle + 13), state, 10.5, SOFT)
    if top > TOP:
        yield Line((EDGE, top), (WIDTH - EDGE, top), FAINT)
    lives = [one for one in told.lives if one.session == status.session.name]
    yield from _idle(frame, lives, middle)
    yield from _bars(frame, lives, middle)
    for event in told.events:
        draw = MARKS.get(event.kind)
        if event.session == status.session.name and draw is not None:
            yield from draw((frame.x(event.at), middle))
            if event.kind is Kind.STOPS:
                at = frame.x(event.at) + 11, middle + 4
                if at[0] < WIDTH - EDGE - 36:
                    yield Words(at, clock(event.at), 11, RED)


def _idle(frame: _Frame, lives: list[Life], middle: float) -> Iterator[Part]:
    """Draw where programs can't work: a broken line."""
    works = sorted((frame.x(one.begins), frame.x(one.ends)) for one in lives)
    x, last = LEFT, WIDTH - EDGE
    while x < last:
        inside = [end for begin, end in works if begin <= x < end]
        if inside:
            x = max(inside)
            continue
        ahead = [begin for begin, _ in works if x < begin]
        end = min([x + 5, last, *ahead])
        near_stop = any(abs(x - stop) < 48 for _, stop in works if stop <= x)  # noqa: PLR2004 - the words that stand there
        if not near_stop:
            yield Line((x, middle), (end, middle), STRIPE, 1.5)
        x = min([x + 10, last, *ahead])


def _bars(frame: _Frame, lives: list[Life], middle: float) -> Iterator[Part]:
    """Draw each token's life; one hands over to the next, on the other level."""
    xs = [frame.x(one.begins) for one in lives]
    gaps = [after - before for before, after in pairwise(xs)]
    dense = bool(gaps) and sum(gaps) / len(gaps) < DENSE
    for number, (x, life) in enumerate(zip(xs, lives, strict=True)):
        width = frame.x(life.ends) - x
        if dense or len(lives) == 1:
            yield Box((x, middle - BAR / 2), (width, BAR), GREEN)
            continue
        level = middle - BAR / 2 if number % 2 == 0 else middle + 0.5
        fill = GREEN if number % 2 == 0 else PALE
        yield Box((x, level), (width, BAR / 2 - 0.5), fill, 2)
        if number:
            yield from _tick((x, middle))


def _tick(at: Point) -> Iterator[Part]:
    x, y = at
    yield Line((x, y - BAR / 2 - 3), (x, y + BAR / 2 + 3), INK, 1.25)


def _notice(at: Point) -> Iterator[Part]:
    x, y = at[0], at[1] - BAR / 2 - 3
    yield Shape(((x - 6.5, y - 11), (x + 6.5, y - 11), (x, y)), INK)
    yield Shape(((x - 4, y - 9.5), (x + 4, y - 9.5), (x, y - 2.8)), AMBER)


def _proposal(at: Point) -> Iterator[Part]:
    x, y = at[0], at[1] - BAR / 2 - 9
    for size, fill in ((7.0, INK), (4.8, BLUE)):
        yield Shape(((x, y - size), (x + size, y), (x, y + size), (x - size, y)), fill)


def _end(at: Point) -> Iterator[Part]:
    x, y = at
    high, low = y - BAR / 2 - 2, y + BAR / 2 + 2
    yield Line((x, high), (x, low + 4), INK, 3)
    for level in (high, low + 4):
        yield Line((x - 5, level), (x + 5, level), INK, 3)


def _stop(at: Point) -> Iterator[Part]:
    x, y = at
    for width, colour in ((5.5, PAPER), (3.0, RED)):
        for turn in (-6, 6):
            yield Line((x - 6, y - turn), (x + 6, y + turn), colour, width)


def _registration(at: Point) -> Iterator[Part]:
    x, y = at[0], at[1] + BAR / 2 + 3
    yield Shape(((x - 6, y + 10), (x + 6, y + 10), (x, y)), INK)


MARKS: dict[Kind, Callable[[Point], Iterator[Part]]] = {
    Kind.NOTICE: _notice,
    Kind.PROPOSAL: _proposal,
    Kind.REMINDER: _proposal,
    Kind.REGISTRATION_ENDS: _registration,
    Kind.SESSION_ENDS: _end,
    Kind.STOPS: _stop,
}
"""How each kind of event is drawn; renewals are ticks in the bars."""


def _legend(y: float) -> Iterator[Part]:
    x = EDGE
    for what, text in wording.LEGEND:
        yield from _sample(what, (x + 9, y - 4))
        yield Words((x + 26, y), text, 11, SOFT)
        x += 62 + 5.6 * len(text)


def _sample(what: str, at: Point) -> Iterator[Part]:
    x, y = at
    if what == "bar":
        yield Box((x - 9, y - 9), (18, 8.5), GREEN, 2)
        yield Box((x - 3, y + 0.5), (12, 8.5), PALE, 2)
    elif what == "night":
        yield Box((x - 9, y - 9), (18, 18), NIGHT)
        for begin, end in (((-9, -9), (9, -9)), ((-9, 9), (9, 9))):
            yield Line((x + begin[0], y + begin[1]), (x + end[0], y + end[1]), STRIPE)
    else:
        lower = {"notice": 17.0, "proposal": 18.0, "registration": -17.0}.get(what, 0)
        yield from SAMPLES[what]((x, y + lower))


SAMPLES: dict[str, Callable[[Point], Iterator[Part]]] = {
    "tick": _tick,
    "notice": _notice,
    "proposal": _proposal,
    "registration": _registration,
    "end": _end,
    "stop": _stop,
}
"""The forms that the legend explains."""
