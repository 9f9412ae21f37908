"""What a tick does with what was read, so that odd values show where they hurt."""

from __future__ import annotations

import json

from tests.builders import NOON, a_profile, a_session
from tray.core.board import Board
from tray.core.face import face
from tray.core.horizon import observe
from tray.core.memory import Memory
from tray.core.model import AwsConfig, CachedToken, CacheEntry
from tray.core.report import report
from tray.core.rules import decide, next_deadline
from tray.core.settings import Settings
from tray.core.status import Facts, assess
from tray.core.wording.board import tooltip
from tray.core.wording.prompts import together
from tray.desktop.menu import Menu

CORP = a_session()
CONFIG = AwsConfig((CORP,), (a_profile(),))


def look(
    entry: CacheEntry | None,
    memory: Memory | None = None,
    settings: Settings | None = None,
    config: AwsConfig = CONFIG,
) -> None:
    """Assess, decide and show, as the monitor does at every tick."""
    memory, settings = memory or Memory(), settings or Settings()
    tokens = {} if entry is None else {CORP.cache_key: entry}
    if isinstance(entry, CachedToken):
        record = observe(memory.of(CORP.cache_key), entry, NOON, lapsed=False)
        memory = memory.with_record(CORP.cache_key, record)
    board = assess(Facts(config, tokens, memory), NOON, settings)
    assert decide(board, board) == ()
    for action in decide(Board(), board):
        prompt = getattr(action, "prompt", None)
        if prompt is not None:
            together(prompt)
    next_deadline(board, NOON, settings)
    face(board, NOON)
    json.dumps(report(board, NOON, daemon=True)).encode()
    tooltip(board, NOON).encode()
    for row in Menu().rows(board, NOON):
        repr(row).encode()
