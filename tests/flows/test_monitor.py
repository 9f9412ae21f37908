"""The one flow: what a tick sees, does and shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, a_session, a_token, hours, minutes
from tests.flows.house import House
from tray.core.board import NoticeKind, Phase
from tray.core.errors import CannotTell, SessionOver
from tray.core.model import AwsConfig
from tray.core.presence import PRESENT, Presence
from tray.core.settings import Mode, Settings

KEY = a_session().cache_key


def phases(house: House) -> list[Phase]:
    """Give the phases of the first session over all boards, without repeats."""
    seen: list[Phase] = []
    for board in house.diary.shown:
        if not seen or seen[-1] is not board.sessions[0].phase:
            seen.append(board.sessions[0].phase)
    return seen


def test_a_tick_that_finds_nothing_new_shows_nothing() -> None:
    """Same facts and no deadline passed: the tick stops there."""
    house = House()
    house.put(a_token())

    house.monitor.tick()
    house.monitor.tick()

    assert len(house.diary.shown) == 1
    assert house.diary.deadline == NOON + minutes(22)


def test_a_passed_deadline_and_a_clock_set_back_are_looked_at() -> None:
    """Time alone can change the board, in both directions."""
    house = House()
    house.put(a_token())
    house.monitor.tick()
    house.clock.advance(minutes(43))
    house.monitor.tick()
    house.clock.advance(hours(-3))
    house.monitor.tick()

    assert len(house.diary.shown) == 3


def test_a_due_token_is_renewed_and_the_board_follows() -> None:
    """Due, renewing, valid again: one request, and nobody is told anything."""
    house = House()
    house.put(a_token(minutes(19)))

    house.settle()

    assert house.center.asked == ["refresh"]
    assert phases(house) == [Phase.VALID, Phase.REFRESHING, Phase.VALID]
    assert house.diary.told == []
    assert house.monitor.board.sessions[0].expires_at == NOON + hours(1)


def test_the_end_of_the_session_is_told_once_and_withdrawn_after_a_log_in() -> None:
    """Refused at renewal, it ends with its token: told, told again, then withdrawn."""
    house = House()
    house.put(a_token(minutes(14)))
    house.center.answers = [SessionOver("Over.", "")]
    house.settle()
    for _ in range(3):
        house.settle()
    house.clock.advance(minutes(15))
    house.settle()
    login, _ = house.verbs.login("corp")
    house.settle()

    kinds = [notice.kind for notice in house.diary.told]
    assert kinds == [NoticeKind.ENDING, NoticeKind.ENDED]
    assert house.diary.withdrawn == ["sign-ins"]
    assert login.result.done()
    assert house.monitor.board.sessions[0].phase is Phase.VALID


def test_offline_is_shown_and_tried_again() -> None:
    """Without a network the token stays, the reason shows, and it tries again."""
    house = House()
    house.put(a_token(minutes(19)))
    house.center.answers = [CannotTell("Offline.", "Wait.")]

    house.settle()
    status = house.monitor.board.sessions[0]
    assert status.phase is Phase.VALID
    assert status.problem is not None
    assert status.renews_at == NOON + minutes(1)

    house.clock.advance(minutes(1))
    house.settle()
    assert house.center.asked == ["refresh", "refresh"]
    assert house.monitor.board.sessions[0].problem is None


def test_a_log_in_by_another_tool_is_seen_as_one() -> None:
    """After an end, a live token that we did not make tells when people logged in."""
    house = House()
    house.settings.settings = Settings(session_duration=hours(8))
    house.settle()
    house.clock.advance(minutes(30))
    house.put(a_token(hours(1), now=house.clock.now()))
    house.settle()

    status = house.monitor.board.sessions[0]
    assert status.horizon.logged_in_at == NOON + minutes(30)
    assert status.ends_at == NOON + minutes(30) + hours(8)


def test_a_renewal_that_is_going_on_is_not_started_twice() -> None:
    """Begun by somebody else between the look and the act, it is not begun again."""
    house = House()
    house.put(a_token(minutes(19)))
    house.config.read = _begin_first(house)  # type: ignore[method-assign]

    house.monitor.tick()

    assert house.workers.jobs == []


def _begin_first(house: House) -> Callable[[], AwsConfig]:
    def read() -> AwsConfig:
        activity = house.activities.current()
        house.activities.begin_refresh(KEY)
        house.activities.current = lambda: activity  # type: ignore[method-assign]
        return house.config.config

    return read


def test_paused_means_no_renewal() -> None:
    """People asked for no renewal: the token is left alone until they resume."""
    house = House()
    house.put(a_token(minutes(19)))
    house.verbs.pause(paused=True)
    house.settle()
    assert house.center.asked == []

    house.verbs.pause(paused=False)
    house.settle()
    assert house.center.asked == ["refresh"]


def test_snooze_withdraws_and_tells_again_later() -> None:
    """Snoozed for the set time, then told once more."""
    house = House()
    house.put(a_token(minutes(14), refreshable=False))
    house.settle()
    house.verbs.snooze("corp", minutes(2))
    house.settle()
    assert house.diary.withdrawn == ["sign-ins"]
    house.clock.advance(minutes(2))
    house.settle()

    assert len(house.diary.told) == 2
    house.verbs.snooze("corp")
    assert house.records.current().of(KEY).snoozed_until == NOON + minutes(17)


def test_a_session_that_leaves_the_config_leaves_the_board() -> None:
    """The board follows the config, also to nothing."""
    house = House()
    house.settle()
    house.config.config = AwsConfig()
    house.settle()

    assert house.monitor.board.sessions == ()
    assert house.verbs.board().sessions == ()


@given(st.lists(st.integers(1, 120), max_size=30))
def test_one_notice_per_episode_however_often_we_tick(steps: list[int]) -> None:
    """Over any walk through time no episode is told twice."""
    house = House()
    house.put(a_token(minutes(60), refreshable=False))
    for step in steps:
        house.clock.advance(timedelta(seconds=step * 30))
        house.settle()

    episodes = [notice.episode for notice in house.diary.told]
    assert len(episodes) == len(set(episodes))
    assert len(episodes) <= 3


def test_what_is_held_is_told_when_the_person_is_back() -> None:
    """Locked, the notice waits; the look after the unlocking tells it."""
    house = House(a_session(), a_session("lab"))
    house.presence.presence = Presence(locked=True)
    house.put(a_token(minutes(4), refreshable=False))
    house.put(a_token(), a_session("lab"))
    house.settle()
    assert house.diary.told == []

    house.presence.presence = PRESENT
    house.settle()
    assert [notice.session for notice in house.diary.told] == ["corp"]


def test_an_idle_person_is_looked_for_again() -> None:
    """No desktop announces the first key after a pause: the next look comes soon."""
    house = House()
    house.presence.presence = Presence(idle_for=hours(1))
    house.put(a_token(minutes(-1), refreshable=False))
    house.settle()

    assert house.diary.told == []
    assert house.diary.deadline == NOON + minutes(1)


def test_nobody_is_looked_for_while_there_is_nothing_to_tell() -> None:
    """The desktop is asked about people only when a notice is about to be shown."""
    house = House()
    house.put(a_token())
    house.settle()

    assert house.presence.looks == 0


def test_the_browser_opens_once_where_people_want_that() -> None:
    """In the mode `open` the log-in begins by itself, once for one end."""
    house = House()
    house.settings.settings = Settings(mode=Mode.OPEN)
    house.put(a_token(minutes(14), refreshable=False))
    house.settle()
    house.clock.advance(minutes(15))
    house.settle()

    assert house.diary.opened == ["corp"]
    assert len(house.diary.told) == 2
