"""Measures reading a large AWS config against botocore's own loader, in one run.

    python tests/bench/config_reading.py [profiles]

Prints the medians, their ratio, and the memory at its highest and left over.
"""

from __future__ import annotations

import gc
import statistics
import sys
import tempfile
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import botocore.configloader

from tray.aws.config import ConfigFile

ROUNDS = 9
SESSION = """\
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-central-1
sso_registration_scopes = sso:account:access
"""
USUAL = """
[profile team-{number:05d}.Administrator]
sso_session = corp
sso_account_id = {number:012d}
sso_role_name = AdministratorAccess
region = eu-central-1
output = json
"""
LEGACY = USUAL.replace(
    "sso_session = corp",
    "sso_start_url = https://old.awsapps.com/start\nsso_region = us-east-1",
)
COMMENTED = USUAL.replace("\nregion", "\n# by hand; = x\nregion")
ODD = USUAL.replace("\nregion", "\ns3 =\n  max_queue_size = 9\ncli_pager =\nregion")
KINDS = {"usual": USUAL, "legacy": LEGACY, "commented": COMMENTED, "odd": ODD}


def medians(*acts: Callable[[], object]) -> list[float]:
    """Give the medians of some rounds, taken in turn, in milliseconds."""
    times: list[list[float]] = [[] for _ in acts]
    for _ in range(ROUNDS):
        for act, spent in zip(acts, times, strict=True):
            gc.collect()
            start = perf_counter()
            act()
            spent.append((perf_counter() - start) * 1000)
    return [statistics.median(spent) for spent in times]


def memory(home: Path) -> tuple[float, float, float]:
    """Give MB at the highest, held by the result, and left when it is gone."""
    tracemalloc.start()
    config = ConfigFile({}, home).read()
    held, highest = tracemalloc.get_traced_memory()
    del config
    gc.collect()
    left, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return highest / 1e6, held / 1e6, left / 1e6


@dataclass(frozen=True, slots=True)
class Compared:
    """What reading a config costs."""

    ours: float
    """Milliseconds by us."""

    again: float
    """Milliseconds by us when it has not changed."""

    theirs: float
    """Milliseconds by botocore's loader."""

    highest: float
    """MB while we read it."""

    held: float
    """MB that the result holds."""

    left: float
    """MB when it is gone."""


def compare(form: str, count: int) -> Compared:
    """Measure one kind of config."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        path = home / ".aws" / "config"
        path.parent.mkdir()
        body = "".join(form.format(number=number) for number in range(count))
        path.write_text(SESSION + body, encoding="utf-8")
        found = ConfigFile({}, home).read()
        assert len(found.profiles) == count
        reader = ConfigFile({}, home)
        reader.read()
        ours, again, theirs = medians(
            lambda: ConfigFile({}, home).read(),
            reader.read,
            lambda: botocore.configloader.load_config(str(path)),
        )
        return Compared(ours, again, theirs, *memory(home))


def measure(name: str, form: str, count: int) -> str:
    """Give one line of the report."""
    one = compare(form, count)
    return (
        f"{name:10} ours {one.ours:6.1f} ms   botocore {one.theirs:6.1f} ms   "
        f"ratio {one.theirs / one.ours:5.1f}   unchanged {one.again:.3f} ms   "
        f"MB highest {one.highest:.1f}, held {one.held:.1f}, left {one.left:.1f}\n"
    )


def main() -> None:
    """Measure some kinds of config."""
    count = int(sys.argv[1]) if sys.argv[1:] else 10_000
    sys.stdout.write(f"{count} profiles, medians of {ROUNDS}\n")
    for name, form in KINDS.items():
        sys.stdout.write(measure(name, form, count))


if __name__ == "__main__":
    main()
