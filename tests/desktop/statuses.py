"""Sessions as a menu meets them."""

from __future__ import annotations

from dataclasses import replace

from tests.builders import NOON, hours, minutes
from tests.fakes.desktop import a_status
from tray.core.board import Needs, Notice, NoticeKind, Phase
from tray.core.horizon import Horizon, Source
from tray.core.model import Problem

LATER = NOON + hours(1)
OFFLINE = Problem("The network is away.", "It is tried again by itself.")
NOTICE = Notice("key", "corp", NoticeKind.ENDED, "1", "corp has ended", "Log in.")
VALID = replace(a_status(), expires_at=LATER, renewable=True, renews_at=NOON)
ENDING = replace(
    a_status(phase=Phase.EXPIRING),
    needs=Needs.LOGIN,
    expires_at=NOON + minutes(12),
    notice=NOTICE,
    horizon=Horizon(NOON + minutes(12), Source.TOKEN),
)
EXPIRED = replace(
    a_status(phase=Phase.EXPIRED), needs=Needs.LOGIN, expires_at=NOON, notice=NOTICE
)
