"""The board as lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from tray.cli.printer import Printer, Tone
from tray.cli.seen import Seen
from tray.cli.tables import Cell, Row, folded, shown, table
from tray.core.board import Needs, Phase, SessionStatus
from tray.core.wording import cli as wording
from tray.core.wording import signin
from tray.core.wording.board import session_detail, session_state, session_title
from tray.core.wording.reliance import goes_on, works_until
from tray.core.wording.times import clock

BAR = 10
"""A bar's length in columns."""

FULL_BAR = timedelta(hours=1)
"""What a full bar stands for where nobody saw when the session began."""

MOST_PROBLEMS = 10
"""So many problems of the config are told; more would hide the board."""

TONES = {
    Phase.VALID: Tone.GOOD,
    Phase.REFRESHING: Tone.GOOD,
    Phase.EXPIRING: Tone.WARN,
    Phase.LOGGING_IN: Tone.WARN,
    Phase.UNKNOWN: Tone.WARN,
    Phase.EXPIRED: Tone.BAD,
    Phase.MISCONFIGURED: Tone.BAD,
    Phase.LOGGED_OUT: Tone.FAINT,
}
"""How each phase is coloured; its words say the same."""


def board_lines(seen: Seen, printer: Printer) -> list[str]:
    """Give the table and, below, what is wrong in the config."""
    room = printer.size[0] if printer.terminal else None
    heads = [Cell(head, Tone.HEAD) for head in wording.SESSION_HEADS]
    rows = [
        _row(status, seen.now, bars=printer.terminal) for status in seen.board.sessions
    ]
    lines = table([heads, *rows], printer.paint, room) if rows else []
    longer = list(_goes_on(seen, room))
    problems = list(_problems(seen, room))
    below = [line for part in (longer, problems) if part for line in ("", *part)]
    return [*lines, *(below if lines else below[1:])]


def talk(seen: Seen) -> Iterator[str]:
    """Give what people should know besides: first steps, and what does not run."""
    if not seen.board.sessions and not seen.unreadable():
        yield wording.FIRST_STEPS
    elif seen.board.paused:
        yield wording.PAUSED
    elif not seen.daemon and any(s.renewable for s in seen.board.sessions):
        yield wording.NO_DAEMON


def screen_lines(seen: Seen, printer: Printer) -> list[str]:
    """Give all that somebody who watches should see."""
    head = wording.WATCH_HEAD.format(time=clock(seen.now))
    talked = [line for text in talk(seen) for line in ("", *text.splitlines())]
    return [head, "", *board_lines(seen, printer), *talked]


def labels(seen: Seen) -> dict[str, str]:
    """Give what there is to say about each session, in one line."""
    return {
        status.session.name: shown(
            f"{session_title(status.session)}: {session_state(status, seen.now)}"
        )
        for status in seen.board.sessions
    }


def change(now: datetime, label: str) -> str:
    """Say when something became so."""
    return f"{clock(now)} {label}"


def bar(share: float) -> str:
    """Give a bar of which this share is left; what is left at all can be seen."""
    filled = min(max(round(share * BAR), 1 if share > 0 else 0), BAR)
    return "█" * filled + "░" * (BAR - filled)


def _row(status: SessionStatus, now: datetime, *, bars: bool) -> Row:
    tone = TONES[status.phase]
    return (
        Cell(session_title(status.session)),
        Cell(_state(status, now), tone),
        Cell(_bar(status, now) if bars else "", tone),
        Cell(_detail(status, now)),
    )


def _state(status: SessionStatus, now: datetime) -> str:
    if status.phase is Phase.UNKNOWN:  # what is the matter stands in the details
        return wording.NOT_KNOWN
    return session_state(status, now)


def _bar(status: SessionStatus, now: datetime) -> str:
    ends, began = status.ends_at, status.horizon.logged_in_at
    if ends is None or not status.usable:
        return ""
    whole = ends - began if began and began < ends else FULL_BAR
    return bar(max((ends - now) / whole, 0.0))


def _detail(status: SessionStatus, now: datetime) -> str:
    detail = session_detail(status, now)
    if detail is None and status.needs is Needs.LOGIN:
        return signin.logged_out(status.session)[1]
    return detail or ""


def _goes_on(seen: Seen, room: int | None) -> Iterator[str]:
    """Say which profiles the AWS CLI or we serve for longer than their sign-in."""
    groups: dict[str, list[str]] = {}
    for name, works in seen.works.items():
        if works.differ:
            groups.setdefault(works_until(works, seen.now), []).append(name)
    for works_text, names in groups.items():
        yield from folded(shown(goes_on(names, works_text)), room, indent="")


def _problems(seen: Seen, room: int | None) -> Iterator[str]:
    """Say what is wrong in the config, except what a session's row says already."""
    told = {status.problem for status in seen.board.sessions}
    problems = [p.problem for p in seen.board.problems if p.problem not in told]
    for problem in problems[:MOST_PROBLEMS]:
        yield from folded(shown(problem.title), room, indent="")
        yield from folded(shown(problem.remedy), room)
    if len(problems) > MOST_PROBLEMS:
        yield wording.and_more(len(problems) - MOST_PROBLEMS)
