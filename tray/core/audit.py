"""Which program asked for which profile, when, and how it ended; never a secret."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from tray.core.report import Report
from tray.core.stamps import stamp

SERVED = "served"
"""The result of those who were given credentials; others have the error's kind."""

LONGEST_TEXT = 200
"""Letters of a name that others chose."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One program that asked for a profile."""

    at: datetime
    """When it was answered, to the second."""

    program: str
    """What it calls itself; anybody can call himself anything."""

    profile: str
    """The profile's name."""

    result: str
    """`served`, or the kind of the error that it was told."""


def line_of(asked: Asked) -> str:
    """Give the line of the record, without its end."""
    return json.dumps(_form(asked), ensure_ascii=True, separators=(",", ":"))


def read_line(line: str) -> Asked | None:
    """Give what a line says; None for one that is damaged or none of ours."""
    try:
        data = json.loads(line)
        texts = (data["program"], data["profile"], data["result"])
        at = datetime.fromisoformat(data["at"])
    except (ValueError, TypeError, KeyError, RecursionError):
        return None
    if at.utcoffset() != timedelta() or not all(isinstance(t, str) for t in texts):
        return None
    return Asked(at, *(text.encode("utf-8", "replace").decode() for text in texts))


def audit_report(record: Iterable[Asked]) -> list[Report]:
    """Give the record for `doctor --json`, in its own order."""
    return [_form(asked) for asked in record]


def _form(asked: Asked) -> Report:
    return {
        "at": stamp(asked.at),
        "program": asked.program[:LONGEST_TEXT],
        "profile": asked.profile[:LONGEST_TEXT],
        "result": asked.result,
    }
