"""`simulate`: the same monitor, with a moved clock, over a world in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.builders import NOON, a_profile, a_session, a_token, hours, minutes
from tests.flows.house import House
from tray.core.hours import parse_hours
from tray.core.memory import Memory, SessionRecord, signed_in
from tray.core.model import (
    AwsConfig,
    CachedToken,
    CacheEntry,
    ConfigProblem,
    Problem,
    SsoSession,
    Subject,
    Unreadable,
)
from tray.core.settings import Mode, Settings
from tray.core.simulation import Kind, Simulation
from tray.core.wording import simulation as wording
from tray.flows import imagined
from tray.flows.simulation import Premises, simulate

KEY = a_session().cache_key
EIGHT = Settings(session_duration=hours(8))


def premises(
    entry: CacheEntry | None,
    settings: Settings | None = None,
    *,
    record: SessionRecord | None = None,
    session: SsoSession | None = None,
) -> Premises:
    """Give one session's facts; logged in an hour ago unless told otherwise."""
    session = session or a_session()
    record = record or signed_in(SessionRecord(), NOON - hours(1))
    return Premises(
        NOON,
        AwsConfig((session,), (a_profile(session=session.name),)),
        settings or Settings(),
        {} if entry is None else {session.cache_key: entry},
        Memory({session.cache_key: record}),
    )


DAY = timedelta(days=1)


def a_day(found: Premises, length: timedelta = DAY) -> Simulation:
    """Simulate so long."""
    return simulate(found, NOON + length)


def times(told: Simulation, kind: Kind) -> list[datetime]:
    """Give when events of a kind happen."""
    return [event.at for event in told.events if event.kind is kind]


def test_a_day_whose_end_is_known() -> None:
    """Renewals, two notices, the end, and the moment programs stop: all foretold."""
    told = a_day(premises(a_token(), EIGHT))
    end = NOON + hours(7)

    assert times(told, Kind.RENEWAL)[:2] == [NOON + minutes(22), NOON + minutes(62)]
    assert times(told, Kind.NOTICE) == [end - minutes(15), end - minutes(5)]
    assert times(told, Kind.SESSION_ENDS) == [end]
    assert times(told, Kind.STOPS) == [end]
    assert times(told, Kind.ENDED_NOTICE) == [end]
    assert max(life.ends for life in told.lives) <= end
    assert told.events == tuple(sorted(told.events, key=lambda event: event.at))
    assert "corp ends at 19:00 (from your setting)." in told.assumptions
    assert wording.NOBODY_LOGS_IN in told.assumptions


def test_it_foretells_what_the_house_then_does() -> None:
    """A real house that lives the same day renews and tells at the same moments."""
    house = House()
    house.settings.settings = EIGHT
    house.put(a_token())
    house.records.change(KEY, lambda one: signed_in(one, NOON - hours(1)))
    house.center.portal_session_ends = NOON + hours(7)
    told = a_day(premises(a_token(), EIGHT), hours(6))
    renewed, noticed = [], 0
    while house.clock.at <= NOON + hours(6):
        before = len(house.center.asked)
        house.settle()
        renewed += [house.clock.at] * (len(house.center.asked) - before)
        noticed = len(house.diary.told)
        assert house.diary.deadline is not None
        house.clock.at = house.diary.deadline

    assert times(told, Kind.RENEWAL) == renewed
    assert noticed == 0
    assert times(told, Kind.NOTICE) == []


def test_an_end_that_is_not_known() -> None:
    """It renews itself on and on, and that is what is said."""
    told = a_day(premises(a_token(), record=SessionRecord()))

    assert {event.kind for event in told.events} == {Kind.RENEWAL}
    assert "corp renews itself; its end is not known." in told.assumptions


def test_a_token_that_outlives_the_sign_in() -> None:
    """The portal refuses; the token works to its own end, and no further."""
    record = signed_in(SessionRecord(), NOON - hours(7.8))
    found = premises(a_token(minutes(55)), EIGHT, record=record)
    told = a_day(found)

    assert times(told, Kind.SESSION_ENDS) == [NOON + minutes(12)]
    assert times(told, Kind.REFUSAL) == [NOON + minutes(35)]
    assert times(told, Kind.STOPS) == [NOON + minutes(55)]


def test_nothing_it_was_given_is_changed() -> None:
    """Tokens and memory are the same after as before."""
    found = premises(a_token(), EIGHT)
    tokens, memory = dict(found.tokens), found.memory

    a_day(found)

    assert found.tokens == tokens
    assert found.memory is memory


def test_sessions_without_a_future() -> None:
    """Logged out, unreadable and misconfigured ones bring no events."""
    unreadable = Unreadable(Problem("It is torn.", "Log in."))
    problem = ConfigProblem(
        Subject.SESSION, "corp", 1, Problem("No region.", "Add sso_region.")
    )
    wrong = premises(a_token())
    wrong = replace(wrong, config=replace(wrong.config, problems=(problem,)))

    assert a_day(premises(None)).events == ()
    assert a_day(premises(unreadable)).events == ()
    assert a_day(wrong).events == ()
    assert a_day(replace(wrong, config=AwsConfig())).sessions == ()


