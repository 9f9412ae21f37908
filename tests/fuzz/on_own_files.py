"""The files that are ours: settings, and what is remembered."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from tests.builders import NOON, a_token, hours, minutes
from tests.fuzz.looking import CORP, look
from tests.fuzz.target import Target
from tray.core.history import History, SignIn, Trace
from tray.core.ledger import StartedLogin
from tray.core.manners import held
from tray.core.memory import Memory, SessionRecord
from tray.core.model import Grant
from tray.core.planner import next_morning
from tray.core.presence import PRESENT
from tray.core.settings import Settings
from tray.system.settings_file import SettingsFile
from tray.system.store import JsonStore, encode

SETTINGS_WORDS = (
    b'session_duration = "8h"\n',
    b'mode = "open"\n',
    b'notice_before = ["15m", "5m"]\n',
    b'snooze = "15m"\n',
    b'quiet_hours = "22:00-07:00"\n',
    b'quiet_hours = ["mon-fri 09:00-17:30", "24:00-24:00"]\n',
    b'idle_after = "5m"\n',
    b'working_hours = "mon-fri 09:00-17:30"\n',
    b'daily_login = "08:45"\n',
    b'login_timeout = "10m"\n',
    b"[sessions.corp]\n",
    b"[sessions]\n",
    b'"999999999d"',
    b'"sun-mon 00:00-24:00"',
    b"2026-03-02T12:42:00Z",
    b"08:45:00",
    b"''",
    b"0x1f",
    b"1_0",
    b" = ",
    b".",
)

SETTINGS = (
    b"",
    b"".join(SETTINGS_WORDS[:10]),
    *SETTINGS_WORDS[:10],
    b'[sessions.corp]\nsession_duration = "12h"\nmode = "silent"\n',
    b"\xef\xbb\xbf" + SETTINGS_WORDS[0],
    SETTINGS_WORDS[0].decode().encode("utf-16"),
    b"mode = 3\nsnooze = []\nsessions = 1\nnotice_before = {}\nx = nan\n",
    b"x = " + b"[" * 500,
    b'notice_before = ["999999999d"]\n',
    b"a.b.c.d = 1\n[a.b]\n[[a.c]]\n",
)

_PAST = SignIn(NOON - hours(20), NOON - hours(13), NOON - hours(12), cut=True)
_RECORD = SessionRecord(
    logged_in_at=NOON - hours(3),
    token="0" * 16,
    token_life=hours(1),
    lives=(hours(1), minutes(59)),
    refused="1" * 16,
    revoked="2" * 16,
    final="3" * 16,
    announced=("1/ended/",),
    snoozed_until=NOON + minutes(3),
    muted_at=NOON,
    remind_at=NOON + hours(1),
    renewing="4" * 16,
    history=History(
        (_PAST,),
        SignIn(NOON - hours(3), NOON, within=NOON - hours(4), renewals=3),
        Trace(NOON + minutes(42), "5" * 16, "6" * 16),
        keeps=True,
    ),
    unreached=2,
    stranger_at=NOON,
    kept=("corp 111122223333 Admin",),
)
_MEMORY = Memory(
    {CORP.cache_key: _RECORD},
    paused=True,
    pinned=("dev",),
    recent=("dev",),
    account_names={"111122223333": "Main"},
    logins=(StartedLogin(NOON, "corp", Grant.DEVICE_CODE, "menu"),),
)


def _written(memory: Memory) -> bytes:
    return json.dumps(encode(memory)).encode()


MEMORIES = (
    b"",
    b"{}",
    _written(Memory()),
    _written(_MEMORY),
    _written(Memory({CORP.cache_key: SessionRecord(logged_in_at=NOON)})),
    _written(_MEMORY)[:300],
    _written(_MEMORY).replace(b'"version": 1', b'"version": 2'),
    _written(_MEMORY).decode().encode("utf-16"),
    b"\xef\xbb\xbf" + _written(_MEMORY),
    _written(_MEMORY).replace(b"2026", b"9999"),
    _written(_MEMORY).replace(b"2026", b"0001"),
    b"\0" * 100,
)

EIGHT_HOURS = Settings(session_duration=hours(8))

MEMORY_WORDS = (
    b'"version": 1',
    b'"sessions": {',
    CORP.cache_key.encode(),
    *(f'"{name}": '.encode() for name in encode(_MEMORY)),
    *(f'"{name}": '.encode() for name in SessionRecord.__slots__),
    *(f'"{name}": '.encode() for name in SignIn.__slots__),
    b'"2026-03-02T12:42:00+00:00"',
    b'"0001-01-01T00:00:00+00:00"',
    b'"9999-12-31T23:59:59+00:00"',
    b"1e300",
    b"-1e15",
    b"86399999999999",
    b"true",
    b", ",
    b"}",
)


class SettingsReading:
    """`settings.toml`."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "settings.toml"

    def check(self, data: bytes) -> None:
        """Read it; what is wrong is named, and what is read never stops a tick."""
        self.path.write_bytes(data)
        file = SettingsFile(self.path)
        settings = file.read()
        assert file.read() is settings
        for problem in file.problems:
            assert problem.title
            assert problem.remedy
        held(PRESENT, NOON, settings)
        next_morning(NOON, settings)
        assert NOON + settings.snooze > NOON
        assert NOON + settings.login_timeout > NOON
        look(a_token(refreshable=False), settings=settings)
        look(a_token(), Memory({CORP.cache_key: _RECORD}), settings)


class MemoryReading:
    """`state.json`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "state"
        self.folder.mkdir(mode=0o700, exist_ok=True)
        self.path = self.folder / "state.json"

    def check(self, data: bytes) -> None:
        """Read it; a sound one is written and read as the same, others set aside."""
        for each in self.folder.glob("state.json*"):
            each.unlink()
        self.path.write_bytes(data)
        JsonStore(self.path).peek()
        store = JsonStore(self.path)
        memory = store.load()
        repr(memory).encode()
        for settings in (Settings(), EIGHT_HOURS):
            look(a_token(), memory, settings)
            look(a_token(refreshable=False), memory, settings)
        store.save(memory)
        again = JsonStore(self.path).load()
        assert again == memory


def _silently(make: type[SettingsReading | MemoryReading], folder: Path) -> Checked:
    return Checked(make(folder))


class Checked:
    """A reader whose warnings are not wanted."""

    def __init__(self, reading: SettingsReading | MemoryReading) -> None:
        self.reading = reading

    def __call__(self, data: bytes) -> None:
        """Read one input with the log switched off."""
        before = logging.root.manager.disable
        logging.disable(logging.CRITICAL)
        try:
            self.reading.check(data)
        finally:
            logging.disable(before)


TARGETS = (
    Target(
        "settings",
        lambda folder: _silently(SettingsReading, folder),
        (
            "tray.system.settings_file",
            "tray.core.settings",
            "tray.core.hours",
            "tray.core.planner",
            "tray.core.prompts",
        ),
        SETTINGS,
        SETTINGS_WORDS,
    ),
    Target(
        "memory",
        lambda folder: _silently(MemoryReading, folder),
        (
            "tray.system.store",
            "tray.system.store_history",
            "tray.system.store_logins",
            "tray.core.horizon",
            "tray.core.learning",
            "tray.core.sightings",
            "tray.core.status",
        ),
        MEMORIES,
        MEMORY_WORDS,
    ),
)
