"""Tokens between their files and the keyring: none is lost at any step."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from tests.aws.asking import CORP, KEY, NEW, OLD
from tests.fakes.keystore import DictKeystore, DictSafe
from tray.aws.kept_tokens import KeptTokens
from tray.core.errors import CannotTell, TrayError
from tray.core.model import CachedToken, Secret, Unreadable
from tray.core.ports import TokenSafe


class Place:
    """A cache with one token in its file, and a keyring."""

    def __init__(self, folder: Path) -> None:
        self.keystore = DictKeystore()
        self.cache, self.facts = folder / "cache", folder / "state" / "kept"
        self.path = self.cache / f"{KEY}.json"
        self.tokens = self.others()
        self.tokens.write(CORP, OLD)
        os.utime(self.path, (1_700_000_000, 1_700_000_000))

    def others(self) -> KeptTokens:
        """Give the same as another process has it."""
        return KeptTokens((self.cache, self.facts), self.keystore, lambda _: None)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """Give the place."""
    return Place(tmp_path)


@pytest.mark.parametrize("real", [True, False])
def test_every_safe_moves_and_moves_back(place: Place, *, real: bool) -> None:
    """What `TokenSafe` promises."""
    safe: TokenSafe = place.tokens if real else DictSafe({KEY})
    assert (safe.has_file(KEY), safe.is_kept(KEY)) == (True, False)
    safe.give_back(KEY)
    assert (safe.has_file(KEY), safe.is_kept(KEY)) == (True, False)
    safe.keep(KEY)
    assert (safe.has_file(KEY), safe.is_kept(KEY)) == (False, True)
    safe.keep(KEY)
    assert (safe.has_file(KEY), safe.is_kept(KEY)) == (False, True)
    safe.give_back(KEY)
    assert (safe.has_file(KEY), safe.is_kept(KEY)) == (True, False)
    safe.keep("nobody's")
    assert not safe.is_kept("nobody's")


def test_a_look_at_all_asks_no_keyring(place: Place) -> None:
    """What the board needs is known; the secrets are nowhere on the disk."""
    before = place.tokens.read_all([KEY])[KEY]
    place.tokens.keep(KEY)
    asked = len(place.keystore.asked)
    after = place.others().read_all([KEY, "other"])

    assert isinstance(before, CachedToken)
    kept = after[KEY]
    assert isinstance(kept, CachedToken)
    assert after.keys() == {KEY}
    assert kept.fingerprint == before.fingerprint
    assert kept.written_at == before.written_at
    assert len(place.keystore.asked) == asked
    assert place.others().read_all([KEY]) == after
    (facts,) = place.facts.iterdir()
    assert stat.S_IMODE(facts.stat().st_mode) == 0o600
    for secret in (OLD.value, OLD.refresh_token, OLD.client_secret):
        assert secret is not None
        assert secret.reveal() not in facts.read_text()


def test_who_renews_gets_the_token_itself(place: Place) -> None:
    """It comes out of the keyring as it went in, with its date."""
    before = place.tokens.read(KEY)
    place.tokens.keep(KEY)
    after = place.others().read(KEY)

    assert isinstance(before, CachedToken)
    assert after == before
    assert after.token.refresh_token == OLD.refresh_token


def test_a_renewal_lands_in_its_file_first(place: Place) -> None:
    """So it is safe whatever the keyring does; and from there it moves on."""
    place.tokens.keep(KEY)
    place.keystore.locked = True
    place.tokens.write(CORP, NEW, renewing=True)
    seen = place.others().read(KEY)
    with pytest.raises(CannotTell):
        place.tokens.keep(KEY)
    assert place.tokens.has_file(KEY)
    place.keystore.locked = False
    place.tokens.keep(KEY)

    assert isinstance(seen, CachedToken)
    assert seen.token.value == NEW.value
    kept = place.others().read(KEY)
    assert isinstance(kept, CachedToken)
    assert kept.token.value == NEW.value
    assert not place.tokens.has_file(KEY)


def test_a_log_in_of_another_tool_counts(place: Place) -> None:
    """A file that is there is what holds, however long the kept one lives."""
    place.tokens.write(CORP, NEW)
    place.tokens.keep(KEY)
    place.tokens.write(CORP, OLD)

    entry = place.others().read_all([KEY])[KEY]
    assert isinstance(entry, CachedToken)
    assert entry.token.value == OLD.value
    place.tokens.give_back(KEY)
    back = place.others().read(KEY)
    assert isinstance(back, CachedToken)
    assert back.token.value == OLD.value


def test_it_comes_back_byte_for_byte(place: Place) -> None:
    """Members of others, the file's mode and its date included."""
    content = place.path.read_text()[:-1] + ', "theirs": {"x": 1}}'
    place.path.write_text(content)
    os.utime(place.path, (1_700_000_000, 1_700_000_000))
    place.tokens.keep(KEY)
    place.tokens.give_back(KEY)

    assert place.path.read_text() == content
    assert place.path.stat().st_mtime == 1_700_000_000
    assert stat.S_IMODE(place.path.stat().st_mode) == 0o600
    assert place.keystore.entries == {}
    assert not list(place.facts.iterdir())


