"""A simulated year of one laptop: the real flows in a world that does all it can.

    python tests/bench/year.py              every kind of service, with the figures
    python tests/bench/year.py --seeds 10   the same for ten different years

Days of work, nights asleep, holidays, journeys, clocks put forward and back, wrong
clocks, outages, captive portals, other programs that log in and renew in place, an
administrator who changes the length, sign-ins ended from elsewhere, and restarts.
"""

from __future__ import annotations

import argparse
import os
import sys
import time as process_time
from collections.abc import Callable, Iterable
from itertools import product

from tests.bench.authority import Rotation
from tests.bench.months import End
from tests.bench.year_world import Year


def years(seeds: Iterable[int], move: Callable[[str], None]) -> int:
    """Live years with every kind of service, print them, and count the faults."""
    faults = 0
    for seed, end, rotation in product(seeds, End, Rotation):
        began = process_time.process_time()
        found = Year(end, rotation, seed, move=move).live()
        took = process_time.process_time() - began
        sys.stdout.write(f"\ntokens {end}; {rotation}; year {seed}; {took:.1f} s\n")
        sys.stdout.write(f"  {found}\n")
        for fault in found.faults[:5]:
            sys.stdout.write(f"  FAULT {fault}\n")
        faults += len(found.faults)
    return faults


def _move(zone: str) -> None:
    os.environ["TZ"] = zone
    if sys.platform != "win32":
        process_time.tzset()


def main() -> None:
    """Live some years, and fail where anything was that must not be."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--seeds", type=int, default=1)
    sys.exit(1 if years(range(parser.parse_args().seeds), _move) else 0)


if __name__ == "__main__":
    main()
