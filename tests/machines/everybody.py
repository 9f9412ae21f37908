"""Other programs at the token cache, any cache, beside a model of what lies there."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.builders import NOON
from tests.machines.cache_world import FakeWorld, Lying, World, Written
from tray.core.errors import TrayError
from tray.core.model import CachedToken, CacheEntry, Unreadable

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
