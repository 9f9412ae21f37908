"""One line for each status bar."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import NOON, a_session, minutes
from tests.fakes.desktop import a_board, a_status
from tray.core.bars import COLUMNS, Bar, bar
from tray.core.board import Board, Needs, Phase
from tray.core.horizon import Horizon, Source

FINE = a_status()
ENDING = replace(
    a_status("ops", Phase.EXPIRING),
    needs=Needs.LOGIN,
    horizon=Horizon(NOON + minutes(12), Source.TOKEN),
)
ENDED = replace(a_status("old", Phase.EXPIRED), needs=Needs.LOGIN)


@pytest.mark.parametrize(
    ("board", "line"),
    [
        (Board(), "no AWS session"),
        (a_board(FINE), "corp signed in"),
        (a_board(FINE, ENDING), "ops 12 min"),
        (a_board(FINE, ENDING, ENDED), "old log in +1"),
        (a_board(a_status(phase=Phase.LOGGED_OUT)), "corp logged out"),
    ],
)
def test_the_line(board: Board, line: str) -> None:
    """It says what matters most, and how many more need people."""
    assert bar(board, NOON, Bar.STARSHIP) == {"line": line}


def test_colours_where_people_are_needed() -> None:
    """What is fine has no colour of its own."""
    assert bar(a_board(FINE), NOON, Bar.TMUX) == {"line": "corp signed in"}
    assert bar(a_board(ENDED), NOON, Bar.TMUX) == {
        "line": "#[fg=red]old log in#[default]"
    }
    assert bar(a_board(FINE), NOON, Bar.POLYBAR) == {"line": "corp signed in"}
    assert bar(a_board(ENDED), NOON, Bar.POLYBAR) == {
        "line": "%{F#e06c75}old log in%{F-}"
    }


def test_the_object_of_waybar() -> None:
    """Class, share left and the hint go along with the text."""
    assert bar(a_board(FINE, ENDING), NOON, Bar.WAYBAR) == {
        "text": "ops 12 min",
        "alt": "expiring",
        "tooltip": "ops: ends in 12 min\ncorp: signed in, renews itself",
        "class": "ending",
        "percentage": 20,
    }
    empty = bar(Board(), NOON, Bar.WAYBAR)
    assert (empty["class"], empty["alt"]) == ("empty", "unknown")
    assert empty["tooltip"]


@pytest.mark.parametrize("phase", Phase)
def test_every_state_has_a_class(phase: Phase) -> None:
    """A style sheet can tell all states apart; classes are words of CSS."""
    shown = bar(a_board(a_status(phase=phase)), NOON, Bar.WAYBAR)

    assert re.fullmatch(r"[a-z-]+", str(shown["class"]))
    assert shown["alt"] == phase.value


@given(st.text(min_size=1), st.sampled_from(Phase))
def test_no_name_is_taken_for_markup(name: str, phase: Phase) -> None:
    """Whatever a session is called, no bar finds an instruction of its own in it."""
    board = a_board(replace(a_status(phase=phase), session=a_session(name)))

    shown = {form: bar(board, NOON, form) for form in Bar}

    plain = str(shown[Bar.STARSHIP]["line"])
    assert "\n" not in plain
    assert len(plain) <= COLUMNS * 8 + 4
    assert not re.search("[<>]", str(shown[Bar.WAYBAR]["text"]))
    assert unescape(str(shown[Bar.WAYBAR]["text"])) == plain
    tmux = re.sub(r"^#\[fg=\w+\]|#\[default\]$", "", str(shown[Bar.TMUX]["line"]))
    assert "#" not in tmux.replace("##", "")
    polybar = re.sub(r"^%\{F#\w+\}|%\{F-\}$", "", str(shown[Bar.POLYBAR]["line"]))
    assert "%{" not in polybar
