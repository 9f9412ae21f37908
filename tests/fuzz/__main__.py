"""Long runs by hand: `python -m tests.fuzz --minutes 30 config`.

What leads to somewhere new is added to the corpus at the end; a fault is printed and
written beside it, and ends the run.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from tests.fuzz import corpus
from tests.fuzz.engine import Finding, Fuzzer, fewest
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

FOUND = Path("fuzz-findings")
"""Where inputs that show a fault are written."""


def main() -> int:
    """Run one target, or all, for some minutes each; 1 when something was found."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=1.0, help="for each target")
    parser.add_argument("--engine", choices=("own", "atheris"), default="own")
    options = parser.parse_args()
    run = _own if options.engine == "own" else _atheris
    found = 0
    for name in options.targets or TARGETS:
        with tempfile.TemporaryDirectory() as folder:
            found += run(TARGETS[name], Path(folder), options.minutes * 60)
    return 1 if found else 0


def _own(target: Target, folder: Path, seconds: float) -> int:
    """Run the fuzzer of ours; give how many faults it met, at most one."""
    check = target.make(folder)
    fuzzer = Fuzzer(check, target.steps(), target.words)
    seeds = [*target.seeds, *corpus.load(target.name)]
    finding = next(filter(None, map(fuzzer.feed, seeds)), None)
    ends = time.monotonic() + seconds
    if finding is None:
        finding = fuzzer.run(lambda: time.monotonic() < ends)
    _say(target, f"{fuzzer.runs} inputs, {len(fuzzer.seen)} steps")
    if finding is not None:
        _tell(target, finding)
    _keep(target, fuzzer.kept, check)
    return finding is not None


def _atheris(target: Target, folder: Path, seconds: float) -> int:
    """Run atheris, which stops this process where it finds something."""
    atheris = importlib.import_module("atheris")
    inputs = folder / "inputs"
    corpus.store(target.name, [*target.seeds, *corpus.load(target.name)], inputs)
    words = folder / "words"
    words.write_text("".join(_quoted(word) for word in target.words))
    work = folder / "work"
    work.mkdir()
    check = target.make(work)
    atheris.instrument_all()
    place = str(inputs / target.name)
    FOUND.mkdir(exist_ok=True)
    atheris.Setup(
        [
            sys.argv[0],
            place,
            f"-max_total_time={int(seconds)}",
            f"-dict={words}",
            f"-artifact_prefix={FOUND}/{target.name}-",
            "-timeout=10",
            "-max_len=4096",
            "-print_final_stats=1",
        ],
        check,
    )
    _at_the_end(lambda: _keep(target, _all(inputs / target.name), check))
    atheris.Fuzz()
    return 0


def _at_the_end(job: Callable[[], None]) -> None:
    """Do this when atheris ends the process."""
    importlib.import_module("atexit").register(job)


def _all(folder: Path) -> list[bytes]:
    return [file.read_bytes() for file in folder.iterdir()]


def _quoted(word: bytes) -> str:
    return '"' + "".join(f"\\x{byte:02x}" for byte in word) + '"\n'


def _keep(target: Target, inputs: list[bytes], check: Callable[[bytes], None]) -> None:
    kept = fewest(inputs, check, target.steps())
    corpus.store(target.name, kept)
    _say(target, f"{len(kept)} inputs kept")


def _tell(target: Target, finding: Finding) -> None:
    FOUND.mkdir(exist_ok=True)
    place = FOUND / f"{target.name}-{corpus.name_of(finding.data)}"
    place.write_bytes(finding.data)
    _say(target, f"found {place}: {finding}")


def _say(target: Target, text: str) -> None:
    sys.stdout.write(f"{target.name}: {text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
