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
from tray.core.settings import Settings

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
    assert house.diary.withdrawn == [KEY]
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
    assert house.diary.withdrawn == [KEY]
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
