"""How well the end of a sign-in is foretold, measured over synthetic months.

    python tests/bench/horizon.py            the figures
    python tests/bench/horizon.py --write    and docs/horizon.md and its picture anew

An end counts from the third sign-in on and when the machine was awake in the half hour
before it. It was told in time when a notice came 5 to 30 minutes before it (for
sign-ins of less than 20 minutes: a quarter of them). Where tokens outlive the portal
session, a notice may also come later, while they still work. A notice is needless when
the sign-in goes on for more than half an hour after it.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from tests.bench.months import HOUR, MINUTE, End, Life, Month, SignedIn
from tray.core.learning import learn
from tray.core.wording.times import duration

ROOT = Path(__file__).parents[2]
FIRST = 3
SOONEST, LATEST = 30 * MINUTE, 5 * MINUTE
LENGTHS: Mapping[timedelta, int] = {
    HOUR / 4: 4,
    HOUR / 2: 5,
    HOUR: 10,
    2 * HOUR: 14,
    4 * HOUR: 30,
    8 * HOUR: 50,
    10 * HOUR: 50,
    12 * HOUR: 50,
    24 * HOUR: 80,
    7 * 24 * HOUR: 240,
    30 * 24 * HOUR: 420,
    90 * 24 * HOUR: 720,
}
"""How long sign-ins last, and for how many days we look on."""

LEAST = LATEST / MINUTE
SHORT = {duration(HOUR / 4), duration(HOUR / 2)}
"""Such ends are over before the first renewal could be refused."""

MACHINES = ("office", "evenings", "always")
MANY_RENEWALS = 60 * 24 * HOUR


@dataclass(slots=True)
class Score:
    """What came of some lives."""

    sign_ins: int = 0
    ends: int = 0
    told: int = 0
    notices: int = 0
    needless: int = 0
    minutes: list[float | None] = field(default_factory=list)
    off: list[float] = field(default_factory=list)
    off_plain: list[float] = field(default_factory=list)

    def add(self, other: Score) -> None:
        """Add what came of others."""
        self.sign_ins += other.sign_ins
        self.ends += other.ends
        self.told += other.told
        self.notices += other.notices
        self.needless += other.needless
        self.minutes += other.minutes
        self.off += other.off
        self.off_plain += other.off_plain

    @property
    def in_time(self) -> float:
        """The part of the ends that people were told of in time."""
        return self.told / self.ends if self.ends else 1.0

    @property
    def without_need(self) -> float:
        """The part of the notices that nobody needed."""
        return self.needless / self.notices if self.notices else 0.0


def score(life: Life) -> Score:
    """Live a life and tell what came of it."""
    month = Month(life)
    month.live()
    found = Score(sign_ins=len(month.sign_ins))
    for one in month.sign_ins[FIRST - 1 :]:
        found.notices += len(one.warnings)
        found.needless += sum(one.ends - w.at > SOONEST for w in one.warnings)
        if _counts(one, month):
            found.ends += 1
            before = told_before(one, life.end)
            found.told += before is not None
            found.minutes.append(before)
            found.off += _off(one, typical=True)
            found.off_plain += _off(one, typical=False)
    return found


def told_before(one: SignedIn, end: End) -> float | None:
    """Give how many minutes before the end people were told in time; None: not."""
    stops = _stops(one, end)
    latest = min(LATEST, one.length / 4)
    found = [
        (one.ends - warned.at) / MINUTE
        for warned in one.warnings
        if one.ends - SOONEST <= warned.at <= stops - latest
    ]
    return found[0] if found else None


def _counts(one: SignedIn, month: Month) -> bool:
    over = one.stops is not None or (one.replaced is not None and one.warnings)
    stops = _stops(one, month.life.end)
    asleep = month.days.slept(stops - SOONEST, stops)
    return bool(over) and not one.revoked and not asleep


def _stops(one: SignedIn, end: End) -> datetime:
    late = end is End.OUTLIVED and one.stops is not None
    return max(one.stops or one.ends, one.ends) if late else one.ends


def _off(one: SignedIn, *, typical: bool) -> list[float]:
    """Give how far off a length is that was learned before, in minutes."""
    learned = learn(one.past, typical=typical)
    return [abs(learned.length - one.length) / MINUTE] if learned else []


def usual_lives(lengths: Iterable[timedelta]) -> Iterator[Life]:
    """Give lives of every length, service and machine."""
    for length in lengths:
        for end in End:
            machines = MACHINES if length < MANY_RENEWALS else MACHINES[2:]
            for number, machine in enumerate(machines):
                yield Life(
                    length, LENGTHS[length], end, machine, rotates=number % 2 == 0
                )


def troubles(lengths: Iterable[timedelta]) -> Iterator[tuple[str, Life]]:
    """Give lives in which something is unusual, with its name."""
    chance = random.Random(1)
    for plain in usual_lives(lengths):
        life = replace(plain, seed=1, rotates=chance.random() < 0.5)
        other = life.length * chance.choice((0.5, 0.75, 1.5, 2))
        changed = replace(life, days=2 * life.days, changes=(other,))
        yield "the administrator changes the length", changed
        yield "one in seven sign-ins is ended early", replace(life, revoked=0.15)
        yield "others log in nearly always", replace(life, foreign=0.9, early=0.1)
        yield "a new log-in ends with the old sign-in", replace(life, joins=True)
        yield "people log in at each notice", replace(life, heeds=1)
        yield "people never log in early", replace(life, heeds=0)


Results = dict[tuple[str, End], Score]


def measure() -> tuple[Results, Results]:
    """Live all lives; give what came of them by length and by trouble."""
    by_length: Results = {}
    for life in usual_lives(LENGTHS):
        key = duration(life.length), life.end
        by_length.setdefault(key, Score()).add(score(life))
    by_trouble: Results = {}
    for name, life in troubles([4 * HOUR, 8 * HOUR, 24 * HOUR]):
        by_trouble.setdefault((name, life.end), Score()).add(score(life))
    return by_length, by_trouble


def together(results: Results, *ends: End) -> Score:
    """Give the sum of what came of lives with some services."""
    whole = Score()
    for (_, end), one in results.items():
        if end in ends:
            whole.add(one)
    return whole


def table(results: Results, first: str) -> Iterator[str]:
    """Give the figures as a table in Markdown."""
    head = [first]
    for end in End:
        head += [f"{end}: ends", "told in time", "needless"]
    yield f"| {' | '.join(head)} |"
    yield "|---" + "|---:" * (len(head) - 1) + "|"
    for name in dict.fromkeys(name for name, _ in results):
        cells = [name]
        for end in End:
            one = results[name, end]
            told = f"{one.in_time:.1%}" if one.ends else "none seen"
            cells += [str(one.ends), told, f"{one.without_need:.1%}"]
        yield f"| {' | '.join(cells)} |"


def figures(by_length: Results, by_trouble: Results) -> str:
    """Give all figures in Markdown."""
    everything = together({**by_length, **by_trouble}, *End)
    aim = together(by_length, End.CUT, End.OUTLIVED)
    summary = (
        f"{everything.sign_ins} sign-ins. Where the service cuts tokens or lets them"
        f" outlive the sign-in, all lengths: told in time {aim.in_time:.1%} of"
        f" {aim.ends} ends, needless {aim.without_need:.1%} of {aim.notices} notices."
    )
    outlived = [
        minutes
        for (name, end), one in by_length.items()
        for minutes in one.minutes
        if end is End.OUTLIVED and name not in SHORT
    ]
    early = sum(minutes is not None and minutes >= LEAST for minutes in outlived)
    lines = [
        summary,
        (
            f"Outlived, from 1 h on: {early / len(outlived):.1%} of {len(outlived)}"
            " ends were told 5 to 30 minutes before the sign-in's own end, the rest"
            " later."
        ),
        "",
        *table(by_length, "a sign-in lasts"),
        "",
        *table(by_trouble, "4 h, 8 h, 1 day; and"),
        "",
    ]
    for what, found in (
        ("with the lengths that administrators like", everything.off),
        ("without them", everything.off_plain),
    ):
        lines.append(
            f"Learned {what}: known at {len(found)} of {everything.ends} ends, off by"
            f" {statistics.median(found):.1f} min (median),"
            f" {sum(off <= 10 for off in found) / len(found):.1%} within 10 min.  "
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the report, and write it if asked."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--write", action="store_true")
    write = parser.parse_args().write
    by_length, by_trouble = measure()
    text = figures(by_length, by_trouble)
    sys.stdout.write(text)
    if write:
        from tests.bench.horizon_picture import draw

        page = ROOT / "docs" / "horizon.md"
        before, mark, _ = page.read_text(encoding="utf-8").partition(MARK)
        page.write_text(f"{before}{mark}\n\n{text}", encoding="utf-8")
        draw(by_length, ROOT / "docs" / "images" / "horizon.png")


MARK = "<!-- figures of tests/bench/horizon.py -->"

if __name__ == "__main__":
    main()
