"""What would happen: the coming day as text, JSON and picture; does nothing."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path

from tray.cli.boards import TONES
from tray.cli.outside import Tools
from tray.cli.printer import Printer, Tone
from tray.cli.reports import print_json
from tray.cli.tables import Cell, Row, folded, table
from tray.core.errors import ConfigError, TrayError, UsageError
from tray.core.model import AwsConfig, Subject
from tray.core.simulation import Kind, Line, Simulation, as_json, lines
from tray.core.wording import cli
from tray.core.wording import simulation as wording
from tray.core.wording.board import session_title
from tray.core.wording.times import clock

PICTURES = {".svg", ".png"}
"""What a picture's name may end in."""

KINDS = {
    Kind.RENEWAL: Tone.FAINT,
    Kind.REFUSAL: Tone.WARN,
    Kind.NOTICE: Tone.WARN,
    Kind.PROPOSAL: Tone.WARN,
    Kind.REMINDER: Tone.WARN,
    Kind.BROWSER: Tone.WARN,
    Kind.REGISTRATION_ENDS: Tone.WARN,
    Kind.SESSION_ENDS: Tone.BAD,
    Kind.STOPS: Tone.BAD,
    Kind.ENDED_NOTICE: Tone.WARN,
    Kind.SNOOZE_OVER: Tone.NONE,
}
"""How each kind of event is coloured; its words say the same."""


def simulate(options: Namespace, tools: Tools) -> int:
    """Tell what would happen."""
    picture = None if options.picture is None else Path(options.picture)
    if picture is not None and picture.suffix.lower() not in PICTURES:
        raise UsageError(*wording.bad_picture(picture.name))
    debug = bool(options.debug)
    told, config = tools.outside.foretell(tools.printer, debug, options.until)
    if picture is not None:
        _draw(told, picture)
    if options.json:
        print_json(as_json(told), tools.printer)
    else:
        show(told, tools.printer)
    _refuse_unread(config)
    return 0


def _refuse_unread(config: AwsConfig) -> None:
    for problem in config.problems:
        if problem.subject is Subject.FILE and not problem.line:
            raise ConfigError(problem.problem.title, problem.problem.remedy)


def _draw(told: Simulation, path: Path) -> None:
    from tray.desktop.drawing import png, svg
    from tray.desktop.timeline import timeline

    drawing = timeline(told)
    content = png(drawing) if path.suffix.lower() == ".png" else svg(drawing)
    try:
        path.write_bytes(content)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        raise TrayError(*wording.unwritten(str(path), reason)) from None


def show(told: Simulation, printer: Printer) -> None:
    """Print it as text: the sessions, each day, and what was assumed."""
    if not told.sessions:
        printer.say(cli.FIRST_STEPS)
        return
    room = printer.size[0] if printer.terminal else None
    blocks = [
        [wording.heading(told.now, told.until)],
        _sessions(told, printer, room),
        *_days(told, printer, room),
        _assumed(told, room),
    ]
    printer.result("\n\n".join("\n".join(block) for block in blocks))


def _sessions(told: Simulation, printer: Printer, room: int | None) -> list[str]:
    heads = [Cell(head, Tone.HEAD) for head in wording.SESSION_HEADS]
    rows = [
        (
            Cell(session_title(one.session)),
            Cell(wording.outlook(one, told.now), TONES[one.phase]),
        )
        for one in told.sessions
    ]
    return table([heads, *rows], printer.paint, room)


def _days(told: Simulation, printer: Printer, room: int | None) -> Iterator[list[str]]:
    titles = {one.session.name: session_title(one.session) for one in told.sessions}
    days = list(lines(told))
    if not days:
        yield [wording.QUIET]
    for day, events in days:
        rows = list(_rows(events, titles))
        widest = max(len(title) for title in titles.values())
        body = table(_even(rows, widest), printer.paint, room)
        yield [printer.paint(wording.day(day), Tone.HEAD), *body]


def _even(rows: list[Row], widest: int) -> list[Row]:
    """Let the columns of all days stand below each other."""
    time, name, what = rows[0]
    return [(time, Cell(name.text.ljust(widest), name.tone), what), *rows[1:]]


def _rows(events: tuple[Line, ...], titles: dict[str, str]) -> Iterator[Row]:
    before = ("", "")
    for line in events:
        event = line.event
        time, name = clock(event.at), titles[event.session]
        what = event.title
        if line.last is not None:
            what = wording.renewed_often(line.times, line.last)
        same = (time, name) == before
        before = time, name
        shown = ("", "") if same else before
        yield Cell(shown[0]), Cell(shown[1]), Cell(what, KINDS[event.kind])


def _assumed(told: Simulation, room: int | None) -> list[str]:
    body = [line for one in told.assumptions for line in folded(one, room)]
    return [wording.ASSUMED, *body]
