"""The ledger of the log-ins that we started."""

from __future__ import annotations

from tests.builders import NOON, minutes
from tray.core.ledger import LOGINS_KEPT, OURSELVES, StartedLogin
from tray.core.memory import Memory, started
from tray.core.model import Grant
from tray.core.wording import ledger as words


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


def test_the_newest_are_shown_first() -> None:
    """Ten lines at most, with time, session, way and who asked; one for a report."""
    ways = (Grant.DEVICE_CODE, Grant.AUTHORIZATION_CODE)
    logins = tuple(
        StartedLogin(NOON + minutes(at), "corp", ways[at % 2], "make\nrun")
        for at in range(12)
    )
    later = NOON + minutes(20)

    lines = list(words.entries(logins, later))

    assert len(lines) == words.SHOWN
    assert lines[0] == "12:11: corp, in the browser, for make?run"
    assert lines[1] == "12:10: corp, by device code, for make?run"
    assert words.summary(logins, later) == f"The last of 12: {lines[0]}."
    assert words.summary((), later) == words.NONE_YET
