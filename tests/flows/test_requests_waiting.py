"""Requests that wait, for people or for a renewal, and lines for status bars."""

from __future__ import annotations

import pytest

from tests.builders import a_token, hours, minutes
from tests.flows.house import House
from tests.flows.test_requests import Desk
from tray.core.errors import UsageError
from tray.flows.requests import LONGEST_WAIT, Requests


def test_a_bar_gets_its_line() -> None:
    """`status` with the name of a bar gives the bar's words in place of the report."""
    desk = Desk()
    desk.house.put(a_token())

    assert set(desk.ask("status", bar="waybar")) >= {"text", "class"}
    assert "sessions" in desk.ask("status", bar="neon")


def test_ensure_tells_until_when() -> None:
    """What lasts long enough is told with its end, and nothing is renewed."""
    desk = Desk()
    desk.house.put(a_token(hours(8), life=hours(8)))

    sure = desk.ask("ensure", session="corp", seconds=3600)

    assert sure["expires_at"] == "2026-03-02T20:00:00Z"
    assert desk.house.center.asked == []


def test_ensure_of_nobody_is_told() -> None:
    """A session that is not in the config is named with those that are."""
    with pytest.raises(UsageError, match="corp"):
        Desk().ask("ensure", session="lab")


@pytest.mark.parametrize(
    ("wait", "waits", "asked"),
    [
        (45, True, True),
        (0.5, True, True),
        (45, False, False),
        (0, True, False),
        (LONGEST_WAIT + 1, True, False),
        ("45", True, False),
    ],
)
def test_people_are_waited_for_where_that_makes_sense(
    wait: object, *, waits: bool, asked: bool
) -> None:
    """With a desktop and a wait within bounds people are asked; else all is told."""
    house = House()
    requests = Requests(house.verbs, house.workers, {}, waits=waits)
    patience = requests._patience("aws", {"wait": wait})

    assert (patience is not None) is asked


def test_ensure_renews_what_ends_too_soon() -> None:
    """What comes of it is told when it is known."""
    desk = Desk()
    desk.house.put(a_token(minutes(42)))

    sure = desk.ask("ensure", session="corp", seconds=3000)

    assert desk.house.center.asked == ["refresh"]
    assert sure["expires_at"] == "2026-03-02T13:00:00Z"
