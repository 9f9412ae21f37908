"""The profiles: whose they are, and until when each is safe to rely on."""

from __future__ import annotations

from argparse import Namespace

from tray.cli.outside import Tools
from tray.cli.printer import Printer, Tone
from tray.cli.reports import config_error, entries, only_session, print_json
from tray.cli.seen import Seen, read_report
from tray.cli.tables import Cell, Row, table
from tray.core.profiles import ProfileStatus, profile_statuses
from tray.core.reliance import NOTHING_WORKS
from tray.core.report import VERSION
from tray.core.wording import cli as wording
from tray.core.wording.board import session_title
from tray.core.wording.reliance import works_until


def profiles(options: Namespace, tools: Tools) -> int:
    """List the profiles."""
    report = only_session(tools.report(), options.session)
    if options.json:
        listed = list(entries(report, "profiles"))
        print_json({"version": VERSION, "profiles": listed}, tools.printer)
    else:
        _print_table(read_report(report), tools.printer)
    wrong = config_error(report, options.session)
    if wrong is not None:
        raise wrong
    return 0


def _print_table(seen: Seen, printer: Printer) -> None:
    heads = [Cell(head, Tone.HEAD) for head in wording.PROFILE_HEADS]
    rows = [_row(status, seen) for status in profile_statuses(seen.board)]
    if rows:
        room = printer.size[0] if printer.terminal else None
        printer.result("\n".join(table([heads, *rows], printer.paint, room)))
    elif not seen.unreadable():
        printer.say(wording.NO_PROFILES)


def _row(status: ProfileStatus, seen: Seen) -> Row:
    profile, session = status.profile, status.session
    return (
        Cell(profile.name),
        Cell(session_title(session.session) if session else profile.session),
        Cell(profile.account_id),
        Cell(profile.role_name),
        _safe(status, seen),
    )


def _safe(status: ProfileStatus, seen: Seen) -> Cell:
    if status.problem is not None:
        return Cell(f"{status.problem.title} {status.problem.remedy}", Tone.BAD)
    works = seen.works.get(status.profile.name, NOTHING_WORKS)
    also = f"; {works_until(works, seen.now)}" if works.differ else ""
    if status.safe_until is not None:
        return Cell(wording.safe_until(status.safe_until, seen.now) + also, Tone.GOOD)
    needs = status.session.needs if status.session else "config"
    return Cell(f"{wording.SAFE_MISSING[needs]}{also}", Tone.WARN)
