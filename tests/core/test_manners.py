"""When what people should be told waits, and when it is looked at again."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.builders import NOON, a_token, hours, minutes, some_facts
from tray.core.hours import parse_hours
from tray.core.manners import Held, held, hold, look_again, wants_telling
from tray.core.presence import PRESENT, Presence
from tray.core.settings import Settings
from tray.core.status import assess

QUIET = Settings(quiet_hours=(parse_hours("11:00-13:00"), parse_hours("12:00-14:00")))
PLAIN = Settings()
SECONDS = timedelta(seconds=1)

REASONS: list[tuple[str, Presence, Settings, Held | None, datetime | None]] = [
    ("there", PRESENT, PLAIN, None, None),
    ("settling", Presence(settling=True, locked=True), QUIET, Held.SETTLING, None),
    ("asleep", Presence(asleep=True, locked=True), QUIET, Held.ASLEEP, None),
    ("locked", Presence(locked=True), QUIET, Held.LOCKED, None),
    (
        "do not disturb",
        Presence(do_not_disturb=True),
        PLAIN,
        Held.DO_NOT_DISTURB,
        NOON + minutes(1),
    ),
    ("quiet hours", PRESENT, QUIET, Held.QUIET_HOURS, NOON + hours(2)),
    (
        "just away",
        Presence(idle_for=minutes(5)),
        PLAIN,
        Held.IDLE,
        NOON + 15 * SECONDS,
    ),
    (
        "away for long",
        Presence(idle_for=hours(9)),
        PLAIN,
        Held.IDLE,
        NOON + minutes(1),
    ),
    (
        "away early",
        Presence(idle_for=2 * SECONDS),
        Settings(idle_after=SECONDS),
        Held.IDLE,
        NOON + 10 * SECONDS,
    ),
    ("a pause", Presence(idle_for=minutes(4.9)), PLAIN, None, None),
]


@pytest.mark.parametrize(
    ("presence", "settings", "reason", "again"),
    [row[1:] for row in REASONS],
    ids=[row[0] for row in REASONS],
)
def test_why_it_waits_and_when_to_look_again(
    presence: Presence, settings: Settings, reason: Held | None, again: datetime | None
) -> None:
    """Each reason to wait, the strongest first, and what ends it by time."""
    assert held(presence, NOON, settings) is reason
    assert look_again(presence, NOON, settings) == again


def test_only_what_is_new_is_held() -> None:
    """A board with nothing to tell is left as it is, whoever is there."""
    calm = assess(some_facts(a_token()), NOON, PLAIN)
    ended = assess(some_facts(a_token(minutes(-1), refreshable=False)), NOON, PLAIN)
    locked = Presence(locked=True)

    assert hold(calm, locked, NOON, PLAIN) is calm
    assert hold(ended, PRESENT, NOON, PLAIN) is ended
    waiting = hold(ended, locked, NOON, PLAIN)
    assert wants_telling(waiting, held=True)
    assert not wants_telling(ended, held=True)
