"""What the child says on its standard error, into our log: bounded and redacted."""

from __future__ import annotations

import logging
import re
from typing import IO

from tray.system.redact import redact

log = logging.getLogger(__name__)

MOST_LINES = 100
"""Lines of one child; the rest is read and dropped."""

LONGEST_LINE = 300
READ_AT_MOST = 8192

_PLACE = re.compile(r'\s*File "[^"]*", line \d+, in [\w<>]+\s*')
_LONG = re.compile(r"[A-Za-z0-9+/_=.~-]{24,}")
"""What may be a token: nothing in plain words is so long without a break."""


def pass_on(stream: IO[bytes] | None) -> None:
    """Log what comes until the stream ends; for a thread of its own."""
    if stream is None:
        return
    with stream:
        for number, line in enumerate(iter(lambda: stream.readline(READ_AT_MOST), b"")):
            if number < MOST_LINES:
                text = line.decode(errors="replace")
                log.warning("child: %s", redacted(text))


def redacted(line: str) -> str:
    """Give a line with dots for all that may be a secret, and nothing unprintable."""
    if not _PLACE.fullmatch(line):
        line = _LONG.sub("…", redact(line))
    plain = "".join(sign if sign.isprintable() else " " for sign in line)
    return plain.rstrip()[:LONGEST_LINE]
