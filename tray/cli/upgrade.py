"""Bringing legacy profiles under an sso-session: a diff first, then consent."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from tray.cli.outside import Tools
from tray.core.errors import UsageError
from tray.core.wording import syncing
from tray.core.wording import upgrading as wording

if TYPE_CHECKING:
    from tray.core.upgrading import UpgradePlan
    from tray.flows.upgrading import Upgrades


def upgrade(options: Namespace, tools: Tools) -> int:
    """Show what would change, and change it where people agree."""
    upgrades, say = tools.outside.upgrades(), tools.printer.say
    if options.undo:
        say(syncing.undone(upgrades.undo().path))
        return 0
    plan = upgrades.plan()
    if plan.elsewhere:
        say(wording.elsewhere(plan.elsewhere))
    if not plan.groups:
        say(wording.NOTHING)
        return 0
    _show(plan, upgrades, tools, dry=bool(options.dry_run))
    if not options.dry_run:
        _carry_out(plan, upgrades, tools, agreed=bool(options.yes))
    return 0


def _show(plan: UpgradePlan, upgrades: Upgrades, tools: Tools, *, dry: bool) -> None:
    """Show all that people should know; of a dry run the diff is the result."""
    say = tools.printer.say
    diff = upgrades.diff(plan).rstrip("\n")
    if dry:
        tools.printer.result(diff)
    else:
        say(diff)
    for group in plan.groups:
        say(wording.grouped(group.session, len(group.profiles), new=group.new))
    say(wording.OLD_TOOLS)


def _carry_out(
    plan: UpgradePlan, upgrades: Upgrades, tools: Tools, *, agreed: bool
) -> None:
    """Write it. Raises `UsageError` where consent is wanted and nobody can be asked."""
    if not agreed:
        asking = tools.outside.asking()
        if asking is None:
            raise UsageError(*syncing.nobody_to_ask())
        agreed = asking.confirm(syncing.WRITE)
    done = upgrades.write(plan) if agreed else None
    if done is None:
        tools.printer.say(syncing.declined())
        return
    names = tuple(group.session.name for group in plan.groups)
    text = wording.written(done.path, done.backup, plan.profiles, names)
    tools.printer.say(text)
