"""The ledger of the log-ins that we started."""

from __future__ import annotations

from tests.builders import NOON, minutes
from tray.core.ledger import LOGINS_KEPT, OURSELVES, StartedLogin
from tray.core.memory import Memory, started
from tray.core.model import Grant


def test_the_newest_log_ins_are_kept_in_order() -> None:
    """Each one is added at the end, and the oldest give way."""
    memory = Memory(paused=True)
    for number in range(LOGINS_KEPT + 3):
        login = StartedLogin(NOON + minutes(number), "corp", Grant.DEVICE_CODE)
        memory = started(memory, login)

    assert len(memory.logins) == LOGINS_KEPT
    assert memory.logins[0].at == NOON + minutes(3)
    assert memory.logins[-1].at == NOON + minutes(LOGINS_KEPT + 2)
    assert memory.logins[-1].who == OURSELVES
    assert memory.paused
