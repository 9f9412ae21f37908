"""The monitor under all that may happen to a laptop, beside a model of the truth."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.builders import a_session, a_token, hours, minutes
from tests.flows.house import House
from tests.machines.lengths import bounded
from tray.core.board import Phase
from tray.core.errors import CannotTell, Throttled, TrayError
from tray.core.model import CachedToken, Problem, Unreadable
from tray.core.settings import Mode
from tray.core.status import Activity
from tray.flows.monitor import Monitor

CORP = a_session()
KEY = CORP.cache_key
LAPSED = frozenset({Phase.EXPIRED, Phase.LOGGED_OUT})
WEATHER = (CannotTell("Offline.", "Wait."), Throttled("Too many.", "Wait."))
MOST_ROUNDS = 20
"""A monitor that finds more to do than this without any time passing never rests."""


class Laptop(RuleBasedStateMachine):
    """One sign-in, the people and programs that use it, and the real flows."""

    def __init__(self) -> None:
        super().__init__()
        self.house = House(CORP)
        self.over = False
        self.torn = False
        self.weather: TrayError | None = None
        self.count = 0
        self.settle()

    @property
    def entry(self) -> CachedToken | Unreadable | None:
        """What lies in the cache."""
        return self.house.cache.entries.get(KEY)

    def settle(self) -> None:
        """Let the program do all that it wants to, and see that it comes to rest."""
        house, before = self.house, self.entry
        asked = len(house.center.asked)
        told = len(house.diary.told)
        house.center.answers = [self.weather] * MOST_ROUNDS if self.weather else []
        for _ in range(MOST_ROUNDS):
            house.monitor.tick()
            if not house.workers.jobs:
                break
            house.workers.work()
        assert not house.workers.jobs, "it never rests"
        new = house.center.asked[asked:]
        assert new in ([], ["refresh"]), f"a storm: {new}"
        kinds = Counter(notice.key for notice in house.diary.told[told:])
        assert all(times == 1 for times in kinds.values()), f"a storm: {kinds}"
        if not new or self.weather or self.over:
            assert self.entry is before, "a token is lost"
        shown = len(house.diary.told), len(house.diary.prompts)
        house.monitor.tick()
        house.monitor.tick()
        assert shown == (len(house.diary.told), len(house.diary.prompts))
        assert not house.workers.jobs

    def write(self, token: CachedToken) -> None:
        """Put a token into the cache."""
        self.house.put(token)
        self.torn = False

    def new_token(self, life: timedelta, *, renewable: bool = True) -> CachedToken:
        """Make a token that nobody has seen."""
        self.count += 1
        now, text = self.house.clock.now(), f"theirs-{self.count}"
        return a_token(life, text=text, life=life, refreshable=renewable, now=now)

    @rule(renewable=st.booleans())
    def somebody_logs_in(self, renewable: bool) -> None:  # noqa: FBT001
        """Begin a new sign-in with another program; tokens are as AWS gives them."""
        life = 1 if renewable else 8
        self.over, self.house.center.portal_session_ends = False, None
        self.write(self.new_token(hours(life), renewable=renewable))
        self.settle()

    @precondition(lambda self: not self.over and isinstance(self.entry, CachedToken))
    @rule()
    def others_renew(self) -> None:
        """Another program renews, before or after us."""
        entry = self.entry
        if isinstance(entry, CachedToken) and entry.token.refresh_token is not None:
            self.write(self.new_token(hours(1)))
        self.settle()

    @rule()
    def others_are_half_done(self) -> None:
        """Another program is in the middle of writing, or has written nonsense."""
        problem = Problem("Half a file.", "It is read again.")
        if self.entry is not None:
            self.house.put(Unreadable(problem))
            self.torn = True
        self.settle()

    @rule()
    def somebody_logs_out(self) -> None:
        """With another program."""
        self.house.cache.entries.pop(KEY, None)
        self.torn = False
        self.settle()

    @rule(weather=st.sampled_from((None, *WEATHER)))
    def the_network_changes(self, weather: TrayError | None) -> None:
        """Lose the network, find it again, or meet a service with too much to do."""
        self.weather = weather
        self.settle()

    @rule()
    def the_sign_in_ends(self) -> None:
        """End it by the administrator's time, or from elsewhere."""
        self.over = True
        self.house.center.portal_session_ends = self.house.clock.now() - hours(1000)
        self.settle()

    @rule(length=st.sampled_from((0.2, 1, 5, 15, 41, 60, 185, 600, 4000)))
    def time_passes(self, length: float) -> None:
        """Awake or asleep: nobody looks meanwhile."""
        self.house.clock.advance(minutes(length))
        self.settle()

    @rule(steps=st.integers(2, 12))
    def work_goes_on(self, steps: int) -> None:
        """Time passes with a look each ten minutes, as on a day of work."""
        for _ in range(steps):
            self.house.clock.advance(minutes(10))
            self.settle()

    @rule(length=st.sampled_from((-180, -61, -1, 61, 180)))
    def the_clock_is_set(self, length: int) -> None:
        """By hours, either way."""
        self.house.clock.advance(minutes(length))
        self.settle()

    @rule(mode=st.sampled_from(Mode), known=st.booleans())
    def settings_change(self, mode: Mode, known: bool) -> None:  # noqa: FBT001
        """People edit them."""
        settings = self.house.settings.settings
        length = hours(8) if known else None
        self.house.settings.settings = replace(
            settings, mode=mode, session_duration=length
        )
        self.settle()

    @rule()
    def people_snooze(self) -> None:
        """Not now."""
        self.house.verbs.snooze("corp")
        self.settle()

    @rule()
    def people_mute(self) -> None:
        """Not before it has ended."""
        self.house.verbs.mute("corp")
        self.settle()

    @rule(paused=st.booleans())
    def people_pause(self, paused: bool) -> None:  # noqa: FBT001
        """No renewals, or again."""
        self.house.verbs.pause(paused=paused)
        self.settle()

    @rule()
    def it_is_started_anew(self) -> None:
        """Forget what was in flight, and nothing of what is remembered."""
        house = self.house
        house.activities._current = Activity()
        house.workers.jobs.clear()
        house.monitor = Monitor(
            house._watched(), house.records, house.activities, house.refresher
        )
        self.settle()

    @invariant()
    def nothing_untrue_is_told(self) -> None:
        """No end that is none, and nobody is logged out of what lies there."""
        (status,) = self.house.monitor.board.sessions
        entry, now = self.entry, self.house.clock.now()
        if entry is None:
            assert status.phase is Phase.LOGGED_OUT
        elif self.torn:
            assert status.phase is Phase.UNKNOWN
        else:
            assert isinstance(entry, CachedToken)
            assert status.phase is not Phase.LOGGED_OUT
            if not self.over and entry.token.renewable_at(now):
                assert status.phase is not Phase.EXPIRED, status
            if entry.token.expires_at > now and not self.over:
                assert status.usable, status

    @invariant()
    def an_end_is_told_once_it_is_known(self) -> None:
        """See an end at once that the service has told of."""
        house, entry = self.house, self.entry
        (status,) = house.monitor.board.sessions
        refused = house.records.current().of(KEY).refused
        if isinstance(entry, CachedToken) and refused == entry.fingerprint:
            live = entry.token.expires_at > house.clock.now()
            assert live or status.phase is Phase.EXPIRED

    @invariant()
    def nothing_is_told_twice(self) -> None:
        """Once per episode, and no secret ever."""
        told = Counter((one.key, one.episode) for one in self.house.diary.told)
        assert all(times == 1 for times in told.values()), told
        said = " ".join(f"{n.title} {n.body}" for n in self.house.diary.told)
        assert "theirs-" not in said
        assert "access-" not in said


TestLaptop = Laptop.TestCase
TestLaptop.settings = bounded(60, 30)
