"""The world of a simulated year: it makes trouble, and watches what the program does.

Whoever says how long sign-ins last, which tokens work and what time it is, is here;
the program only has what real ones have: files, answers, and a clock that may be wrong.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from tests.bench.authority import (
    HOUR,
    MINUTE,
    SECOND,
    Authority,
    Network,
    Rotation,
    Time,
)
from tests.bench.calendar_of_work import LENGTHS, START, Span, spans
from tests.bench.horizon import FIRST
from tests.bench.laptop import KEY, SESSION, SETTINGS, Laptop
from tests.bench.months import End, Warned
from tests.bench.year_found import Found, judge, storms
from tests.fakes.center import DictCache
from tray.core.board import Board, Notice, NoticeKind, Phase
from tray.core.errors import SessionOver
from tray.core.model import CachedToken

OUT = frozenset({Phase.EXPIRED, Phase.LOGGED_OUT})


class Year:
    """One year in one service's hands."""

    def __init__(
        self,
        end: End = End.CUT,
        rotation: Rotation = Rotation.NONE,
        seed: int = 0,
        days: int = 365,
        move: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.chance = random.Random(f"{end} {rotation} {seed}")
        self.days, self.move, self.found = days, move, Found()
        self.time = Time(datetime.combine(START, datetime.min.time(), UTC))
        self.authority = Authority(self.time, self.chance, LENGTHS[0][1], end, rotation)
        cache = DictCache()
        self.network = Network(
            self.authority, cache.entries, race=self._race_now_and_then
        )
        self.laptop = Laptop(
            self.time, cache, self.network, SETTINGS, self._told, self._shown
        )
        self.queue: list[tuple[datetime, int, Callable[[], None]]] = []
        self.number = 0
        self.log_in_planned = False
        self.episodes: Counter[tuple[str, str]] = Counter()
        self.ended_told: Counter[int] = Counter()
        self.unregistered: set[int] = set()
        self.asleep: list[tuple[datetime, datetime]] = []
        self.skewed: list[tuple[datetime, datetime]] = []

    # --- the course of things

    def live(self) -> Found:
        """Live it."""
        before: Span | None = None
        for span in spans(START, self.days, self.chance):
            self._sleep_until(before, span)
            self._wake(
                span, first=before is None or before.end.date() < span.begin.date()
            )
            self._work_until(span.end)
            before = span
        return self._sum_up()

    def _sleep_until(self, before: Span | None, span: Span) -> None:
        """Let a night pass: the laptop does nothing, the world goes on."""
        if before is not None:
            self.asleep.append((before.end, span.begin))
            if self.chance.random() < 0.01 * (span.begin - before.end) / HOUR / 14:
                self._revoke()
        self.queue, self.log_in_planned = [], False
        self.network.trouble = None
        self.time.ahead = timedelta()
        self.time.true = span.begin
        day = (span.begin.date() - START).days
        self.authority.length = [one for since, one in LENGTHS if day >= since][-1]

    def _wake(self, span: Span, *, first: bool) -> None:
        self.move(span.zone)
        if span.travelling and first and self.chance.random() < 0.5:
            self._trouble("This network wants you to log in on its page first.", 40)
            self.found.happened["captive portals"] += 1
        if self.laptop.boots == 0 or (first and self.chance.random() < 0.25):
            self.laptop.boot()
        hours = (span.end - span.begin) / HOUR
        for _ in range(self._poisson(1.5 * hours)):
            self._at(span.begin + self.chance.random() * hours * HOUR, self._use_cli)
        for rate, happen in (
            (0.012, self._outage),
            (0.004, self._set_clock_wrong),
            (0.004, self._crash),
            (0.001, self._revoke),
        ):
            if self.chance.random() < rate * hours:
                self._at(span.begin + self.chance.random() * hours * HOUR, happen)
        self._settle()

    def _work_until(self, end: datetime) -> None:
        while True:
            due = self.laptop.deadline
            then = end if due is None else due - self.time.ahead
            happening = self.queue[0][0] if self.queue else end
            then = max(min(then, happening, end), self.time.true)
            if then >= end:
                self.time.true = end
                return
            self.time.true = then
            if happening <= then:
                _, _, happen = heapq.heappop(self.queue)
                happen()
            elif due is not None and self.time.now() < due:
                self.time.true += SECOND / 1000
            self._settle()

    def _settle(self) -> None:
        self.laptop.settle()
        token = self.laptop.token
        sign_ins = self.authority.sign_ins
        if (
            sign_ins
            and self.authority.alive(-1)
            and not self.authority.renewable(token)
        ):
            self.found.lost.append(self._where())

    def _at(self, moment: datetime, happen: Callable[[], None]) -> None:
        self.number += 1
        heapq.heappush(self.queue, (moment, self.number, happen))

    def _poisson(self, mean: float) -> int:
        return sum(self.chance.random() < mean / 50 for _ in range(50))

    # --- the program is watched

    def _told(self, notice: Notice) -> None:
        number, now = len(self.authority.sign_ins) - 1, self.time.true
        self.episodes[notice.key, notice.episode] += 1
        if self.episodes[notice.key, notice.episode] > 1:
            self.found.repeated.append(f"{notice.episode} at {self._where()}")
        current = self.authority.sign_ins[number]
        if notice.kind is NoticeKind.ENDED:
            self.ended_told[number] += 1
            if self.ended_told[number] > 1:
                self.found.repeated.append(f"ended at {self._where()}")
            self._plan_log_in(self.chance.uniform(0.5, 8), 0.9)
        elif notice.kind is NoticeKind.ENDING:
            status = self.laptop.monitor.board.sessions[0]
            assert status.ends_at is not None
            if self._registration_ends(status.ends_at):
                self.found.happened["registrations over"] += 1
                self.unregistered.add(current.number)
            source = status.horizon.source
            current.warnings.append(Warned(now, status.ends_at, source))
            self._plan_log_in(self.chance.uniform(0.5, 4), 0.3)
        else:
            self.found.happened["proposals"] += 1

    def _shown(self, board: Board) -> None:
        (status,) = board.sessions
        if status.phase not in OUT or self._is_skewed():
            return
        token = self.laptop.token
        if self.authority.works(token) or self._could_renew(token):
            self.found.falsely_out.append(f"{status.phase} at {self._where()}")

    def _could_renew(self, token: CachedToken | None) -> bool:
        """Tell whether a token that is over would work again at once."""
        if token is None or not token.token.renewable_at(self.time.now()):
            return False
        left = self.authority.sign_ins[-1].ends - self.time.true
        return self.authority.renewable(token) and left > MINUTE

    def _registration_ends(self, ends_at: datetime) -> bool:
        """Tell whether the sign-in ends early because nothing can renew it."""
        token = self.laptop.token
        over = None if token is None else token.token.registration_expires_at
        return over is not None and over <= ends_at

    def _is_skewed(self) -> bool:
        return self.time.ahead != timedelta()

    def _where(self) -> str:
        return f"{self.time.true:%Y-%m-%d %H:%M:%S}"

    # --- the world

    def _plan_log_in(self, minutes: float, likely: float) -> None:
        if not self.log_in_planned and self.chance.random() < likely:
            self.log_in_planned = True
            self._at(self.time.true + minutes * MINUTE, self._log_in)

    def _log_in(self) -> None:
        self.log_in_planned = False
        if self.network.trouble is not None:
            self._plan_log_in(10, 1)
        elif self.chance.random() < 0.6:
            self.laptop.log_in()
            self.found.happened["log-ins through us"] += 1
        else:
            client = self.chance.choice(("cli", "cli", "ide"))
            self.authority.registration_end(client)
            self.laptop.cache.entries[KEY] = self.authority.sign_in(client)
            self.found.happened["log-ins elsewhere"] += 1

    def _use_cli(self) -> None:
        """Work with the AWS CLI: it renews late tokens in place, or complains."""
        token = self.laptop.token
        if not (self.authority.works(token) or self.authority.renewable(token)):
            self._plan_log_in(self.chance.uniform(1, 10), 1)
            return
        assert token is not None
        late = token.token.expires_at - self.time.now() < 15 * MINUTE
        if late and self.network.trouble is None:
            self._renew_elsewhere()

    def _renew_elsewhere(self) -> None:
        token = self.laptop.token
        assert token is not None
        try:
            self.laptop.cache.entries[KEY] = self.authority.renew(token, SESSION)
        except SessionOver:
            return
        self.found.happened["renewals elsewhere"] += 1

    def _race_now_and_then(self) -> None:
        """Let another program renew in the moment in which we ask."""
        if self.chance.random() < 0.03:
            self._renew_elsewhere()
            self.found.happened["races"] += 1

    def _trouble(self, text: str, minutes: float) -> None:
        self.network.trouble = text
        self._at(self.time.true + self.chance.uniform(5, minutes) * MINUTE, self._calm)

    def _outage(self) -> None:
        self._trouble("There is no way to AWS.", 180)
        self.found.happened["outages"] += 1

    def _calm(self) -> None:
        self.network.trouble = None

    def _set_clock_wrong(self) -> None:
        hours = self.chance.choice((-5, -2, -0.5, -0.15, 0.1, 0.5, 1, 3, 9))
        self.time.ahead = hours * HOUR
        since = self.time.true
        until = since + self.chance.uniform(5, 90) * MINUTE
        self.skewed.append((since, until))
        self._at(until, self._set_clock_right)
        self.found.happened["wrong clocks"] += 1

    def _set_clock_right(self) -> None:
        self.time.ahead = timedelta()

    def _crash(self) -> None:
        self.laptop.boot()
        self.found.happened["restarts at work"] += 1

    def _revoke(self) -> None:
        if self.authority.sign_ins and self.authority.alive(-1):
            self.authority.revoke()
            self.found.happened["sign-ins ended elsewhere"] += 1

    # --- what came of it

    def _sum_up(self) -> Found:
        found, sign_ins = self.found, self.authority.sign_ins
        found.sign_ins = len(sign_ins)
        found.ticks, found.boots = self.laptop.ticks, self.laptop.boots
        last = self.asleep[-1][1] if self.asleep else self.time.true
        for one in sign_ins[FIRST - 1 :]:
            if one.number not in self.unregistered and one.ends <= last:
                judge(found, one, self.authority.end, self._blind)
        answered = Counter(a.token for a in self.network.asked if a.answered)
        found.renewals = sum(answered.values())
        found.asked_again = [mark for mark, count in answered.items() if count > 1]
        found.stormy = storms([a.at for a in self.network.asked if not a.answered])
        return found

    def _blind(self, since: datetime, until: datetime) -> bool:
        """Tell whether the laptop slept, or its clock was wrong, in this time."""
        spans_ = (*self.asleep, *self.skewed)
        return any(begin < until and since < end for begin, end in spans_)
