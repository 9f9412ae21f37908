"""Start at log-in: the value, and the words for each thing that can be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tray.core.autostart import (
    AutostartStatus,
    Change,
    Fault,
    LeftOut,
    LoginItem,
    Method,
    Outcome,
    Reason,
    State,
)
from tray.core.wording import autostart as wording

ITEM = LoginItem(Method.XDG, "/home/me/entry", State.ON)


def test_on_and_stale() -> None:
    """Only an entry that the system heeds is on, and only such a one is stale."""
    faulty = replace(ITEM, faults=(Fault.TEXT,))
    off = replace(faulty, state=State.OFF)

    assert AutostartStatus((ITEM,)).on
    assert not AutostartStatus((ITEM,)).stale
    assert AutostartStatus((off, faulty)).active == faulty
    assert AutostartStatus((faulty,)).stale
    assert not AutostartStatus((off,)).on
    assert not AutostartStatus((off,)).stale


@pytest.mark.parametrize("fault", Fault)
def test_every_fault_has_words(fault: Fault) -> None:
    """Each fault is told, with the one remedy for all of them."""
    status = AutostartStatus((replace(ITEM, faults=(fault,)),))

    lines = wording.report(status)

    assert f"Stale: {wording.FAULTS[fault]}." in lines
    assert wording.REPAIR in lines


@pytest.mark.parametrize("change", Change)
@pytest.mark.parametrize("method", Method)
def test_every_change_has_words(change: Change, method: Method) -> None:
    """Each change is told in a sentence, by whatever method."""
    done = Outcome(change, AutostartStatus((replace(ITEM, method=method),)))

    assert wording.outcome(done)[0].endswith(".")
    assert "{" not in wording.outcome(done)[0]


def test_a_switch_elsewhere_is_named() -> None:
    """An entry that other settings switched off is told with its place."""
    lines = wording.report(AutostartStatus((replace(ITEM, state=State.OFF),)))

    assert lines == [
        "Start at log-in is off.",
        "Switched off by other settings: /home/me/entry",
    ]


@pytest.mark.parametrize("reason", Reason)
def test_left_out_is_told_by_name(reason: Reason) -> None:
    """What is not handed on is named with a remedy, both names in one line."""
    lines = wording.left_out([LeftOut("HTTP_PROXY", reason), LeftOut("X", reason)])

    assert len(lines) == 1
    assert "HTTP_PROXY, X" in lines[0]
