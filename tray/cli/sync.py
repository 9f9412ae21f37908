"""Bringing profiles into step with what can be reached: a diff first, then consent."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace

from tray.cli.each import look
from tray.cli.outside import Tools
from tray.cli.setting_up import (
    Room,
    enter,
    listed,
    refuse_early,
    remember,
    room_of,
    write,
)
from tray.cli.tables import Cell, Row, table
from tray.core.accesses import Access
from tray.core.choices import NOTHING, Choice
from tray.core.errors import ConfigError, Refused
from tray.core.filtering import Filter, parse_filter
from tray.core.model import SsoSession
from tray.core.naming import DEFAULT_TEMPLATE, parse_template
from tray.core.syncing import Consent, SyncPlan, Wish, edits_of, plan_sync
from tray.core.wording import syncing as wording


def sync(options: Namespace, tools: Tools) -> int:
    """Write the profiles that are missing, and offer the rest."""
    with tools.outside.setting_up(tools.printer, bool(options.debug)) as setup:
        room = room_of(options, tools, setup)
        if options.undo:
            return _undo(room)
        return _sync(room)


def _sync(room: Room) -> int:
    session = _session(room)
    choice = _choice(room, session)
    kept = parse_filter(choice.filter)
    template = parse_template(choice.template or DEFAULT_TEMPLATE)
    refuse_early(room)
    reached = _reached(room, session)
    wanted = tuple(one for one in reached if kept.wants(one))
    _tell_reach(room, session, reached, wanted, kept)
    wish = Wish(session, template, choice.region, choice.output)
    plan = plan_sync(wish, wanted, room.setup.standing())
    show(plan, room)
    if not room.options.dry_run:
        return _carry_out(room, wish, plan, (choice, reached))
    diff = room.setup.editor.diff(edits_of(plan, wish, _consent(room)))
    if diff:
        room.tools.printer.result(diff.rstrip("\n"))
    else:
        room.say(wording.in_step(plan.present))
    return 0


def _carry_out(
    room: Room, wish: Wish, plan: SyncPlan, known: tuple[Choice, Sequence[Access]]
) -> int:
    edits = edits_of(plan, wish, _consent(room))
    if not edits:
        if plan.empty:
            room.say(wording.in_step(plan.present))
    elif room.consents(wording.WRITE):
        write(room, edits)
    else:
        room.say(wording.declined())
        return 0
    remember(room, wish.session, *known)
    return 0


def _session(room: Room) -> SsoSession:
    """Give the session that is meant. Raises `UsageError` and `ConfigError`."""
    seen, name = look(room.tools), room.options.session
    status = seen.named(name) if name else seen.only()
    session = room.setup.verbs.usable_session(status.session.name)
    if session.legacy:
        raise ConfigError(*wording.legacy(session))
    return session


def _choice(room: Room, session: SsoSession) -> Choice:
    """Give what people choose now, or chose before."""
    choice = room.setup.choices.read().get(session.name, NOTHING)
    template, expression = room.options.template, room.options.filter
    if template is not None:
        parse_template(template)
        choice = replace(choice, template=template)
    return choice if expression is None else replace(choice, filter=expression)


def _reached(room: Room, session: SsoSession) -> tuple[Access, ...]:
    if room.asking is not None:
        enter(room, session)
    reached = listed(room, session)
    if not reached:
        raise Refused(*wording.nothing_reached(session))
    return reached


def _tell_reach(
    room: Room,
    session: SsoSession,
    reached: Sequence[Access],
    wanted: Sequence[Access],
    kept: Filter,
) -> None:
    accounts = len({one.account.account_id for one in reached})
    room.say(wording.listed(accounts, len(reached), session))
    if kept.text:
        room.say(wording.filtered(len(wanted), len(reached), kept.text))


def _consent(room: Room) -> Consent:
    return Consent(bool(room.options.prune), bool(room.options.rename))


def _undo(room: Room) -> int:
    room.say(wording.undone(room.setup.editor.undo().path))
    return 0


def show(plan: SyncPlan, room: Room) -> None:
    """Show what differs, before anything is asked."""
    options = room.options
    blocks = (
        (
            wording.added(len(plan.add)),
            [("+", one.name, _of(one.access)) for one in plan.add],
        ),
        (
            wording.changed(len(plan.change)),
            [("~", one.name, _of(one.access)) for one in plan.change],
        ),
        (
            wording.renamed(len(plan.rename), rename=bool(options.rename)),
            [
                (">", f"{one.before} → {one.after}", _of(one.access))
                for one in plan.rename
            ],
        ),
        (
            wording.gone(len(plan.gone), prune=bool(options.prune)),
            [
                ("-", one.name, wording.access(one.role_name, "", one.account_id))
                for one in plan.gone
            ],
        ),
    )
    for head, rows in blocks:
        if rows:
            room.say(head)
            room.say("\n".join(_lines(room, rows)))
    if plan.pinned:
        room.say(wording.pinned(len(plan.pinned)))


def _lines(room: Room, rows: Sequence[tuple[str, str, str]]) -> Iterator[str]:
    most = len(rows) if room.options.dry_run else wording.ROWS
    cells: list[Row] = [[Cell(f"  {s} {n}"), Cell(what)] for s, n, what in rows[:most]]
    yield from table(cells, lambda text, _: text, None)
    if len(rows) > most:
        yield wording.more(len(rows) - most)


def _of(access: Access) -> str:
    return wording.access(access.role, access.account.name, access.account.account_id)
