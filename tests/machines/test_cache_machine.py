"""The token cache under everybody's hands, beside a model of what must lie there."""

from __future__ import annotations

import json
import logging
import stat
import sys
import tempfile
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.machines.cache_world import CORP, FileWorld, Lying, Written
from tests.machines.everybody import ENDS, STRANGE, Everybody, agrees, strange
from tests.machines.lengths import bounded
from tray.core.errors import TrayError
from tray.core.model import CachedToken, CacheEntry

assert sys.platform != "win32"  # modes of files, and full disks


class EverybodyOnFiles(Everybody):
    """The same on files, with all of us and all that a disk can do."""

    files: FileWorld

    @initialize()
    def begin(self) -> None:
        """Make a home."""
        logging.getLogger("tray").setLevel(logging.CRITICAL)  # it warns, rightly
        self.files = FileWorld(Path(tempfile.mkdtemp(prefix="cache-machine-")))
        self.world = self.files
        self.ours = False
        self.waiting: tuple[Written, Lying, bool] | None = None
        self.seen: Lying = None

    @rule(folder=st.booleans())
    def something_is_in_the_way(self, folder: bool) -> None:  # noqa: FBT001
        """Neither folder nor file can be written."""
        self.files.block(folder=folder)
        self.lying = None if folder else b"a folder"

    @rule()
    def the_folder_goes(self) -> None:
        """Somebody cleans up."""
        self.files.remove_folder()
        self.lying = None

    @rule(full=st.booleans())
    def the_disk_fills(self, full: bool) -> None:  # noqa: FBT001
        """Nothing can be written for a while."""
        self.files.full = full

    @rule(
        ends=ENDS,
        odd=STRANGE,
        meanwhile=st.sampled_from(("", "", "write", "tear", "delete")),
        their_ends=ENDS,
    )
    @precondition(lambda self: isinstance(self.lying, Written) and not self.waiting)
    def we_renew(
        self, ends: int, odd: dict[str, object], meanwhile: str, their_ends: int
    ) -> None:
        """We renew, and others may act between our question and its answer."""
        before = self.lying
        self.look()
        ours = self.new(ends, refreshToken="r", clientId="c", clientSecret="s")
        try:
            with self.files.as_it_is(), self.files.renewals.room(CORP):
                if meanwhile == "write":
                    self.others_write(their_ends, 0, odd, True, False)  # noqa: FBT003
                elif meanwhile == "tear":
                    self.others_are_half_done(0.5)
                elif meanwhile == "delete":
                    self.others_log_out()
                self.waiting = (ours, before, True)
                self.files.renewals.write(CORP, ours.token, renewing=True)
        except TrayError:
            return
        if not self.newer(before):
            self.wrote(ours)
        self.note()
        self.waiting = None

    @rule(ends=ENDS)
    def we_log_in(self, ends: int) -> None:
        """Log in through us: whatever is there gives way."""
        ours = self.new(ends, refreshToken="r", clientId="c", clientSecret="s")
        self.files.renewals.forget(CORP)
        self.waiting = None
        try:
            with self.files.as_it_is(), self.files.renewals.room(CORP):
                self.note()
                self.waiting = (ours, self.seen, False)
                self.files.renewals.write(CORP, ours.token)
        except TrayError:
            return
        self.lying = None
        self.wrote(ours)
        self.note()
        self.waiting = None

    @rule()
    def we_try_again(self) -> None:
        """Write what could not be written, unless it is of no more use."""
        useless = self.waiting is not None and self.superseded(self.waiting[1])
        with self.files.as_it_is():
            left = self.files.renewals.save_all()
        if self.waiting is None:
            assert not left
            return
        ours, _, renewed = self.waiting
        if useless:
            assert not left
            self.waiting = None
        elif not left:
            self.lying = self.lying if renewed else None
            self.wrote(ours)
            self.waiting = None
        self.note()

    @invariant()
    def nothing_is_left_about(self) -> None:
        """No unfinished file, and what we wrote is for the owner's eyes only."""
        assert self.files.litter() == []
        assert agrees(self.files.read_afresh(), self.lying)
        if self.ours and isinstance(self.lying, Written):
            status = self.files.path.stat()
            on_disk = json.loads(self.files.path.read_bytes())
            assert strange(self.lying).items() <= on_disk.items()
            if self.lying.members.get("written by us"):
                assert stat.S_IMODE(status.st_mode) == 0o600

    @invariant()
    def no_token_of_ours_is_lost(self) -> None:
        """Use what could not be written, until others have a better one."""
        if self.waiting is None:
            return
        ours, before, _ = self.waiting
        entry = self.look()
        if self.superseded(before):
            assert agrees(entry, self.lying)
        else:
            assert isinstance(entry, CachedToken)
            assert entry.token == ours.token

    def look(self) -> CacheEntry | None:
        """Read as the child does."""
        entry = self.files.renewals.read(CORP.cache_key)
        self.note()
        return entry

    def note(self) -> None:
        """Know what the child saw: torn files and missing folders tell it nothing."""
        away = self.lying is None and not self.files.folder.is_dir()
        if not away and not isinstance(self.lying, bytes):
            self.seen = self.lying

    def wrote(self, ours: Written) -> None:
        """Know that our token lies there now, with what others keep in the file."""
        kept = strange(self.lying) if isinstance(self.lying, Written) else {}
        self.lying = Written(ours.text, ours.expires_at, {**ours.members, **kept})
        self.ours = True

    def newer(self, before: Lying) -> bool:
        """Tell whether others have a newer token there than the one that was."""
        if not isinstance(self.lying, Written):
            return False
        if not isinstance(before, Written):
            return True
        other = self.lying.text != before.text
        return other and self.lying.expires_at > before.expires_at

    def superseded(self, before: Lying) -> bool:
        """Tell whether a token of ours that waits is of no more use."""
        if self.lying is None:
            return before is not None and self.files.folder.is_dir()
        return self.newer(before)


TestFakeCache = Everybody.TestCase
TestFakeCache.settings = bounded(60, 30)
TestRealCache = EverybodyOnFiles.TestCase
TestRealCache.settings = bounded(60, 30)
