"""Whether the person who logged in is the one that the profiles are for.

The portal lists what a person can reach, the config names what the profiles need. Only
when nothing of it can be reached, somebody else may have logged in: a few accounts are
missing every day, because access was taken away and profiles are old.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from types import MappingProxyType

from tray.core.accounts import Account, is_account_id
from tray.core.memory import NAMES_KEPT, Memory, SessionRecord
from tray.core.model import Profile


@dataclass(frozen=True, slots=True)
class Reach:
    """The accounts that the profiles of one session name."""

    named: tuple[str, ...] = ()
    """All of them, each once, in the order of the config."""

    missing: tuple[str, ...] = ()
    """Those that whoever logged in can't reach."""

    @property
    def looks_like_wrong_user(self) -> bool:
        """Whether nothing that the profiles name can be reached."""
        return bool(self.named) and self.missing == self.named


def missing_accounts(
    profiles: Iterable[Profile], session: str, reachable: Iterable[str]
) -> Reach:
    """Compare what one session's profiles name with what can be reached.

    Account numbers that AWS would refuse say nothing about people and don't count.
    """
    numbers = (each.account_id for each in profiles if each.session == session)
    named = tuple(dict.fromkeys(filter(is_account_id, numbers)))
    there = frozenset(reachable)
    return Reach(named, tuple(number for number in named if number not in there))


def with_reach(record: SessionRecord, reach: Reach, at: datetime) -> SessionRecord:
    """Give the record after a look at what can be reached, begun at `at`.

    A look that is older than the log-in says nothing about it.
    """
    if record.logged_in_at is None or record.logged_in_at > at:
        return record
    return replace(
        record,
        unreached=len(reach.missing),
        stranger_at=at if reach.looks_like_wrong_user else None,
    )


def with_names(
    memory: Memory, accounts: Iterable[Account], profiles: Iterable[Profile]
) -> Memory:
    """Give a memory that knows the names of the accounts that profiles use.

    A name that the portal does not send this time stays; so does one whose profile is
    gone, until there is no more room.
    """
    used = dict.fromkeys(each.account_id for each in profiles)
    new = {
        each.account_id: each.name
        for each in accounts
        if each.name and each.account_id in used
    }
    names = {**memory.account_names, **new}
    if names == memory.account_names:
        return memory
    return replace(memory, account_names=MappingProxyType(_bounded(names, used)))


def _bounded(names: Mapping[str, str], used: Iterable[str]) -> Mapping[str, str]:
    if len(names) <= NAMES_KEPT:
        return names
    order = dict.fromkeys((*(each for each in used if each in names), *names))
    return {number: names[number] for number in islice(order, NAMES_KEPT)}
