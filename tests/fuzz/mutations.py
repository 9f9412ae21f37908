"""Makes new inputs of old ones, as coverage-guided fuzzers do."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

LONGEST = 4096
"""Bytes of an input; what is longer shows nothing new, only more slowly."""

MOST_CHANGES = 4
"""So many changes are made to one input at once."""

ODD = (
    b"\0",
    b"\n",
    b"\r\n",
    b" ",
    b"\t",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"\xc3\x28",
    b"\xed\xa0\x80",
    b"\\ud800",
    "\N{SNOWMAN}\N{PILE OF POO}\u202e\x85\u2028".encode(),
    b"-1",
    b"1e999",
    b"NaN",
    b"9" * 30,
    b"null",
    b"true",
    b"[]",
    b"{}",
    b'""',
)
"""Pieces that readers of all kinds stumble over."""

NUMBERS = (b"0", b"1", b"0001", b"99", b"1970", b"9999", b"999999999", b"1" * 25)

_DIGITS = re.compile(rb"[0-9]+")

Change = Callable[[random.Random, bytes, Sequence[bytes]], bytes]


def mutated(
    chance: random.Random, data: bytes, words: Sequence[bytes], other: bytes
) -> bytes:
    """Give an input made of this one; `words` are pieces that the format knows.

    `other` is another input, to take a part from.
    """
    for _ in range(chance.randint(1, MOST_CHANGES)):
        change = chance.choice(_CHANGES)
        data = change(chance, data, words) if change is not _spliced else data
        if change is _spliced:
            data = _spliced(chance, data, (other,))
    return data[:LONGEST]


def _span(chance: random.Random, data: bytes) -> tuple[int, int]:
    begin = chance.randint(0, len(data))
    return begin, min(len(data), begin + chance.choice((1, 2, 4, 16, 64)))


def _flipped(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    if not data:
        return bytes([chance.randrange(256)])
    at = chance.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :]


def _cut(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    begin, end = _span(chance, data)
    return data[:begin] + data[end:]


def _torn(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    return data[: chance.randint(0, len(data))]


def _put(chance: random.Random, data: bytes, words: Sequence[bytes]) -> bytes:
    begin, end = _span(chance, data)
    piece = chance.choice(words) if words and chance.random() < 0.7 else None
    piece = chance.choice(ODD) if piece is None else piece
    return data[:begin] + piece + data[end if chance.random() < 0.5 else begin :]


def _renumbered(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    found = list(_DIGITS.finditer(data))
    if not found:
        return data
    begin, end = chance.choice(found).span()
    return data[:begin] + chance.choice(NUMBERS) + data[end:]


def _again(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    begin, end = _span(chance, data)
    return data[:end] + data[begin:end] * chance.choice((1, 2, 8, 40)) + data[end:]


def _spliced(chance: random.Random, data: bytes, words: Sequence[bytes]) -> bytes:
    other = words[0]
    at, to = chance.randint(0, len(data)), chance.randint(0, len(other))
    return data[:at] + other[to:]


def _moved(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    begin, end = _span(chance, data)
    rest = data[:begin] + data[end:]
    at = chance.randint(0, len(rest))
    return rest[:at] + data[begin:end] + rest[at:]


_CHANGES: tuple[Change, ...] = (
    _flipped,
    _cut,
    _torn,
    _put,
    _put,
    _put,
    _renumbered,
    _again,
    _spliced,
    _moved,
)
