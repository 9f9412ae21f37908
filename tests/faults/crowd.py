"""A cache folder that many others write to, and how soon a change of ours is seen.

    python -m tests.faults.crowd watch      be the daemon; say when a board is shown
    python -m tests.faults.crowd write      change 1,000 other files each second

Both run in processes of their own, as in real life; their clock is this machine's
monotonic one, which all processes share.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from tests.faults.sharers import Shared
from tray.app import Guests, run
from tray.core.board import Board
from tray.system.paths import World

assert sys.platform != "win32"

A_SECOND = 1000
"""How many other files change each second."""


class Teller:
    """A view that says when which token was on the board."""

    def show(self, board: Board, now: datetime) -> None:
        """Say it."""
        del now
        seen = time.monotonic()
        for status in board.sessions:
            ends = status.expires_at
            text = ends.isoformat() if ends else "none"
            sys.stdout.write(f"{seen} {text}\n")
        sys.stdout.flush()


def watch() -> None:
    """Be the daemon."""
    run(World.of(os.environ), headless=True, guests=Guests(views=(Teller(),)))


def name_of(number: int) -> str:
    """Give another session's file name: those are what could be mistaken for ours."""
    return hashlib.sha1(f"other-{number}".encode()).hexdigest() + ".json"


def write(folder: Path, a_second: int) -> None:
    """Change other files, in place and by renaming, evenly over each second."""
    text = b'{"accessToken": "x", "expiresAt": "2030-01-01T00:00:00Z"}'
    began = time.monotonic()
    for number in itertools.count():
        path = folder / name_of(number % A_SECOND)
        if number % 2:
            path.write_bytes(text)
        else:
            fresh = path.with_suffix(".tmp")
            fresh.write_bytes(text)
            fresh.replace(path)
        ahead = began + number / a_second - time.monotonic()
        if ahead > 0.005:
            time.sleep(ahead)


class Watcher:
    """The daemon in a process of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def wait_for(self, ends: datetime) -> float:
        """Wait until a token that ends then is on the board; give when it was."""
        out = self._process.stdout
        assert out is not None
        wanted = ends.replace(microsecond=0).isoformat()
        while True:
            line = out.readline()
            assert line, "the daemon has ended"
            seen, text = line.split()
            if text == wanted:
                return float(seen)

    def cpu(self) -> float:
        """Give the seconds of CPU that it has used."""
        fields = Path(f"/proc/{self._process.pid}/stat").read_text().split()
        return (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def watching(place: Shared) -> Iterator[Watcher]:
    """Have a daemon that says what is on its board, until the block ends."""
    with running(place.environ, "watch") as process:
        watcher = Watcher(process)
        watcher.wait_for(place.ends_of(place.path))
        time.sleep(0.5)  # until it has begun to watch
        yield watcher


@contextmanager
def crowded(place: Shared, a_second: int = A_SECOND) -> Iterator[None]:
    """Have other files change, until the block ends."""
    with running(
        place.environ, "write", str(place.path.parent), str(a_second)
    ) as process:
        time.sleep(1)
        yield
        assert process.poll() is None


@contextmanager
def running(environ: Mapping[str, str], *words: str) -> Iterator[subprocess.Popen[str]]:
    """Run a part of this module, until the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.crowd", *words],
        env=dict(environ),
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(20)
        process.kill()
        process.communicate()


def delays(place: Shared, watcher: Watcher, count: int) -> list[float]:
    """Change our own session's file so often; give the milliseconds to the board."""
    found = []
    for number in range(count):
        left = timedelta(minutes=40, seconds=number)
        place.write_to(place.path.parent.with_name("aged"), left)
        aged = place.path.parent.with_name("aged") / place.path.name
        ends = place.ends_of(aged)
        began = time.monotonic()
        aged.replace(place.path)
        found.append((watcher.wait_for(ends) - began) * 1000)
        time.sleep(0.03)
    return sorted(found)


def p95(found: list[float]) -> float:
    """Give the time that 95 of 100 stay under."""
    return found[int(len(found) * 0.95)]


def main() -> None:
    """Be the part that is asked for."""
    parts: dict[str, Callable[[], None]] = {
        "watch": watch,
        "write": lambda: write(Path(sys.argv[2]), int(sys.argv[3])),
    }
    parts[sys.argv[1]]()


if __name__ == "__main__":
    main()
