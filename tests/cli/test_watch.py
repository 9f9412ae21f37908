"""`status --watch`: every change, once, until Ctrl-C."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial

import pytest

from tests.builders import a_token, hours, minutes
from tests.cli.conftest import Doors
from tests.fakes.cli import Room, Terminal


def until_stopped(room: Room, *steps: Callable[[], None] | None) -> None:
    """Let something happen between two looks, and Ctrl-C come at the end."""
    left = list(steps)

    def between() -> None:
        if not left:
            raise KeyboardInterrupt
        step = left.pop(0)
        if step is not None:
            step()

    room.between = between


def test_watching_a_pipe_tells_each_change_in_a_line(doors: Doors) -> None:
    """Nothing is said twice; Ctrl-C ends it with 130 and no other word."""
    house, room = doors("corp", "lab")
    token = a_token(hours(1), refreshable=False)
    until_stopped(room, None, lambda: house.put(token), None)

    ended = room.run("status", "--watch")

    assert ended.status == 130
    assert ended.out.splitlines() == [
        "12:00 corp: logged out",
        "12:00 lab: logged out",
        "12:00 corp: ends in 1 h",
    ]
    assert ended.err == ""


def test_watching_json_gives_one_document_a_change(doors: Doors) -> None:
    """A script reads line by line; that time passes is no change."""
    house, room = doors("corp")
    until_stopped(
        room,
        partial(house.clock.advance, minutes(1)),
        partial(house.put, a_token()),
    )

    ended = room.run("status", "--watch", "--json")

    told = [json.loads(line) for line in ended.out.splitlines()]
    phases = [document["sessions"][0]["phase"] for document in told]
    assert phases == ["logged_out", "valid"]


def test_watching_a_terminal_redraws_in_place(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A screen of its own, drawn anew on each change, and given back at the end."""
    monkeypatch.setenv("TERM", "xterm")
    house, room = doors("corp")
    until_stopped(room, None, lambda: house.put(a_token()))

    ended = room.run("status", "--watch", terminal=Terminal())

    assert ended.status == 130
    assert ended.out.startswith("\x1b[?1049h")
    assert ended.out.endswith("\x1b[?1049l")
    assert ended.out.count("\x1b[H") == 2
    assert "renews itself" in ended.out


def test_watching_a_low_terminal_counts_what_does_not_fit(
    doors: Doors, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The screen never scrolls."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("LINES", "10")
    _, room = doors(*(f"session-{n}" for n in range(40)))
    until_stopped(room)

    drawn = room.run("status", "--watch", terminal=Terminal()).out

    assert drawn.count("\n") == 9
    assert "more lines" in drawn


def test_watching_for_a_bar_gives_a_line_a_change(doors: Doors) -> None:
    """A bar that reads on sees each new line, and none twice."""
    house, room = doors("corp")
    until_stopped(room, None, partial(house.put, a_token()), None)

    ended = room.run("status", "--watch", "--format", "polybar")

    assert ended.out.splitlines() == [
        "%{F#e06c75}corp logged out%{F-}",
        "corp signed in",
    ]
