"""What the whole program costs on a real panel: start, memory, idleness, changes.

    python -m tests.bench.daemon              start, memory, idle minute, changes
    python -m tests.bench.daemon --growth     memory over 10,000 changes of the board

The program runs in xfce4-panel under Xvfb against an Identity Center on loopback, with
10,000 profiles in the config for the changes. Ratios are to `python3 -c pass` and
memory to a bare Python, both in the same run. Linux only.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from tests.bench.idle import BARE, pss, report, start
from tests.live.real import REGION, Program, the_program
from tests.live.screen import poll
from tray.core.errors import NoDaemon
from tray.demo.center import CenterSettings
from tray.local.client import ask
from tray.system.paths import World

STARTS = 7
CHANGES = 30
PANEL_TIME = 3.0
"""Seconds that a panel needs to draw so large a menu anew."""
MANY = 10_000
IDLE = 60.0
HOUR = timedelta(hours=1)


def seconds(job: Callable[[], object]) -> float:
    """Give how long a job takes."""
    began = time.perf_counter()
    job()
    return time.perf_counter() - began


def bare_start() -> float:
    """Give the median start of a Python that does nothing."""
    command = [sys.executable, "-c", "pass"]
    runs = [seconds(lambda: subprocess.run(command, check=True)) for _ in range(15)]
    return statistics.median(runs)


def of_program(home: Path) -> tuple[float, float, float]:
    """Give the seconds to the first answer, to the icon, and of a bare Python."""
    answered, found = [], []
    home.mkdir(parents=True, exist_ok=True)
    with the_program(home, panel="xfce4-panel") as program:
        program.write_token()
        for _ in range(STARTS):
            began = time.perf_counter()
            program.start()
            while not answers(program):
                time.sleep(0.001)
            answered.append(time.perf_counter() - began)
            while not program.desk.bus.icons():
                time.sleep(0.001)
            found.append(time.perf_counter() - began)
            assert program.process is not None
            program.desk.end(program.process)
            poll(lambda: not program.desk.bus.icons(), "the icon is gone")
    return statistics.median(answered), statistics.median(found), bare_start()


def of_start(home: Path) -> Iterator[str]:
    """Measure the time to the first answer, and to the icon on the panel."""
    first, icon, bare = of_program(home)
    yield f"answers after {first * 1000:.0f} ms, {first / bare:.1f} x python3 -c pass"
    yield f"icon after {icon * 1000:.0f} ms, {icon / bare:.1f} x python3 -c pass"


def answers(program: Program) -> bool:
    """Tell whether a command is answered."""
    world = World.of(program.desk.env)
    try:
        return bool(ask(world.socket_path, world.hash8, "ping"))
    except NoDaemon:
        return False


def of_rest(home: Path) -> Iterator[str]:
    """Measure memory and an idle minute, after a renewal and a log-in."""
    settings = CenterSettings(interval=1)
    with (
        the_program(home, panel="xfce4-panel", settings=settings) as program,
        tempfile.TemporaryDirectory() as other,
    ):
        bare = start(BARE, other)
        program.write_token(left=timedelta(minutes=16))
        program.start()
        program.center.wait_for("CreateToken/refresh_token")
        label = program.wait_row("corp: signed in, renews itself")
        program.desk.click_row(label, "Log in again")
        poll(lambda: program.visits, "the browser is opened")
        time.sleep(40)  # the child with boto3 ends after half a minute
        assert program.process is not None
        yield report(program.process.pid, IDLE, pss(bare.pid))
        bare.communicate()


def to_tooltip(home: Path) -> list[float]:
    """Give the milliseconds from a token file to the tooltip, the quickest first."""
    home.mkdir(parents=True, exist_ok=True)
    with many_profiles(home) as program:
        program.write_token()
        program.start()
        program.wait_tooltip("signed in, renews itself", seconds=30)
        time.sleep(2)
        found = []
        for number in range(CHANGES):
            found.append(change(program, number))
            time.sleep(PANEL_TIME)
    return sorted(found)


def of_changes(home: Path) -> Iterator[str]:
    """Measure from a changed token file to the tooltip, with many profiles."""
    found = to_tooltip(home)
    yield (
        f"file changed to tooltip right: median {statistics.median(found):.1f} ms,"
        f" p95 {found[int(len(found) * 0.95)]:.1f} ms, {MANY} profiles"
    )


def change(program: Program, number: int) -> float:
    """Change the token file and wait for the tooltip; give the milliseconds."""
    ends, says = (
        (timedelta(minutes=14.5), "ends in 14 min")
        if number % 2
        else (HOUR, "signed in, renews itself")
    )
    write(program, ends)
    began = time.perf_counter()
    while says not in program.desk.tooltip():
        assert time.perf_counter() - began < 5, program.desk.tooltip()
    return (time.perf_counter() - began) * 1000


def write(program: Program, left: timedelta) -> None:
    """Be logged in by another program: for an hour, or with a token that ends."""
    program.write_token(left)
    if left != HOUR:
        program.drop_refresh_token()


@contextmanager
def many_profiles(home: Path) -> Iterator[Program]:
    """Give the program with very many profiles in its config."""
    with the_program(home, panel="xfce4-panel") as program:
        path = home / ".aws" / "config"
        profiles = (
            f"[profile p{number}]\nsso_session = corp\nregion = {REGION}\n"
            f"sso_account_id = {100000000000 + number // 4}\n"
            f"sso_role_name = Role{number % 4}\n"
            for number in range(MANY)
        )
        path.write_text(path.read_text() + "".join(profiles))
        yield program


def of_growth(home: Path) -> Iterator[str]:
    """Measure what 10,000 changes of the board leave behind."""
    with the_program(home, panel="xfce4-panel") as program:
        program.write_token()
        program.start()
        program.wait_tooltip("signed in")
        assert program.process is not None
        pid, sizes = program.process.pid, list[float]()
        for number in range(MANY + 1):
            if number % (MANY // 5) == 0:
                time.sleep(1)
                sizes.append(pss(pid))
            program.write_token(timedelta(minutes=40 + number % 20))
            time.sleep(0.004)
        grown = sizes[-1] - sizes[1]
        yield f"{MANY} changes: {', '.join(f'{one:.1f}' for one in sizes)} MB PSS"
        yield f"from the 2,000th to the last: {grown:+.2f} MB"


def main() -> None:
    """Print the report."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--growth", action="store_true")
    growth = parser.parse_args().growth
    for part in [of_growth] if growth else [of_start, of_rest, of_changes]:
        with tempfile.TemporaryDirectory() as home:
            for line in part(Path(home)):
                sys.stdout.write(line + "\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()
