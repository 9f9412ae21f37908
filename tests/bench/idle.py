"""What a process costs while it does nothing: memory, wake-ups, CPU.

    python tests/bench/idle.py PID [SECONDS]     a running daemon
    python tests/bench/idle.py --parts [SECONDS] our edges alone, without AWS and screen

It prints the proportional set size (PSS) beside that of a bare Python started in the
same moment, the voluntary context switches of all threads a minute, and the CPU time a
minute. Linux only.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

TICKS = 100
"""Clock ticks a second in /proc (proc(5), USER_HZ)."""

BARE = "import sys; print(flush=True); sys.stdin.read()"

PARTS = """
import os, sys
from datetime import timedelta
from pathlib import Path
from tray.local.server import Server
from tray.system.clock import SystemClock
from tray.system.heartbeat import Heartbeat
from tray.system.paths import World
from tray.system.schedule import ApsSchedule
from tray.system.watch import Watch
from tray.system.watchplan import Watched
world = World.of(os.environ)
world.cache_folder.mkdir(parents=True)
server = Server(world.socket_path, world.hash8)
server.bind()
server.start()
schedule = ApsSchedule()
files = (world.config_path, world.credentials_path)
watched = Watched(world.home, files, world.cache_folder, (world.settings_path,))
watch = Watch(watched, schedule.soon)
clock = SystemClock()
schedule.start(lambda: schedule.at(clock.now() + timedelta(hours=1)))
watch.start()
heartbeat = Heartbeat(clock, schedule.soon, lambda: schedule.deadline, watch.look)
heartbeat.start()
schedule.soon()
server.set_handler(lambda request, reply: reply({}))
print(flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process has cost so far."""

    switches: dict[str, int]
    """Voluntary context switches by thread."""

    cpu: float
    """Seconds of CPU."""


def pss(pid: int) -> float:
    """Give a process's proportional set size in megabytes."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    found = re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def cost(pid: int) -> Cost:
    """Give what a process has cost so far."""
    switches = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        text = (task / "status").read_text(encoding="ascii", errors="replace")
        found = re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.MULTILINE)
        name = (task / "comm").read_text(encoding="ascii", errors="replace").strip()
        switches[f"{task.name} {name}"] = int(found[1]) if found else 0
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace")
    fields = stat.rpartition(")")[2].split()
    ticks = int(fields[11]) + int(fields[12])
    return Cost(switches, ticks / TICKS)


def start(code: str, home: str) -> subprocess.Popen[bytes]:
    """Start a Python that waits until its stdin is closed."""
    environ = {"PATH": os.environ["PATH"], "HOME": home}
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        env=environ,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def report(pid: int, seconds: float, bare: float) -> str:
    """Watch a process for a while, and say what it cost."""
    time.sleep(2)
    before = cost(pid)
    time.sleep(seconds)
    after = cost(pid)
    minutes = seconds / 60
    woken = {
        name: count - before.switches.get(name, 0)
        for name, count in after.switches.items()
        if count != before.switches.get(name, 0)
    }
    size = pss(pid)
    return "\n".join(
        (
            f"memory    {size:6.1f} MB PSS, bare Python {bare:.1f} + {size - bare:.1f}",
            f"wake-ups  {sum(woken.values()) / minutes:6.1f} a minute {woken or ''}",
            f"CPU       {(after.cpu - before.cpu) * 1000 / minutes:6.1f} ms a minute",
            f"threads   {len(after.switches):6d}",
        )
    )


def main() -> None:
    """Measure a daemon by its number, or our parts."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("pid", nargs="?", type=int)
    parser.add_argument("seconds", nargs="?", type=float, default=60.0)
    parser.add_argument("--parts", type=float, nargs="?", const=60.0, metavar="SECONDS")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        bare = start(BARE, home)
        parts = start(PARTS, home) if given.parts else None
        pid = parts.pid if parts else given.pid
        if pid is None:
            parser.error("which process?")
        text = report(pid, given.parts or given.seconds, pss(bare.pid))
        for process in filter(None, (bare, parts)):
            process.communicate()
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
