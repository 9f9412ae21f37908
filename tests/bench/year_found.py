"""What came of a simulated year, and what must never come of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tests.bench.horizon import SOONEST, told_before
from tests.bench.months import MINUTE, End, SignedIn

FEW = 8
"""So many requests in half an hour may fail, by the pauses between them."""


@dataclass(slots=True)
class Found:
    """What came of a year."""

    sign_ins: int = 0
    ends: int = 0
    in_time: int = 0
    notices: int = 0
    needless: int = 0
    renewals: int = 0
    falsely_out: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)
    asked_again: list[str] = field(default_factory=list)
    stormy: list[str] = field(default_factory=list)
    ticks: int = 0
    boots: int = 0
    happened: Counter[str] = field(default_factory=Counter)

    @property
    def faults(self) -> list[str]:
        """Give all that must never be."""
        return [
            *(f"falsely out: {one}" for one in self.falsely_out),
            *(f"lost: {one}" for one in self.lost),
            *(f"told again: {one}" for one in self.repeated),
            *(f"asked again: {one}" for one in self.asked_again),
            *(f"storm: {one}" for one in self.stormy),
        ]

    @property
    def told_in_time(self) -> float:
        """Give the part of the ends that people were told of in time."""
        return self.in_time / self.ends if self.ends else 1.0

    @property
    def without_need(self) -> float:
        """Give the part of the notices that nobody needed."""
        return self.needless / self.notices if self.notices else 0.0

    def __str__(self) -> str:
        happened = ", ".join(f"{n} {what}" for what, n in sorted(self.happened.items()))
        return (
            f"{self.sign_ins} sign-ins, {self.renewals} renewals by us, "
            f"told in time {self.told_in_time:.1%} of {self.ends} ends, needless "
            f"{self.without_need:.1%} of {self.notices} notices, "
            f"{len(self.faults)} faults; {self.ticks} ticks, {self.boots} starts; "
            f"{happened}"
        )


def judge(
    found: Found,
    one: SignedIn,
    end: End,
    blind: Callable[[datetime, datetime], bool],
) -> None:
    """Add what came of one sign-in; `blind` tells when nobody could have told."""
    found.notices += len(one.warnings)
    found.needless += sum(one.ends - w.at > SOONEST for w in one.warnings)
    if one.revoked or blind(one.ends - SOONEST, one.ends):
        return
    replaced = one.replaced is not None and one.replaced < one.ends
    if replaced and not one.warnings:
        return
    if end is End.OUTLIVED and not replaced:
        one.stops = one.ends
    found.ends += 1
    found.in_time += told_before(one, end) is not None


def storms(failed: Sequence[datetime]) -> list[str]:
    """Give when more requests failed within half an hour than pauses allow."""
    return [
        f"{later:%Y-%m-%d %H:%M:%S}"
        for before, later in zip(failed, failed[FEW:], strict=False)
        if later - before < 30 * MINUTE
    ]
