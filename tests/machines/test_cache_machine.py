"""The token cache under everybody's hands, beside a model of what must lie there."""

from __future__ import annotations

import json
import logging
import stat
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from tests.builders import NOON
from tests.machines.cache_world import CORP, FakeWorld, FileWorld, Lying, World, Written
from tests.machines.lengths import bounded
from tray.core.errors import TrayError
from tray.core.model import CachedToken, CacheEntry, Unreadable

assert sys.platform != "win32"  # modes of files, and full disks

FORMS: tuple[Callable[[datetime], str], ...] = (
    lambda at: at.strftime("%Y-%m-%dT%H:%M:%SZ"),
    lambda at: at.strftime("%Y-%m-%dT%H:%M:%SUTC"),
    lambda at: at.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
    lambda at: at.strftime("%Y-%m-%dT%H:%M:%S+00:00"),
    lambda at: (at + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M:%S+02:00"),
    lambda at: at.strftime("%Y-%m-%d %H:%M:%S"),
)
"""How other tools write a date."""

STRANGE: st.SearchStrategy[dict[str, object]] = st.dictionaries(
    st.sampled_from(["ideState", "scopes", "\N{PILE OF POO}", "startURL"]),
    st.sampled_from([None, 1, [], {"a": None}, "text", 1.5, True]),
    max_size=2,
)
"""Members that are not ours to know."""

OURS = {
    "startUrl",
    "region",
    "accessToken",
    "expiresAt",
    "clientId",
    "clientSecret",
    "registrationExpiresAt",
    "refreshToken",
}

ENDS = st.integers(-120, 120)
NOT_TOKENS = (b"", b"{", b"null", b"[]", b'{"accessToken": "x"}', b"\0" * 40, b"\xff{}")


def strange(written: Written) -> dict[str, object]:
    """Give the members that a renewal must keep."""
    return {
        name: value
        for name, value in written.members.items()
        if name not in OURS and value is not None
    }


def agrees(entry: CacheEntry | None, lying: Lying) -> bool:
    """Tell whether what was read is what lies there."""
    if lying is None or isinstance(lying, bytes):
        return entry is None if lying is None else isinstance(entry, Unreadable)
    return isinstance(entry, CachedToken) and entry.token == lying.token


class Everybody(RuleBasedStateMachine):
    """Other programs, and our log-outs: for the fake and for files."""

    def __init__(self) -> None:
        super().__init__()
        self.world: World = FakeWorld()
        self.lying: Lying = None
        self.count = 0

    def new(self, ends: int, form: int = 0, **members: object) -> Written:
        """Make a token that nobody has seen, ending so many minutes from noon."""
        self.count += 1
        text, at = f"token-{self.count}", NOON + timedelta(minutes=ends)
        members = {"accessToken": text, "expiresAt": FORMS[form](at), **members}
        return Written(text, at, members)

    def foreign(
        self, ends: int, form: int, odd: dict[str, object], *, renewable: bool | None
    ) -> Written:
        """Make a token as another program writes it; None: with nulls."""
        names: tuple[str, ...] = ("refreshToken", "clientId", "clientSecret")
        if renewable is not None and not renewable:
            names = ()
        values = {name: renewable and f"{name}-{self.count}" for name in names}
        return self.new(ends, form, **{**odd, **values})

    @rule(
        ends=ENDS,
        form=st.integers(0, len(FORMS) - 1),
        odd=STRANGE,
        renewable=st.none() | st.booleans(),
        rename=st.booleans(),
    )
    def others_write(
        self,
        ends: int,
        form: int,
        odd: dict[str, object],
        renewable: bool | None,  # noqa: FBT001 - hypothesis gives it by name
        rename: bool,  # noqa: FBT001
    ) -> None:
        """Another program logs in or renews, in place or by rename."""
        self.lying = self.foreign(ends, form, odd, renewable=renewable)
        self.world.put(self.lying, rename=rename)

    @rule(data=st.sampled_from(NOT_TOKENS), rename=st.booleans())
    def others_write_no_token(self, data: bytes, rename: bool) -> None:  # noqa: FBT001
        """Another program writes something else."""
        self.lying = data
        self.world.put(data, rename=rename)

    @rule(part=st.floats(0, 0.99))
    def others_are_half_done(self, part: float) -> None:
        """Another program is in the middle of writing in place."""
        whole = json.dumps(self.foreign(60, 0, {"a": "b"}, renewable=True).members)
        self.lying = whole.encode()[: int(len(whole) * part)]
        self.world.put(self.lying)

    @rule()
    def others_log_out(self) -> None:
        """Another program deletes it."""
        self.lying = None
        self.world.put(None)

    @rule()
    def we_log_out(self) -> None:
        """We delete it."""
        with suppress(TrayError):
            self.world.remove()
            self.lying = None

    @invariant()
    def what_lies_there_is_read(self) -> None:
        """Each reader gives exactly what is there, or says that it is no token."""
        entry = self.world.read()
        assert agrees(entry, self.lying), (entry, self.lying)
        assert entry == self.world.read()
        assert "token-" not in repr(entry)

    def teardown(self) -> None:
        """Leave nothing."""
        logging.getLogger("tray").setLevel(logging.NOTSET)
        self.world.close()


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
        self.waiting: tuple[Written, Lying] | None = None
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
                self.waiting = (ours, before)
                self.files.renewals.write(CORP, ours.token, renewing=True)
        except TrayError:
            return
        if not self.newer(before):
            self.wrote(ours)
        self.waiting = None

    @rule(ends=ENDS)
    def we_log_in(self, ends: int) -> None:
        """Log in through us: whatever is there gives way."""
        ours = self.new(ends, refreshToken="r", clientId="c", clientSecret="s")
        self.files.renewals.forget(CORP)
        self.waiting = None
        try:
            with self.files.as_it_is(), self.files.renewals.room(CORP):
                self.waiting = (ours, self.seen)
                self.files.renewals.write(CORP, ours.token)
        except TrayError:
            return
        self.lying = None
        self.wrote(ours)
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
        ours, before = self.waiting
        if useless:
            assert not left
            self.waiting = None
        elif not left:
            self.lying = None if before is None else self.lying
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
        ours, before = self.waiting
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
        """Know what the child saw: what is torn tells it nothing."""
        if not isinstance(self.lying, bytes):
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
