"""Days through the real flows: the end of a sign-in is learned, and then foretold."""

from __future__ import annotations

from tests.builders import a_session, a_token, hours, minutes
from tests.test_story import Day
from tray.core.board import NoticeKind
from tray.core.horizon import Source
from tray.core.memory import SessionRecord
from tray.flows.refresh import Outcome

KEY = a_session().cache_key


def a_day(day: Day) -> None:
    """Log in, work until the sign-in has ended, and close the lid for the night."""
    day.log_in()
    day.work(hours(9))
    day.sleep(hours(15))


def record_of(day: Day) -> SessionRecord:
    """Give what is remembered of the session."""
    return day.house.records.current().of(KEY)


def test_the_third_day_is_foretold() -> None:
    """After two ends that agree, people are told 15 minutes before the third."""
    day = Day()
    for _ in range(2):
        a_day(day)
        assert day.house.monitor.board.sessions[0].horizon.source is Source.TOKEN
    began = day.house.clock.at
    day.log_in()
    told = len(day.house.diary.told)
    horizon = day.house.monitor.board.sessions[0].horizon

    assert horizon.source is Source.LEARNED
    assert horizon.ends_at == began + hours(8)
    assert horizon.observations == 2
    day.work(hours(7) + minutes(44))
    assert len(day.house.diary.told) == told
    day.work(minutes(2))
    assert day.house.diary.told[-1].kind is NoticeKind.ENDING
    assert len(day.house.diary.told) == told + 1


def test_what_was_learned_survives_a_restart() -> None:
    """The past lies in the store, not in the process."""
    day, other = Day(), Day()
    for _ in range(2):
        a_day(day)
    other.house.store.memory = day.house.records.current()
    other.house.clock.at = day.house.clock.at
    other.log_in()

    assert other.house.monitor.board.sessions[0].horizon.source is Source.LEARNED


def test_a_forced_renewal_is_no_log_in() -> None:
    """Our own renewals are known, also those that no other program would make."""
    day = Day()
    day.log_in()
    began = record_of(day).logged_in_at
    day.work(minutes(10))
    outcome = day.house.refresher.renew(a_session(), force=True)
    day.work(minutes(1))

    assert outcome is Outcome.RENEWED
    assert record_of(day).logged_in_at == began
    current = record_of(day).history.current
    assert current is not None
    assert current.renewals == 1


def test_a_log_in_by_another_program_is_seen() -> None:
    """The AWS CLI's log-in in the middle of the day begins a sign-in."""
    day = Day()
    day.log_in()
    day.work(minutes(10))
    now = day.house.clock.at
    day.house.cache.entries[KEY] = a_token(hours(1), text="by the AWS CLI", now=now)
    day.work(minutes(1))

    assert record_of(day).logged_in_at == now


def test_a_log_out_teaches_no_length() -> None:
    """People who log out at noon each day are not told that it ends at noon."""
    day = Day()
    for _ in range(3):
        day.log_in()
        day.work(hours(3))
        day.house.verbs.logout("corp")
        day.sleep(hours(21))
    day.log_in()

    assert day.house.monitor.board.sessions[0].horizon.source is Source.UNKNOWN
    past = record_of(day).history.past
    assert [one.over_by for one in past] == [None, None, None]
