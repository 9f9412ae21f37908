"""Killed at each call to the system that a renewal makes, one after the other.

The long form (SSO_TRAY_LONG=1) walks over more kinds of calls.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.app.test_daemon import COMMAND
from tests.faults.sharers import LONG, Shared, shared
from tray.demo.center.settings import Rotation

assert sys.platform != "win32"

DUE = timedelta(minutes=16)
CALLS = ("fsync", "rename")
MORE = (
    *CALLS,
    "ftruncate",
    "flock",
    "unlink",
    "lseek",
    "sendto",
    "recvfrom",
    "write",
    "connect",
)
MOST = 60
"""A renewal makes fewer of each of these calls."""


def die_at(place: Shared, call: str, number: int) -> bool:
    """Renew, and die at this call; False when it came to its end before."""
    tracing = ["strace", "-f", "-qq", "-o", str(place.home / "calls")]
    inject = f"inject={call}:signal=SIGKILL:when={number}"
    process = place.begin(
        [*tracing, "-e", f"trace={call}", "-e", inject, *COMMAND, "refresh"]
    )
    return place.finish(process).status != 0


@pytest.mark.parametrize("call", MORE if LONG else CALLS)
def test_death_at_each_call(
    tmp_path: Path, call: str, figure: Callable[[str], None]
) -> None:
    """Whichever call is the last: a whole file, nothing left, and the next one works.

    An old token that works on for a while (as it does here) loses nothing at all.
    """
    found: Counter[str] = Counter()
    with shared(tmp_path, Rotation.WITH_GRACE) as place:
        for number in range(1, MOST):
            old, asked = place.write_token(DUE), place.asked
            died = die_at(place, call, number)
            value = place.check_file().token.value.reveal()
            given = place.asked > asked
            found["new" if value != old else "given" if given else "old"] += died
            assert place.command("refresh").returncode == 0
            assert place.check_file().token.value.reveal() != old
            assert place.litter() == []
            if not died:
                break
        else:
            pytest.fail("it never came to its end")
    figure(
        f"killed at each {call}: {found.total()} times; token {found['old']} old, "
        f"{found['new']} new, {found['given']} given but not written (useless only "
        "where the old one dies at once)"
    )
