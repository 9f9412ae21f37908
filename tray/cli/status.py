"""How the sessions stand: once, or for as long as somebody watches."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from tray.cli.outside import Tools
from tray.cli.printer import Printer
from tray.cli.reports import config_error, only_session, print_json
from tray.cli.service import Answer
from tray.core.errors import Cancelled

INTERVAL = 1.0
"""Seconds between two looks while somebody watches."""

BARS = frozenset({"waybar", "polybar", "tmux", "starship"})
"""The formats of one line, `core/bars.py` has them; that is imported late."""

Show = Callable[[Answer], None]


def status(options: Namespace, tools: Tools) -> int:
    """Show how the sessions stand."""
    if options.watch:
        with suppress(KeyboardInterrupt):
            _watch(options, tools)
        return Cancelled.exit_status
    report = only_session(tools.report(), options.session)
    if options.format == "json":
        print_json(report, tools.printer)
    elif options.format in BARS:
        tools.printer.result(_bar_line(report, options.format))
    else:
        _print_table(report, tools.printer)
    if options.format in BARS:  # a bar shows what it is told, and no errors
        return 0
    wrong = config_error(report, options.session)
    if wrong is not None:
        raise wrong
    return 0


def _bar_line(report: Answer, form: str) -> str:
    """Give what a bar reads: a line of text, or waybar's JSON."""
    import json

    from tray.cli.seen import read_report
    from tray.core.bars import Bar, bar

    seen = read_report(report)
    shown = bar(seen.board, seen.now, Bar(form))
    line = shown.get("line")
    return line if isinstance(line, str) else json.dumps(shown, separators=(",", ":"))


def _print_table(report: Answer, printer: Printer) -> None:
    from tray.cli import boards
    from tray.cli.seen import read_report

    seen = read_report(report)
    lines = boards.board_lines(seen, printer)
    if lines:
        printer.result("\n".join(lines))
    for line in boards.talk(seen):
        printer.say(line)


def _watch(options: Namespace, tools: Tools) -> None:
    """Look each second, until Ctrl-C."""
    with _showing(options.format, tools.printer) as show:
        while True:
            show(only_session(tools.report(), options.session))
            tools.outside.pause(INTERVAL)


@contextmanager
def _showing(form: str, printer: Printer) -> Iterator[Show]:
    if form == "json":
        yield _json_changes(printer)
    elif form in BARS:
        yield _bar_changes(printer, form)
    elif not printer.movable:
        yield _line_changes(printer)
    else:
        printer.begin_screen()
        try:
            yield _screens(printer)
        finally:
            printer.end_screen()


def _json_changes(printer: Printer) -> Show:
    last: Answer = {}

    def show(report: Answer) -> None:
        nonlocal last
        timeless = {**report, "now": None}
        if timeless != last:
            print_json(report, printer)
        last = timeless

    return show


def _bar_changes(printer: Printer, form: str) -> Show:
    last = ""

    def show(report: Answer) -> None:
        nonlocal last
        line = _bar_line(report, form)
        if line != last:
            printer.result(line)
        last = line

    return show


def _line_changes(printer: Printer) -> Show:
    from tray.cli import boards
    from tray.cli.seen import read_report

    last: dict[str, str] = {}

    def show(report: Answer) -> None:
        nonlocal last
        seen = read_report(report)
        labels = boards.labels(seen)
        for key, label in labels.items():
            if last.get(key) != label:
                printer.result(boards.change(seen.now, label))
        last = labels

    return show


def _screens(printer: Printer) -> Show:
    from tray.cli import boards
    from tray.cli.seen import read_report

    last: list[str] = []

    def show(report: Answer) -> None:
        nonlocal last
        lines = boards.screen_lines(read_report(report), printer)
        if lines != last:
            printer.redraw(lines)
        last = lines

    return show
