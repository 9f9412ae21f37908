"""When a synthetic machine is awake, and somebody in front of it."""

from __future__ import annotations

import random
from bisect import bisect_right
from datetime import datetime, timedelta

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
HABITS = {"office": (9.0, 17.6), "evenings": (8.3, 22.5)}
SATURDAY = 5


class Days:
    """The spans in which a machine is awake."""

    def __init__(
        self, machine: str, start: datetime, count: int, chance: random.Random
    ) -> None:
        self.machine = machine
        self.spans: list[tuple[datetime, datetime]] = []
        for day in (start + number * DAY for number in range(count)):
            self._add(day, chance)
        self.starts = [span[0] for span in self.spans]

    def _add(self, day: datetime, chance: random.Random) -> None:
        if self.machine == "always":
            self.spans.append((day, day + DAY))
            return
        weekend = day.weekday() >= SATURDAY
        if weekend and chance.random() > (0.1 if self.machine == "office" else 0.6):
            return
        first, last = HABITS[self.machine]
        begin = day + (first + chance.gauss(0, 0.3)) * HOUR
        end = day + min(last + chance.gauss(0, 0.6), 23.8) * HOUR
        if chance.random() < 0.6:
            noon = day + (12 + chance.uniform(-0.5, 1)) * HOUR
            self.spans.append((begin, noon))
            begin = noon + chance.uniform(0.2, 1.2) * HOUR
        self.spans.append((begin, end))

    def awake(self, moment: datetime) -> datetime:
        """Give the moment itself, or the next wake where the machine sleeps."""
        index = bisect_right(self.starts, moment) - 1
        if index >= 0 and moment < self.spans[index][1]:
            return moment
        if index + 1 < len(self.spans):
            return self.starts[index + 1]
        return max(moment, self.spans[-1][1])

    def slept(self, since: datetime, until: datetime) -> bool:
        """Tell whether it was ever asleep between two moments."""
        first, last = (bisect_right(self.starts, one) - 1 for one in (since, until))
        if first == last:
            return first < 0 or until > self.spans[first][1]
        return any(
            self.spans[index][1] < self.spans[index + 1][0]
            for index in range(max(first, 0), last)
        )

    def somebody(self, moment: datetime) -> datetime:
        """Give the next moment from this one on at which people are there."""
        if self.machine != "always":
            return self.awake(moment)
        hour = moment.hour
        if 8 <= hour < 20:
            return moment
        day = moment.replace(hour=8, minute=0, second=0, microsecond=0)
        return day if hour < 8 else day + DAY
