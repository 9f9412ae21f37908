"""All the benchmarks, beside their peers, and the report of them.

    python -m tests.bench                    print the figures
    python -m tests.bench --only P1,P9       of some aims
    python -m tests.bench --write            make docs/performance.md and its picture

Linux only; it takes a quarter of an hour, and other work on the machine shows in it.
Our program and its peers are installed with pip, anew unless `--in` names where they
are.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import commands, endpoint, paper, sync, whole
from tests.bench.figures import Figure
from tests.bench.installed import ROOT, Installed, install

assert sys.platform != "win32"

Part = Callable[[Path, Installed], Iterator[Figure]]

PARTS: tuple[tuple[str, Part], ...] = (
    ("P1", commands.warm),
    ("P2", commands.alone),
    ("P5", commands.first_answer),
    ("P5", whole.start_to_icon),
    ("P7", whole.config),
    ("P8", whole.menus),
    ("P9", endpoint.requests),
    ("P11", commands.status),
    ("P3 P4", whole.headless),
    ("P3 P4", whole.with_tray),
    ("P6", whole.changes),
    ("P10", sync.listing),
)
"""What measures what."""


def run(only: set[str], installed: Installed) -> Iterator[Figure]:
    """Measure; a figure is told as soon as it is there."""
    for aims, part in PARTS:
        if only and not only & set(aims.split()):
            continue
        with tempfile.TemporaryDirectory() as folder:
            for figure in part(Path(folder) / "home", installed):
                told = {True: "reached", False: "MISSED", None: ""}[figure.reached]
                words = (figure.aim, figure.what, figure.words, figure.aim_words, told)
                sys.stdout.write("  ".join(filter(None, words)) + "\n")
                sys.stdout.flush()
                yield figure


def machine(installed: Installed) -> str:
    """Say where it was measured, and against what."""
    versions = [f"{name} {one}" for name, one in installed.versions().items()]
    load = os.getloadavg()[2]
    return (
        f"{os.cpu_count()} cores, {platform.system()}, Python "
        f"{platform.python_version()}; load of the machine at the end {load:.1f}.\n"
        f"Peers: {', '.join(versions)}."
    )


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true", help="make the report")
    parser.add_argument("--only", default="", metavar="P1,P9")
    parser.add_argument("--in", dest="folder", type=Path, metavar="FOLDER")
    given = parser.parse_args()
    only = {one.upper() for one in given.only.split(",") if one}
    compileall.compile_dir(ROOT / "tray", quiet=1)  # some parts run it from here
    with tempfile.TemporaryDirectory() as made:
        installed = install(given.folder or Path(made))
        figures = []
        for figure in run(only, installed):
            figures.append(figure)
            if given.write:
                write(figures, installed)


def write(figures: Sequence[Figure], installed: Installed) -> None:
    """Write the report of what has been measured so far."""
    when = f"made on {datetime.now(UTC):%Y-%m-%d}"
    docs = ROOT / "docs"
    text = paper.page(figures, when, machine(installed))
    (docs / "performance.md").write_text(text, encoding="utf-8")
    drawn = paper.picture(figures)
    (docs / "images" / paper.PICTURE).write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
