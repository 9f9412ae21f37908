"""Names that look like something else: each is a row that can be clicked."""

from __future__ import annotations

import re

import pytest

from tests.builders import NOON
from tests.desktop.menu_host import EVERYTHING, Exported, row
from tests.fakes.desktop import a_board, a_status, below, levels
from tray.core.model import Profile
from tray.desktop.menu import Menu
from tray.desktop.menutree import MenuTree
from tray.desktop.rows import SEPARATOR
from tray.desktop.toolkit import SEPARATOR as PYSTRAYS

ODD = (
    "-",
    "--",
    "- - - -",
    "—",
    "",
    " ",
    "\t\n",
    "separator",
    "a_b & c",
    "__init__",
    "_File",
    "&Quit",
    "$(reboot); `id` | cat > ~/x && 'a' \"b\" \\",
    "%s %n {0}",
    "<b>bold</b> &amp; &lt;",
    "\u05e9\u05dc\u05d5\u05dd (\u05d0)",
    "\u0645\u0631\u062d\u0628\u0627",
    "\u202egnp.exe",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 family",
    "\U0001f1ea\U0001f1fa",
    "x" * 5000,
    "a\0b",
    "\ud800",
)
"""What profiles, sessions and accounts could be called."""


@pytest.mark.parametrize("name", ODD)
def test_a_row_of_any_name_is_a_row(name: str) -> None:
    """It is no separator, it stays apart from its like, and clicks reach it."""
    first, second = row(name, 1), row(name, 2)
    exported = Exported([first, PYSTRAYS, second])

    _, layout = exported.ask("GetLayout", *EVERYTHING)
    rows = [child for _, child in layout[2]]
    assert [properties.get("type", ("s", "row"))[1] for _, properties, _ in rows] == [
        "row",
        "separator",
        "row",
    ]
    for number, properties, _ in rows:
        if "type" not in properties:
            assert properties["enabled"] == ("b", True)
            exported.ask("Event", number, "clicked", ("i", 0), 0)
    assert exported.clicks == [first, second]


@pytest.mark.parametrize("name", ODD)
def test_a_profile_of_any_name_can_be_found(name: str) -> None:
    """In the real menu every row has a label of one line that is not too long."""
    board = a_board(a_status(), profiles=[Profile(name, "corp", "1", "Admin")])
    profiles = below(Menu().rows(board, NOON), "Profiles")

    for level in levels(profiles):
        for one in level:
            assert one is SEPARATOR or one.label.strip()
            assert "\n" not in one.label
            assert len(one.label) < 200
    assert any(one.children is not None for one in profiles)


@pytest.mark.parametrize("name", ["a_b_c", "__init__", "_File", "a__b", "plain"])
def test_underscores_on_gnome(name: str) -> None:
    """GNOME's extension takes back one pair, the first; people read the whole name."""
    tree = MenuTree(doubled=1)
    tree.rebuild([row(name, 1)])
    (node,) = tree.root.children.values()
    sent = node.properties["label"][1]

    assert re.sub("_([^_])", r"\1", sent, count=1) == name
