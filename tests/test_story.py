"""A working day and the night after it, told through the real flows over fakes."""

from __future__ import annotations

from datetime import timedelta

from tests.builders import NOON, a_session, hours, minutes
from tests.flows.house import House
from tray.core.board import NoticeKind, Phase
from tray.core.wording.board import tooltip

KEY = a_session().cache_key


class Day:
    """A house whose clock runs, with a tick whenever one is due."""

    def __init__(self) -> None:
        self.house = House()
        self.house.clock.at = NOON - hours(3)

    def work(self, length: timedelta) -> None:
        """Let time pass awake: every deadline is met."""
        end = self.house.clock.at + length
        while True:
            self.house.settle()
            deadline = self.house.diary.deadline
            if deadline is None or deadline > end:
                break
            self.house.clock.at = deadline
        self.house.clock.at = end
        self.house.settle()

    def sleep(self, length: timedelta) -> None:
        """Let time pass with the lid closed: nothing runs until it opens."""
        self.house.clock.advance(length)
        self.house.settle()

    def log_in(self) -> None:
        """Click *Log in* and finish in the browser; the sign-in lasts 8 hours."""
        self.house.verbs.login("corp")
        self.house.center.portal_session_ends = self.house.clock.at + hours(8)
        self.house.settle()

    def phase(self) -> Phase:
        """How the session stands."""
        return self.house.monitor.board.sessions[0].phase

    @property
    def renewals(self) -> int:
        """How often a renewal was asked for."""
        return self.house.center.asked.count("refresh")


def test_a_day_in_the_life() -> None:
    """Nobody is surprised, and nobody is asked without need.

    Log in at nine; the token is renewed every forty minutes and nobody hears of it;
    lunch with the lid closed; at the end of the eight hours people are told before
    anything stops; overnight it has ended and says so once; log in again.
    """
    day = Day()
    day.work(minutes(1))
    assert day.phase() is Phase.LOGGED_OUT
    assert day.house.diary.told == []

    _morning_and_lunch(day)
    _evening(day)
    _night(day)

    day.log_in()
    assert day.phase() is Phase.VALID
    assert day.house.diary.withdrawn == ["sign-ins"]
    assert day.house.records.current().of(KEY).refused is None


def _morning_and_lunch(day: Day) -> None:
    day.log_in()
    assert day.phase() is Phase.VALID
    day.work(hours(3))
    assert day.phase() is Phase.VALID
    assert day.renewals == 4
    day.sleep(hours(1))
    assert day.phase() is Phase.VALID
    assert day.renewals == 5


def _evening(day: Day) -> None:
    day.work(hours(3.5))
    assert day.phase() is Phase.VALID
    assert day.house.diary.told == []
    day.work(minutes(75))
    told = [notice.kind for notice in day.house.diary.told]
    assert told == [NoticeKind.ENDING, NoticeKind.ENDING, NoticeKind.ENDED]
    assert day.phase() is Phase.EXPIRED


def _night(day: Day) -> None:
    asked = day.renewals
    day.sleep(hours(14))
    day.work(minutes(30))
    assert len(day.house.diary.told) == 3
    assert day.renewals == asked
    words = tooltip(day.house.monitor.board, day.house.clock.at)
    assert words.startswith("corp: ended")


def test_a_setting_tells_the_end_hours_ahead() -> None:
    """Who sets the session's length is told before its end, token or no token."""
    day = Day()
    settings = day.house.settings.settings
    day.house.settings.settings = type(settings)(session_duration=hours(8))
    day.log_in()
    day.work(hours(7) + minutes(44))
    assert day.house.diary.told == []

    day.work(minutes(2))
    (notice,) = day.house.diary.told
    assert notice.kind is NoticeKind.ENDING
    day.log_in()
    day.work(hours(1))

    assert day.house.diary.withdrawn == ["sign-ins"]
    assert len(day.house.diary.told) == 1
