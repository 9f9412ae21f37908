"""The exported menu: what hosts hear is enough, and no more than needed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desktop.menu_host import EVERYTHING, ROWS, Exported, Host, build, row, tree
from tray.desktop.exports import CallRefused
from tray.desktop.toolkit import SEPARATOR, Menu, Row, pystray


@given(st.lists(ROWS, min_size=2, max_size=4))
def test_the_signals_are_enough(menus: list[list[Any]]) -> None:
    """A host that only heard the signals draws what a fresh host would fetch."""
    exported = Exported(build(menus[0]))
    host = Host(exported)
    for rows in menus[1:]:
        host.hear(exported.show(build(rows)))

        assert host.tree() == tree(exported.ask("GetLayout", *EVERYTHING)[1])


@given(ROWS)
def test_rows_are_those_of_pystray(rows: list[Any]) -> None:
    """Hidden rows, empty submenus and idle separators are left out as pystray does."""
    items = build(rows)

    shown = ["-" if i is SEPARATOR else i.text for i in pystray.Menu(*items)]
    assert Exported(items).labels() == shown


@given(ROWS)
def test_the_same_menu_says_nothing(rows: list[Any]) -> None:
    """New objects with the same keys and labels are no news."""
    exported = Exported(build(rows))

    assert exported.show(build(rows)) == []


@given(ROWS, ROWS)
def test_ids_are_kept_only_while_needed(first: list[Any], second: list[Any]) -> None:
    """Every id that is kept can be reached, and none is used for another row."""
    exported = Exported(build(first))
    old = {n for n, _ in exported.ask("GetGroupProperties", [], [])[0]}
    exported.show([])
    exported.show(build(second))
    new = {n for n, _ in exported.ask("GetGroupProperties", [], [])[0]}

    def reach(layout: tuple[int, Any, list[Any]]) -> set[int]:
        return {layout[0]}.union(*(reach(child) for _, child in layout[2]))

    assert new == reach(exported.ask("GetLayout", *EVERYTHING)[1])
    assert old & new == {0}


def test_ten_thousand_rebuilds_keep_nothing() -> None:
    """The number of ids does not grow, though each row was replaced each time."""
    exported = Exported()
    for turn in range(10_000):
        exported.show([row("fixed"), row(f"row {turn}"), row("x", turn)])

    assert len(exported.ask("GetGroupProperties", [], [])[0]) == 4


def test_a_label_alone_does_not_change_the_layout() -> None:
    """Time left is sent as a property, so that an open menu stays open."""
    exported = Exported([row("5 min", "left"), row("Quit")])

    signals = exported.show([row("4 min", "left"), row("Quit")])

    number = exported.number("4 min")
    changed = [(number, {"label": ("s", "4 min")})]
    assert signals == [("ItemsPropertiesUpdated", (changed, []))]


def test_only_the_part_that_changed_is_fetched_again() -> None:
    """A row that came in a submenu names that submenu."""
    exported = Exported([row("a"), Row("s", Menu(row("x")), key="s")])

    signals = exported.show([row("a"), Row("s", Menu(row("x"), row("y")), key="s")])

    assert signals == [("LayoutUpdated", (3, exported.number("s")))]


def test_a_late_click_hits_nothing() -> None:
    """A click on a row that is gone is refused, and never another row's."""
    exported = Exported([row("Log out of a")])
    number = exported.number("Log out of a")
    exported.show([row("Log out of b")])

    with pytest.raises(CallRefused):
        exported.ask("Event", number, "clicked", ("i", 0), 0)
    assert exported.ask("EventGroup", [(number, "clicked", ("i", 0), 0)] * 0) == ([],)
    assert exported.clicks == []


def test_clicks_reach_enabled_rows_only() -> None:
    """Hovering, and clicks on grey rows, do nothing."""
    grey, live = row("grey", enabled=False), row("live")
    exported = Exported([grey, SEPARATOR, live])

    for number in range(1, 4):
        exported.ask("Event", number, "hovered", ("i", 0), 0)
        exported.ask("Event", number, "clicked", ("i", 0), 0)
    events = [(n, "clicked", ("i", 0), 0) for n in (exported.number("live"), 99)]

    assert exported.ask("EventGroup", events) == ([99],)
    assert exported.clicks == [live, live]


