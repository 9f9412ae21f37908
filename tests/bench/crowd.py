"""How soon a change of a session's own file is on the board, among many others.

    python -m tests.bench.crowd            calm, and with 1,000 other files a second
    python -m tests.bench.crowd 5000       with so many others a second

The real daemon with 10,000 profiles in the config; Linux only. From the moment before
the file is renamed into the cache to the moment when the board is handed to a view.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from tests.faults import crowd
from tests.faults.sharers import shared

assert sys.platform != "win32"

PROFILES = 10_000
CHANGES = 300


def measure(home: Path, a_second: int) -> None:
    """Print the figures."""
    with shared(home) as place:
        with place.config.open("a") as file:
            for number in range(PROFILES):
                file.write(
                    f"[profile p{number}]\nsso_session = corp\n"
                    f"sso_account_id = {100000000000 + number // 4}\n"
                    f"sso_role_name = Role{number % 4}\n"
                )
        place.write_token(timedelta(minutes=50))
        with crowd.watching(place) as watcher:
            show("calm", crowd.delays(place, watcher, CHANGES))
            with crowd.crowded(place, a_second):
                used, began = watcher.cpu(), time.monotonic()
                found = crowd.delays(place, watcher, CHANGES)
                share = (watcher.cpu() - used) / (time.monotonic() - began)
            show(f"{a_second} others a second", found)
            sys.stdout.write(f"CPU meanwhile: {share:.0%} of a core\n")


def show(what: str, found: list[float]) -> None:
    """Print one line."""
    sys.stdout.write(
        f"{what}: median {statistics.median(found):.1f} ms, "
        f"p95 {crowd.p95(found):.1f} ms, slowest {found[-1]:.1f} ms\n"
    )
    sys.stdout.flush()


def main() -> None:
    """Measure."""
    a_second = int(sys.argv[1]) if len(sys.argv) > 1 else crowd.A_SECOND
    with tempfile.TemporaryDirectory() as home:
        measure(Path(home), a_second)


if __name__ == "__main__":
    main()
