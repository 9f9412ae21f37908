"""What `configure` and `sync` share: listing with progress, logging in, consent."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tray.cli.asking import Asking
from tray.cli.each import look
from tray.cli.login import log_in, way_of
from tray.cli.outside import Tools
from tray.cli.service import Direct
from tray.core.accesses import Access, Progress
from tray.core.choices import Choice
from tray.core.edits import Edit
from tray.core.errors import UsageError
from tray.core.model import SsoSession
from tray.core.wording import syncing as wording

if TYPE_CHECKING:
    from tray.app.setting_up import SettingUp


@dataclass(frozen=True, slots=True)
class Room:
    """One run of a command that sets up."""

    options: Namespace
    """Its words."""

    tools: Tools
    """What each command is handed, asked in this process."""

    setup: SettingUp
    """The edges."""

    asking: Asking | None
    """Who can be asked; None without a terminal, and with `--yes`."""

    def consents(self, question: str, *, proposed: bool = True) -> bool:
        """Tell whether people want it. Raises `UsageError` where nobody can be asked.

        `--yes` stands for what is proposed.
        """
        if self.options.yes:
            return proposed
        if self.asking is None:
            raise UsageError(*wording.nobody_to_ask())
        return self.asking.confirm(question, proposed=proposed)

    def say(self, text: str) -> None:
        """Say a line."""
        self.tools.printer.say(text)


def room_of(options: Namespace, tools: Tools, setup: SettingUp) -> Room:
    """Give the room of one run; log-ins are begun in this process."""
    asking = None if options.yes else tools.outside.asking()
    return Room(options, replace(tools, asker=Direct(setup.verbs)), setup, asking)


def refuse_early(room: Room) -> None:
    """Begin nothing whose end can't be written. Raises as `ConfigEditor` does."""
    room.setup.editor.diff(())


def listed(room: Room, session: SsoSession) -> tuple[Access, ...]:
    """Give all that can be reached, with the progress shown; Ctrl-C ends it.

    Raises as `Listing.run` does.
    """
    printer = room.tools.printer

    def show(at: Progress) -> None:
        printer.progress(wording.progress(at.done, at.total, at.refused))

    listing = room.setup.listing(session, show)
    try:
        return listing.run()
    finally:
        listing.cancel()
        printer.progress("")


def enter(room: Room, session: SsoSession) -> bool:
    """See that somebody is logged in; tell whether a log-in was needed for that."""
    status = look(room.tools).named(session.name)
    if status.usable or status.renewable:
        return False
    log_in(status, way_of(room.options, room.tools), room.tools)
    return True


def write(room: Room, edits: Sequence[Edit]) -> None:
    """Write edits, and say where, and how to take them back."""
    written = room.setup.editor.write(edits)
    if written is not None:
        room.say(wording.written(written.path, written.backup, len(edits)))


def remember(
    room: Room, session: SsoSession, choice: Choice, reached: Sequence[Access] = ()
) -> None:
    """Keep what people chose; with `reached` also what they have seen now."""
    if reached:
        seen, now = frozenset(one.key for one in reached), room.setup.clock.now()
        choice = replace(choice, seen=seen, looked_at=now, gained=())
    room.setup.choices.change(session.name, lambda _: choice)