def test_all_unknown_rows_are_refused() -> None:
    """A group of clicks of which no row exists is an error, as the interface has it."""
    with pytest.raises(CallRefused):
        Exported().ask("EventGroup", [(9, "clicked", ("i", 0), 0)])


def test_underlines_and_odd_characters_are_shown() -> None:
    """A name is shown as it is, whatever characters it has."""
    exported = Exported([row("dev_admin"), row("a\0b"), row("\ud800")])

    labels = [
        p[1]["label"][1] for p in exported.ask("GetGroupProperties", [1, 2], [])[0]
    ]
    assert labels == ["dev__admin", "ab"]
    assert exported.labels()[2] == "?"


def test_the_menu_is_fresh_when_it_opens() -> None:
    """What is asked about before it opens is brought up to date first."""
    texts = iter(["first", "second", "third", "fourth"])
    exported = Exported([Row(lambda _: next(texts), None, key="x")])

    assert exported.ask("AboutToShow", 0) == (False,)
    assert exported.labels() == ["second"]
    assert exported.ask("AboutToShowGroup", [0, 77]) == ([], [77])
    exported.items.append(row("new"))
    assert exported.ask("AboutToShowGroup", [0]) == ([0], [])
    with pytest.raises(CallRefused):
        Exported().ask("AboutToShow", 5)


def test_hosts_may_ask_for_parts() -> None:
    """Depth and names of properties are honoured."""
    exported = Exported([Row("s", Menu(row("x")), key="s"), row("y")])

    _, layout = exported.ask("GetLayout", 0, 1, ["children-display"])
    inner = [child for _, child in layout[2]]
    assert [(p, below) for _, p, below in inner] == [
        ({"children-display": ("s", "submenu")}, []),
        ({}, []),
    ]
    number = exported.number("y")
    assert exported.ask("GetProperty", number, "label") == (("s", "y"),)
    for wrong in ((number, "nothing"), (99, "label")):
        with pytest.raises(CallRefused):
            exported.ask("GetProperty", *wrong)
    assert exported.menu.interface().properties()["Version"] == ("u", 3)


class Counting(Row):
    """A row that counts how often its label is asked for."""

    asked = 0

    @property
    def text(self) -> str:
        """The label."""
        type(self).asked += 1
        return "counted"


def test_static_rows_are_looked_at_once() -> None:
    """Ten thousand profiles cost nothing while they stay the same."""
    Counting.asked = 0
    below = Menu(Counting("", None))
    fixed = [Counting("", None, static=True), Row("fold", below, static=True)]
    exported = Exported([row("1 min", "left"), *fixed])
    assert Counting.asked == 1  # nobody has asked for the submenu
    exported.ask("GetLayout", 0, 1, [])
    assert Counting.asked == 1
    exported.ask("GetLayout", *EVERYTHING)
    assert Counting.asked == 2

    signals = exported.show([row("0 min", "left"), *fixed])

    assert Counting.asked == 2
    assert [name for name, _ in signals] == ["ItemsPropertiesUpdated"]
    assert exported.show([row("0 min", "left")])[0][0] == "LayoutUpdated"


def test_a_static_submenu_that_is_made_anew_is_followed() -> None:
    """Another object with the same key brings its own rows."""
    first = Row("fold", Menu(row("a")), key="f", static=True)
    exported = Exported([first])
    host = Host(exported)

    again = Row("fold", Menu(row("a"), row("b")), key="f", static=True)
    host.hear(exported.show([again]))

    assert host.tree() == tree(exported.ask("GetLayout", *EVERYTHING)[1])
    assert len(host.rows) == 4


def test_a_lazy_submenu_is_there_when_it_opens() -> None:
    """What a host is about to show has been built."""
    exported = Exported([Row("fold", Menu(row("a")), key="f", static=True)])

    exported.ask("AboutToShow", exported.number("fold"))

    assert len(exported.ask("GetGroupProperties", [], [])[0]) == 3


def test_the_default_row_is_known() -> None:
    """The row that a left click runs is the first one that says so."""
    chosen = row("b", default=True)

    assert Exported([row("a"), chosen]).menu.default is chosen
    assert Exported([row("a")]).menu.default is None
