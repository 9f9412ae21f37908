"""Small records of our own: who asked for what, and tokens that rest in the keyring."""

from __future__ import annotations

from pathlib import Path

from tests.builders import NOON, a_token, hours
from tests.fakes.keystore import DictKeystore
from tests.fuzz.looking import CORP, look
from tests.fuzz.target import Target
from tray.aws.kept_tokens import KeptTokens
from tray.core.audit import Asked, line_of
from tray.core.kept import facts_of
from tray.core.model import CachedToken
from tray.system.audit_log import AuditFile

ONE = Asked(NOON, "terraform", "prod", "served")
LINE = line_of(ONE).encode() + b"\n"
FACTS = facts_of(a_token()).encode()
BARE = facts_of(a_token(hours(8), refreshable=False)).encode()


class AuditReading:
    """`audit.jsonl`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "state" / "audit.jsonl"
        self.path.parent.mkdir(mode=0o700, exist_ok=True)

    def __call__(self, data: bytes) -> None:
        """Read it; what is added to it is the newest, whatever stood there."""
        self.path.write_bytes(data)
        log = AuditFile(self.path)
        before = log.recent(100)
        for asked in before:
            assert line_of(asked).isascii()
        log.add([ONE])
        assert log.recent(1) == (ONE,)


class FactsReading:
    """`kept/CACHE-KEY.json`."""

    def __init__(self, folder: Path) -> None:
        self.facts, self.cache = folder / "kept", folder / "cache"
        for each in (self.facts, self.cache):
            each.mkdir(exist_ok=True)

    def __call__(self, data: bytes) -> None:
        """Read it; what is read is a token that the board can stand."""
        key = CORP.cache_key
        folders = (self.cache, self.facts)
        tokens = KeptTokens(folders, DictKeystore(), lambda _: None)
        tokens.facts_path(key).write_bytes(data)
        entry = tokens.read_all([key]).get(key)
        assert tokens.is_kept(key) is (entry is not None)
        assert not list(self.cache.iterdir())
        if isinstance(entry, CachedToken):
            look(entry)


TARGETS = (
    Target(
        "audit",
        AuditReading,
        ("tray.core.audit", "tray.system.audit_log"),
        (
            b"",
            LINE,
            LINE * 3,
            LINE[:20],
            LINE + LINE[:30],
            b"\xff\n" + LINE,
            b"\0" * 99,
        ),
        (
            b'"at":',
            b'"program":',
            b'"profile":',
            b'"result":',
            b"\n",
            b"\r",
            b"{",
            b"}",
        ),
    ),
    Target(
        "kept",
        FactsReading,
        ("tray.core.kept", "tray.aws.kept_tokens"),
        (b"", b"{}", FACTS, BARE, FACTS[:50], FACTS.replace(b"2026", b"9999")),
        (b'"version": 1', b'"fingerprint": ', b"null", b"2026-03-02T12:00:00Z", b"7"),
    ),
)
"""What is fuzzed here."""
