"""Picking many from a long list: searching, ticking, moving."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tray.core.picking import Picking

ROWS = ("Dev  Admin", "Dev  ReadOnly", "Production  Admin")


def test_all_rows_are_shown_at_first() -> None:
    """Nothing is typed, nothing is ticked."""
    picking = Picking(ROWS)

    assert picking.shown == (0, 1, 2)
    assert picking.chosen == frozenset()


def test_words_narrow_it_in_any_order_and_case() -> None:
    """Each word has to be there somewhere."""
    picking = Picking(ROWS).typed("adm").typed("in,PROD")

    assert picking.shown == (2,)
    assert picking.erased(whole=True).shown == (0, 1, 2)
    assert Picking(ROWS).typed("x").erased().shown == (0, 1, 2)
    assert Picking(ROWS).typed("nothing").shown == ()


def test_ticks_stay_while_others_are_looked_for() -> None:
    """What was ticked before the search is still ticked after it."""
    picking = Picking(ROWS).toggled().typed("prod").toggled().erased(whole=True)

    assert picking.chosen == {0, 2}
    assert picking.toggled().chosen == {2}


def test_all_that_are_shown_are_ticked_together() -> None:
    """And those alone; a second time takes their ticks away."""
    picking = Picking(ROWS, frozenset({2})).typed("dev").toggled_all()

    assert picking.chosen == {0, 1, 2}
    assert picking.toggled_all().chosen == {2}


def test_nothing_is_ticked_where_nothing_is_shown() -> None:
    """A key without a row does nothing."""
    picking = Picking(ROWS).typed("nothing")

    assert picking.moved(1).toggled().chosen == frozenset()


def test_moving_stops_at_the_ends() -> None:
    """Down at the last row and up at the first one stay there."""
    assert Picking(ROWS).moved(-1).at == 0
    assert Picking(ROWS).moved(9).at == 2


@given(st.integers(0, 40), st.integers(1, 12), st.lists(st.integers(-9, 9), max_size=9))
def test_the_row_is_always_in_the_window(
    count: int, height: int, steps: list[int]
) -> None:
    """However long the list and however small the terminal."""
    picking = Picking(tuple(map(str, range(count))))
    for step in steps:
        picking = picking.moved(step)

    window = picking.window(height)

    assert len(window) == min(count, height)
    assert count == 0 or picking.shown[picking.at] in window
