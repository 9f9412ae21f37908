"""P3 to P8: the whole program on a panel, its config and its menu, in figures."""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from tests.bench import config_reading, crowd, daemon, idle, menu
from tests.bench.figures import RATIO, Figure
from tests.bench.installed import Installed
from tests.bench.office import office
from tests.faults import crowd as many_files
from tests.faults.sharers import shared
from tests.live.real import the_program
from tests.live.screen import poll
from tray.demo.center import CenterSettings

assert sys.platform != "win32"

IDLE = 60.0
"""Seconds that it is watched while nothing happens."""

CHILD_GONE = 40
"""Seconds after which the child with boto3 has ended."""

PROFILES, ALL_ROWS = 2000, 8600
"""Profiles of a very long menu, and the rows that they are, with all sub-menus."""

ROWS = 2000
"""Rows that the aim is about."""


def at_rest(pid: int, bare: float, *, tray: bool) -> Iterator[Figure]:
    """Watch a process that has nothing to do."""
    before = idle.cost(pid)
    time.sleep(IDLE)
    after = idle.cost(pid)
    woken = sum(
        count - before.switches.get(name, 0) for name, count in after.switches.items()
    )
    where = "with tray and menu" if tray else "headless"
    spent = (after.cpu - before.cpu) * 1000
    more = idle.pss(pid) - bare
    yield Figure("P3", f"wake-ups a minute, {where}", woken, "", 4 if tray else 2)
    yield Figure("P3", f"CPU a minute, {where}", spent, "ms", 2)
    what = f"memory above bare Python, {where}"
    yield Figure("P4", what, more, "MB PSS", 29 if tray else 21)


def headless(home: Path, installed: Installed) -> Iterator[Figure]:
    """P3 and P4 without a desktop, after a renewal and credentials for a program."""
    with office(home, installed) as place, tempfile.TemporaryDirectory() as other:
        place.write_token(timedelta(minutes=16))
        with place.daemon() as process:
            place.center.wait_for("CreateToken/refresh_token")
            time.sleep(CHILD_GONE)
            bare = idle.start(idle.BARE, other)
            size = idle.pss(bare.pid)
            yield from at_rest(process.pid, size, tray=False)
            bare.communicate()


def with_tray(home: Path, installed: Installed) -> Iterator[Figure]:
    """P3 and P4 in xfce4-panel, after a renewal and a log-in."""
    del installed
    home.mkdir()
    settings = CenterSettings(interval=1)
    with (
        the_program(home, panel="xfce4-panel", settings=settings) as program,
        tempfile.TemporaryDirectory() as other,
    ):
        program.write_token(left=timedelta(minutes=16))
        program.start()
        program.center.wait_for("CreateToken/refresh_token")
        row = program.wait_row("corp: signed in, renews itself")
        program.desk.click_row(row, "Log in again")
        poll(lambda: program.visits, "the browser is opened")
        time.sleep(CHILD_GONE)
        bare = idle.start(idle.BARE, other)
        assert program.process is not None
        yield from at_rest(program.process.pid, idle.pss(bare.pid), tray=True)
        bare.communicate()


def start_to_icon(home: Path, installed: Installed) -> Iterator[Figure]:
    """P5, its second half."""
    del installed
    first, icon, bare = daemon.of_program(home)
    what = "start to the first answer, with a tray"
    yield Figure("P5", what, first / bare, RATIO)
    yield Figure("P5", "start to the icon on the panel", icon / bare, RATIO, 30)


def changes(home: Path, installed: Installed) -> Iterator[Figure]:
    """P6: what another program writes, on the board and in the tooltip."""
    del installed
    (home / "shared").mkdir(parents=True)
    with shared(home / "shared") as place:
        with place.config.open("a") as file:
            file.writelines(
                f"[profile p{number}]\nsso_session = corp\nsso_role_name = R\n"
                f"sso_account_id = {100000000000 + number // 4}\n"
                for number in range(crowd.PROFILES)
            )
        place.write_token(timedelta(minutes=50))
        with many_files.watching(place) as watcher:
            late = many_files.p95(many_files.delays(place, watcher, crowd.CHANGES))
    yield Figure("P6", "token file to board, 95th percentile", late, "ms", 5)
    found = daemon.to_tooltip(home / "tooltip")
    late = found[int(len(found) * 0.95)]
    yield Figure("P6", "token file to tooltip, 95th percentile", late, "ms", 50)
    middle = statistics.median(found)
    yield Figure("P6", "token file to tooltip, median", middle, "ms")


def config(home: Path, installed: Installed) -> Iterator[Figure]:
    """P7: a config of 10,000 profiles, beside botocore's own loader."""
    del home, installed
    one = config_reading.compare(config_reading.USUAL, crowd.PROFILES)
    what = "config of 10,000 profiles, botocore's loader to ours"
    yield Figure("P7", what, one.theirs / one.ours, RATIO, 10, least=True)
    yield Figure("P7", "the same, ours", one.ours, "ms")
    yield Figure("P7", "the same, botocore's", one.theirs, "ms", peer=True)
    yield Figure("P7", "memory at its highest meanwhile", one.highest, "MB", 10)


def menus(home: Path, installed: Installed) -> Iterator[Figure]:
    """P8: the menu, rebuilt, with other words, and untouched."""
    del home, installed
    gc.collect()
    gc.freeze()  # as the daemon does once it has started
    few = menu.a_board(PROFILES * ROWS // ALL_ROWS)
    tray = menu.Tray(few)
    tray.icon.fetch()
    rebuilt = menu.median(lambda: tray.show(menu.fresh_config(few)))
    yield Figure("P8", "menu of 2,000 rows rebuilt", rebuilt, "ms", 20)
    board = menu.a_board(PROFILES)
    tray = menu.Tray(board)
    tray.icon.fetch()
    whole = menu.median(lambda: tray.show(menu.fresh_config(board)))
    sent = tray.icon.bus.sent
    same = menu.median(lambda: tray.show(board))
    quiet = tray.icon.bus.sent - sent
    words = menu.median(lambda: tray.show(board, later=timedelta(minutes=15)))
    what = "the same with 2,000 profiles, which are 8,600 rows"
    yield Figure("P8", what, whole, "ms")
    yield Figure("P8", "only words changed", words, "ms", 2)
    yield Figure("P8", "nothing changed: signals sent", quiet, "", 0)
    yield Figure("P8", "nothing changed", same, "ms")
    yield Figure("P8", "growth over 10,000 rebuilds", menu.growth(), "MB", 2)