def test_a_renewal_keeps_the_members_of_others(place: Place) -> None:
    """What another tool has put into the file survives, from keyring to keyring."""
    content = place.path.read_text()[:-1] + ', "theirs": {"x": 1}}'
    place.path.write_text(content)
    place.tokens.keep(KEY)
    renewing = place.others()
    renewing.read(KEY)
    renewing.write(CORP, NEW, renewing=True)
    place.tokens.keep(KEY)
    place.tokens.give_back(KEY)

    written = json.loads(place.path.read_text())
    assert written["theirs"] == {"x": 1}
    assert written["accessToken"] == NEW.value.reveal()


def test_a_locked_keyring_is_not_logged_out(place: Place) -> None:
    """Nobody can tell what it has, and that is what is said."""
    place.tokens.keep(KEY)
    place.keystore.locked = True

    entry = place.others().read(KEY)
    assert isinstance(entry, Unreadable)
    assert entry.problem.title == "Locked."
    with pytest.raises(CannotTell):
        place.tokens.give_back(KEY)
    assert place.tokens.is_kept(KEY)


@pytest.mark.parametrize("left", [None, Secret("{}"), Secret("half a tok")])
def test_a_keyring_that_has_lost_it(place: Place, left: Secret | None) -> None:
    """People are told to log in again; nothing is called a token that is none."""
    place.tokens.keep(KEY)
    (name,) = place.keystore.entries
    place.keystore.entries.clear()
    if left is not None:
        place.keystore.entries[name] = left

    entry = place.others().read(KEY)
    assert isinstance(entry, Unreadable)
    assert "Log in again" in entry.problem.remedy


def test_nothing_is_put_back_from_an_empty_keyring(place: Place) -> None:
    """That is told, and no file is made of nothing."""
    place.tokens.keep(KEY)
    place.keystore.entries.clear()

    with pytest.raises(CannotTell, match="no longer has"):
        place.tokens.give_back(KEY)
    assert not place.tokens.has_file(KEY)


class Forgetful(DictKeystore):
    """A keyring that keeps nothing of what it takes."""

    def write(self, name: str, secret: Secret) -> None:
        """Take it, and forget it."""
        assert name
        assert secret


def test_a_keyring_that_keeps_nothing(place: Place) -> None:
    """What it does not give back stays in its file."""
    place.keystore = Forgetful()
    tokens = place.others()

    with pytest.raises(CannotTell, match="did not give back"):
        tokens.keep(KEY)
    assert (tokens.has_file(KEY), tokens.is_kept(KEY)) == (True, False)


class Slow(DictKeystore):
    """A keyring during whose work somebody else writes a token."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self.place = place

    def read(self, name: str) -> Secret | None:
        """Let another tool log in meanwhile."""
        self.place.tokens.write(CORP, NEW)
        return super().read(name)


def test_somebody_writes_meanwhile(place: Place) -> None:
    """Their token stays where it is, and is the next to move."""
    place.keystore = Slow(place)
    place.others().keep(KEY)

    entry = place.tokens.read_all([KEY])[KEY]
    assert isinstance(entry, CachedToken)
    assert entry.token.value == NEW.value


@pytest.mark.parametrize("content", [b"", b'{"half', b"\xff\xfe", b"{}"])
def test_what_is_no_token_stays_where_it_is(place: Place, content: bytes) -> None:
    """A torn file is left to its writer."""
    place.path.write_bytes(content)
    place.tokens.keep(KEY)

    assert place.path.read_bytes() == content
    assert place.keystore.entries == {}


def test_a_disk_that_does_not_take_the_facts(place: Place) -> None:
    """Without them the token would not be found again: so its file stays."""
    place.facts.parent.mkdir(parents=True)
    place.facts.write_text("no folder")

    with pytest.raises(TrayError, match="can't be written"):
        place.tokens.keep(KEY)
    assert place.tokens.has_file(KEY)


def test_a_log_out_leaves_nothing(place: Place) -> None:
    """Neither file nor facts nor an entry; with a locked keyring it is over as well."""
    place.tokens.keep(KEY)
    place.tokens.remove(KEY)

    assert place.keystore.entries == {}
    assert place.others().read_all([KEY]) == {}
    assert place.others().read(KEY) is None
    place.tokens.write(CORP, OLD)
    place.tokens.keep(KEY)
    place.keystore.locked = True
    place.tokens.remove(KEY)
    assert place.others().read_all([KEY]) == {}


def test_two_caches_do_not_meet_in_one_keyring(place: Place, tmp_path: Path) -> None:
    """The demo's session of the same name is another one."""
    place.tokens.keep(KEY)
    other = Place(tmp_path / "demo")
    other.keystore = place.keystore
    other.others().keep(KEY)

    assert len(place.keystore.entries) == 2
    third = Place(tmp_path / "home")
    third.facts = place.facts
    third.others().give_back(KEY)
    assert place.others().is_kept(KEY)


def test_damaged_facts_are_none(place: Place) -> None:
    """Then nobody is logged in as far as is known, and nothing breaks."""
    place.tokens.keep(KEY)
    for facts in place.facts.iterdir():
        facts.write_text("{")

    assert place.others().read_all([KEY]) == {}
