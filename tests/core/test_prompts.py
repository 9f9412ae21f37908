"""When people are told what: a table of days that reads as the specification.

The sign-in in question began at 08:00 and ends at 16:00 unless the row says otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import a_session, a_token, hours, minutes
from tests.core.walking import (
    ASLEEP,
    AWAY,
    LOCKED,
    MEETING,
    MORNING,
    Day,
    Walk,
    at,
    ending,
    mute,
    remind,
    snooze,
)
from tray.core.board import Board, Phase
from tray.core.model import AwsConfig
from tray.core.presence import PRESENT, Presence
from tray.core.setting_keys import from_mapping
from tray.core.status import Facts, assess

WORK = {"working_hours": "mon-fri 09:00-18:00"}
TWICE = ["15:45 corp ends at 16:00", "15:55 corp ends at 16:00"]
ENDED = "16:00 corp has ended"

DAYS: list[tuple[str, Day, list[str]]] = [
    ("told 15 and 5 minutes before, and at the end", Day(), [*TWICE, ENDED]),
    (
        "told when people want to be told",
        Day({"notice_before": ["1h"]}),
        ["15:00 corp ends at 16:00", ENDED],
    ),
    (
        "never earlier than in the last third",
        Day(tokens=(ending("08:15"),), until="08:20"),
        ["08:10 corp ends at 08:15", "08:15 corp has ended"],
    ),
    ("silent: only icon and menu", Day({"mode": "silent"}), []),
    ("manual: nothing by itself", Day({"mode": "manual"}), []),
    (
        "open: the browser once per end, and the notices",
        Day({"mode": "open"}),
        [TWICE[0], "15:45 browser: corp", TWICE[1], ENDED],
    ),
    (
        "each session has its own mode",
        Day(
            {"sessions": {"lab": {"mode": "silent"}}},
            (ending(), ending("15:00")),
        ),
        [*TWICE, ENDED],
    ),
    (
        "several at once are one notice, which is replaced and corrected",
        Day(tokens=(ending(), ending()), wishes={"15:50": snooze("16:30")}),
        [
            "15:45 2 sign-ins need you",
            "15:50 withdrawn",
            "16:30 2 sign-ins need you",
        ],
    ),
    (
        "one that comes later joins those that stand",
        Day(tokens=(ending(), ending("15:50")), until="15:50"),
        [
            "15:35 lab ends at 15:50",
            "15:45 2 sign-ins need you",
            "15:50 2 sign-ins need you",
        ],
    ),
    (
        "snoozed, then told again",
        Day(wishes={"15:46": snooze("15:52")}),
        [TWICE[0], "15:46 withdrawn", "15:52 corp ends at 16:00", *TWICE[1:], ENDED],
    ),
    (
        "muted until it has ended",
        Day(wishes={"15:46": mute("15:46")}),
        [TWICE[0], "15:46 withdrawn", ENDED],
    ),
    (
        "a mute ends with its sign-in",
        Day(
            wishes={
                "08:10": lambda record: replace(
                    record, muted_at=MORNING - hours(1), logged_in_at=MORNING
                )
            }
        ),
        [*TWICE, ENDED],
    ),
    (
        "locked: told at the first look after",
        Day(presence={"15:40": LOCKED, "15:57": PRESENT}),
        ["15:57 corp ends at 16:00", ENDED],
    ),
    (
        "locked over the end: told what is true then",
        Day(presence={"15:40": LOCKED, "16:20": PRESENT}),
        ["16:20 corp has ended"],
    ),
    ("locked for long: nothing meanwhile", Day(presence={"15:40": LOCKED}), []),
    (
        "asleep",
        Day(presence={"15:44": ASLEEP, "15:50": PRESENT}),
        ["15:50 corp ends at 16:00", *TWICE[1:], ENDED],
    ),
    (
        "do not disturb",
        Day(presence={"15:00": MEETING, "15:58": PRESENT}),
        ["15:58 corp ends at 16:00", ENDED],
    ),
    (
        "away from the keyboard",
        Day(presence={"15:00": AWAY, "15:48": PRESENT}),
        ["15:48 corp ends at 16:00", *TWICE[1:], ENDED],
    ),
    (
        "a short pause for thought is not away",
        Day(presence={"15:00": Presence(idle_for=minutes(4))}),
        [*TWICE, ENDED],
    ),
    (
        "open and locked: the browser waits too",
        Day({"mode": "open"}, presence={"15:40": LOCKED, "15:57": PRESENT}),
        ["15:57 corp ends at 16:00", "15:57 browser: corp", ENDED],
    ),
    (
        "locked between two notices: one of them, after",
        Day(presence={"15:46": LOCKED, "15:59": PRESENT}),
        [TWICE[0], "15:55 withdrawn", "15:59 corp ends at 16:00", ENDED],
    ),
    (
        "quiet hours",
        Day({"quiet_hours": "12:00-15:50"}),
        ["15:50 corp ends at 16:00", *TWICE[1:], ENDED],
    ),
    (
        "an end in the working day is announced when work begins",
        Day(WORK, until="15:00"),
        ["09:00 corp ends at 16:00, in your working day", "13:30 withdrawn"],
    ),
    (
        "the proposal is taken: told then, and not again",
        Day(WORK, wishes={"09:01": remind("13:00")}, until="13:10"),
        [
            "09:00 corp ends at 16:00, in your working day",
            "09:01 withdrawn",
            "13:00 Time to log in to corp",
        ],
    ),
    (
        "no proposal where the sign-in lasts the day",
        Day({"working_hours": "mon-fri 09:00-15:30"}, until="15:30"),
        [],
    ),
    (
        "no proposal that would not last the day",
        Day({"working_hours": "09:00-23:00"}, (ending("12:00"),), until="11:40"),
        [],
    ),
    ("no proposal on other days", Day({"working_hours": "sat 09:00-18:00"}), [
        *TWICE, ENDED]),
    (
        "the daily log-in, where the sign-in would not last",
        Day({"daily_login": "mon-fri 08:45"} | WORK, until="09:30"),
        ["08:45 Time to log in to corp"],
    ),
    (
        "the daily log-in opens the browser where people want that",
        Day({"daily_login": "08:45", "mode": "open"} | WORK, until="09:30"),
        ["08:45 Time to log in to corp", "08:45 browser: corp"],
    ),
    (
        "no daily log-in where the sign-in lasts the day",
        Day(
            {"daily_login": "08:45", "working_hours": "mon-fri 09:00-15:30"},
            until="15:30",
        ),
        [],
    ),
    (
        "no daily log-in where people have just logged in",
        Day({"daily_login": "08:00"} | WORK, until="08:59"),
        [],
    ),
    (
        "without working hours the next daily log-in is the measure",
        Day({"daily_login": "08:45"}, until="08:50"),
        ["08:45 Time to log in to corp"],
    ),
    (
        "no daily log-in on other days",
        Day({"daily_login": "sat 08:45"} | WORK, until="08:50"),
        [],
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "met"), [row[1:] for row in DAYS], ids=[row[0] for row in DAYS]
)
def test_a_day(day: Day, met: list[str]) -> None:
    """On such a day people meet exactly this."""
    assert Walk(day).run() == met


def test_an_end_that_nobody_knows_is_never_announced() -> None:
    """A session that renews itself promises nothing, whatever people set."""
    settings, _ = from_mapping(WORK | {"daily_login": "08:45", "mode": "open"})
    token = a_token(hours(1), now=at("11:00"))
    key = a_session().cache_key
    facts = Facts(AwsConfig((a_session(),)), {key: token})

    status = assess(facts, at("11:00"), settings).sessions[0]

    assert status.phase is Phase.VALID
    assert status.notice is None


def test_an_opened_end_is_not_opened_again_after_a_restart() -> None:
    """The browser opens once for one end, also over a restart in between."""
    walk = Walk(Day({"mode": "open"}, until="15:50"))
    walk.run()
    walk.board = Board()
    walk.day.until = "15:59"
    walk.minute(at("15:56"))

    assert [one for one in walk.met if "browser" in one] == ["15:45 browser: corp"]


PRESENCES = st.sampled_from([PRESENT, LOCKED, ASLEEP, MEETING, AWAY])


@given(steps=st.lists(st.tuples(st.integers(1, 40), PRESENCES), max_size=40))
def test_nobody_is_told_while_away_and_never_twice(
    steps: list[tuple[int, Presence]],
) -> None:
    """However people come and go: nothing while they are away, nothing twice."""
    walk, now = Walk(Day({"mode": "open"})), at("15:00")
    for ahead, presence in steps:
        now += timedelta(minutes=ahead)
        walk.presence, before = presence, len(walk.met)
        walk.minute(now)
        news = [one for one in walk.met[before:] if "withdrawn" not in one]
        assert presence is PRESENT or not news

    told = [one.split(" ", 1)[1] for one in walk.met]
    assert told.count("browser: corp") <= 1
    assert told.count("corp has ended") <= 1
    assert told.count("corp ends at 16:00") <= 2
