"""The words between the daemon and its child: one JSON object a line, bounded.

JSON and never pickle, so that a frame can hold values and nothing that runs.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping

LONGEST = 1 << 24
"""Bytes of one frame; ten thousand accounts with the longest names fit."""

PIECE = 1 << 16


class BadFrame(Exception):
    """What came is no frame of ours; its text is not kept."""


def encode(frame: Mapping[str, object]) -> bytes:
    """Write one frame."""
    return json.dumps(frame).encode() + b"\n"


def frames(read: Callable[[int], bytes]) -> Iterator[Mapping[str, object]]:
    """Give each frame until the end; `read` gives what is there, up to so many bytes.

    Raises `BadFrame` for anything that is none, too long, or cut off by the end.
    """
    rest = b""
    while piece := read(PIECE):
        *lines, rest = (rest + piece).split(b"\n")
        if len(rest) > LONGEST:
            raise BadFrame
        for line in lines:
            yield _decode(line)
    if rest:
        raise BadFrame


def _decode(line: bytes) -> Mapping[str, object]:
    try:
        frame = json.loads(line)
    except (ValueError, RecursionError):
        raise BadFrame from None
    if not isinstance(frame, dict):
        raise BadFrame
    return frame
