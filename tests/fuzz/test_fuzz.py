"""Whatever comes, our readers take it or name it: a short look in every test run.

`python -m tests.fuzz --minutes 30 TARGET` looks for longer.
"""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tests.fuzz import corpus
from tests.fuzz.engine import LONGEST_SECONDS, Finding, Fuzzer, Hangs, Steps, fewest
from tests.fuzz.mutations import ODD
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

SECONDS = 1.0
"""How long new inputs are made for each target."""

LARGE = 48 * 1024
"""Bytes of an input in which one piece is repeated."""

SLOW = {"config-botocore"}
"""What asks another library too is not timed by us."""

ALL = pytest.mark.parametrize("target", TARGETS.values(), ids=TARGETS)


@ALL
def test_what_was_found_stays_found(target: Target, tmp_path: Path) -> None:
    """Every form that is met, and every input that once led somewhere new, is read."""
    check = target.make(tmp_path)
    kept = corpus.load(target.name)

    for data in (*target.seeds, *kept):
        check(data)

    assert kept


@ALL
def test_new_inputs_show_no_fault(target: Target, tmp_path: Path) -> None:
    """A second of mutations, the same in every run, finds nothing."""
    chance = random.Random(target.name)  # the same inputs as last time
    fuzzer = Fuzzer(target.make(tmp_path), target.steps(), target.words, chance)
    for data in (*target.seeds, *corpus.load(target.name)):
        assert fuzzer.feed(data) is None
    ends = time.monotonic() + SECONDS

    finding = fuzzer.run(lambda: time.monotonic() < ends)

    assert finding is None, str(finding)
    assert fuzzer.seen


@pytest.mark.parametrize(
    "target",
    [target for target in TARGETS.values() if target.name not in SLOW],
    ids=[name for name in TARGETS if name not in SLOW],
)
def test_no_piece_repeated_takes_long(target: Target, tmp_path: Path) -> None:
    """Nothing grows with the square of the size: one piece ten thousand times is fast.

    The piece stands alone, and after a sound beginning.
    """
    check = target.make(tmp_path)
    base = max(target.seeds, key=len)

    for piece in {*target.words, *ODD}:
        for start in (b"", base):
            data = start + piece * (LARGE // len(piece))
            began = time.thread_time()
            check(data)
            assert time.thread_time() - began < LONGEST_SECONDS, piece


def _brittle(data: bytes) -> None:
    if data[:1] == b"[":
        if data[1:2] == b"a":
            if data[-1:] == b"]":
                raise KeyError(data)
        else:
            return


def test_a_planted_fault_is_found_and_made_small() -> None:
    """Three conditions, one inside the other, are met one after the other."""
    chance = random.Random(1)
    fuzzer = Fuzzer(_brittle, Steps([__file__]), (b"[", b"]", b"a"), chance)
    fuzzer.feed(b"some text that is long")

    finding = fuzzer.run(lambda: fuzzer.runs < 100_000)

    assert finding is not None
    assert isinstance(finding.error, KeyError)
    assert finding.data == b"[a]"
    assert "KeyError" in str(finding)


def _endless(data: bytes) -> None:
    while data:
        data = data[:]


def test_what_hangs_is_found() -> None:
    """An input that never ends is a finding too, and so it does end."""
    fuzzer = Fuzzer(_endless, Steps([__file__]))

    assert fuzzer.feed(b"") is None
    finding = fuzzer.feed(b"a")

    assert isinstance(finding, Finding)
    assert isinstance(finding.error, Hangs)


def test_a_corpus_is_few_and_short(tmp_path: Path) -> None:
    """Of inputs that lead to the same the shortest stays; what is stored is loaded."""
    inputs = [b"[", b"[bb", b"", b"xyz", b"[a", b"[aaaa"]

    kept = fewest(inputs, _brittle, Steps([__file__]))
    corpus.store("some", [b"old"], tmp_path)
    corpus.store("some", kept, tmp_path)

    assert kept == [b"", b"[", b"[a"]
    assert sorted(corpus.load("some", tmp_path)) == kept