def test_who_was_told_already_is_not_told_again() -> None:
    """Two sign-ins that end after each other share a notice, with one event each."""
    sessions = a_session("corp"), a_session("lab")
    begun = NOON - hours(1), NOON - minutes(57)
    found = Premises(
        NOON,
        AwsConfig(sessions),
        EIGHT,
        {one.cache_key: a_token(text=one.name) for one in sessions},
        Memory(
            {
                one.cache_key: signed_in(SessionRecord(), at)
                for one, at in zip(sessions, begun, strict=True)
            }
        ),
    )
    told = a_day(found)

    assert len(times(told, Kind.NOTICE)) == 4
    assert len(times(told, Kind.ENDED_NOTICE)) == 2


def test_manual_and_paused_sessions_are_not_renewed() -> None:
    """Their token ends, programs stop, and the reason is said."""
    manual = a_day(premises(a_token(), Settings(mode=Mode.MANUAL)))
    found = premises(a_token())
    paused = a_day(replace(found, memory=replace(found.memory, paused=True)))

    for told in (manual, paused):
        stop = [event for event in told.events if event.kind is Kind.STOPS]
        assert [event.title for event in stop] == [wording.STOPS_UNRENEWED]
        assert times(told, Kind.RENEWAL) == []
    assert any("manual" in one for one in manual.assumptions)
    assert wording.PAUSED in paused.assumptions


def test_open_mode_opens_the_browser() -> None:
    """Who asked for it sees when the browser would open."""
    told = a_day(premises(a_token(), replace(EIGHT, mode=Mode.OPEN)))

    assert times(told, Kind.BROWSER) == [NOON + hours(7) - minutes(15)]


def test_snooze_and_registration_are_told() -> None:
    """What keeps quiet, and what ends renewals, is known beforehand."""
    entry = a_token()
    over = NOON + hours(5)
    token = replace(entry.token, registration_expires_at=over)
    record = replace(
        signed_in(SessionRecord(), NOON - hours(1)), snoozed_until=NOON + hours(2)
    )
    found = premises(CachedToken(token, entry.written_at), record=record)
    told = a_day(found)
    later = a_day(found, hours(1))

    assert times(told, Kind.SNOOZE_OVER) == [NOON + hours(2)]
    assert times(told, Kind.REGISTRATION_ENDS) == [over]
    assert max(times(told, Kind.RENEWAL)) < over < times(told, Kind.STOPS)[0]
    assert not {Kind.SNOOZE_OVER, Kind.REGISTRATION_ENDS} & {
        event.kind for event in later.events
    }


def test_an_end_in_the_working_day_is_proposed_around() -> None:
    """With working hours, the proposal of a better time is foretold."""
    settings = replace(EIGHT, working_hours=parse_hours("12:00-20:00"))
    told = a_day(premises(a_token(), settings))

    assert len(times(told, Kind.PROPOSAL)) == 1


def test_quiet_hours_hold_notices() -> None:
    """What comes in quiet hours is told after them."""
    settings = replace(EIGHT, quiet_hours=(parse_hours("18:00-21:00"),))
    told = a_day(premises(a_token(), settings))

    assert times(told, Kind.NOTICE) == []
    assert times(told, Kind.ENDED_NOTICE) == [NOON + hours(9)]


def test_odd_lives_stand_for_an_hour() -> None:
    """A token that says it lives for a second does not renew each second."""
    entry = a_token(timedelta(seconds=1), life=timedelta(seconds=1))
    told = a_day(premises(entry, record=SessionRecord()))

    assert 30 < len(told.events) < 40


def test_many_sessions_end_the_list_in_time() -> None:
    """Twenty sessions for a month are cut where nobody reads on, and say so."""
    sessions = tuple(a_session(f"s{number}") for number in range(20))
    tokens: dict[str, CacheEntry] = {
        one.cache_key: a_token(minutes(42 - number % 40), text=one.name)
        for number, one in enumerate(sessions)
    }
    found = Premises(NOON, AwsConfig(sessions), Settings(), tokens, Memory())
    told = simulate(found, NOON + timedelta(days=31), most=200)

    assert 200 <= len(told.events) < 220
    assert told.until < NOON + timedelta(days=31)
    assert told.events[-1].at <= told.until
    assert any("so much happens" in one.lower() for one in told.assumptions)


def test_the_imagined_world_is_quiet() -> None:
    """Its parts answer, and keep nothing."""
    tokens = imagined.ImaginedTokens({KEY: a_token()})
    tokens.remove(KEY)
    tokens.remove(KEY)

    assert tokens.read_all([KEY]) == {}
    with imagined.OpenDoors().hold(KEY, hours(1)):
        pass


def test_a_center_without_a_token_only_tells_a_time() -> None:
    """Nothing is made up for a file that says nothing."""
    entry = Unreadable(Problem("It is torn.", "Log in."))
    tokens = imagined.ImaginedTokens({KEY: entry})
    heard: list[datetime | None] = []
    center = imagined.ImaginedCenter(
        imagined.MovedClock(NOON),
        tokens,
        lambda _: None,
        lambda _, at: heard.append(at),
    )

    assert center.refresh(a_session()) == NOON + hours(1)
    assert tokens.entries == {KEY: entry}
    assert heard == [NOON + hours(1)]


@pytest.mark.parametrize("days", [1, 31])
def test_one_session_is_quick(days: int) -> None:
    """A month of one session takes a moment."""
    told = a_day(premises(a_token(), record=SessionRecord()), timedelta(days=days))

    assert len(told.events) == pytest.approx(36 * days, abs=2)
