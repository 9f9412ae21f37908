"""Two processes of ours remember at the same time: neither may forget the other's part.

A command that does its work without the daemon keeps the same memory as the daemon
that starts meanwhile; each knows what it began with, so what each has changed shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import TypeVar

from tray.core.ledger import LOGINS_KEPT
from tray.core.memory import Memory

Value = TypeVar("Value")


def merge(base: Memory, ours: Memory, theirs: Memory) -> Memory:
    """Give their memory with our changes since `base`; whole records, never halves."""
    if theirs == base:
        return ours
    started = tuple(one for one in ours.logins if one not in base.logins)
    logins = (*(one for one in theirs.logins if one not in started), *started)
    merged = replace(
        theirs,
        sessions=_merge(base.sessions, ours.sessions, theirs.sessions),
        account_names=_merge(
            base.account_names, ours.account_names, theirs.account_names
        ),
        logins=logins[-LOGINS_KEPT:],
    )
    if ours.paused != base.paused:
        merged = replace(merged, paused=ours.paused)
    if ours.pinned != base.pinned:
        merged = replace(merged, pinned=ours.pinned)
    if ours.recent != base.recent:
        merged = replace(merged, recent=ours.recent)
    return merged


def _merge(
    base: Mapping[str, Value], ours: Mapping[str, Value], theirs: Mapping[str, Value]
) -> Mapping[str, Value]:
    gone = base.keys() - ours.keys()
    kept = {key: value for key, value in theirs.items() if key not in gone}
    new = {key: value for key, value in ours.items() if base.get(key) != value}
    return MappingProxyType(kept | new)
