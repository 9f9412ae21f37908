"""The real program in GNOME Shell and in Plasma, clicked with a real pointer."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from tests.live.desktop import SERVER
from tests.live.pixels import (
    Picture,
    appeared,
    difference,
    light_buttons,
    lines_of_text,
    plain,
    settled,
    vanished,
)
from tests.live.real import ROOT, Program, the_program
from tests.live.screen import GREEN, Box, poll
from tests.live.shells import SHELLS
from tests.live.test_program import FINE, RED

pytestmark = [pytest.mark.live, pytest.mark.all_desktops]

GNOME, PLASMA = SHELLS
ROOM = {GNOME: Box(0, 36, 1000, 600), PLASMA: Box(0, 0, 1000, 590)}
"""The screen without the panel and its clock."""


@contextmanager
def on_shell(home: Path, shell: str, *, notices: bool = False) -> Iterator[Program]:
    """Give the program on a shell that has come up whole."""
    with the_program(home, panel=shell, notifications=notices) as program:
        poll(lambda: program.desk.bus.has_owner(SERVER), "its notices", 30)
        settled(program.desk, ROOM[shell])
        if shell == GNOME:
            program.desk.click(ROOM[shell].middle)  # it begins with an overview
            settled(program.desk, ROOM[shell])
        yield program


@pytest.fixture(params=SHELLS)
def silent(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Program]:
    """Give the program on each shell, without notices."""
    with on_shell(tmp_path, request.param) as program:
        yield program


@pytest.fixture(params=SHELLS)
def program(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Program]:
    """Give the program on each shell, with notices."""
    with on_shell(tmp_path, request.param, notices=True) as program:
        yield program


def room(program: Program) -> Box:
    """Give the part of the screen in which menus and notices come."""
    assert program.desk.panel is not None
    return ROOM[program.desk.panel]


def clear(program: Program) -> None:
    """Wait until GNOME's own notice for root is gone."""
    if program.desk.panel == GNOME:
        plain(program.desk, room(program))


def standing_icon(program: Program, colour: tuple[int, int, int]) -> Box:
    """Wait until the icon has come and slid to its place."""

    def standing() -> Box | None:
        first = program.desk.find(colour)
        time.sleep(0.7)
        return first if first == program.desk.find(colour) else None

    return poll(standing, "the icon at its place", 40)


def open_menu(program: Program, icon: Box, without: int = 0) -> list[int]:
    """Open the menu with a click; give where its rows are: one x, and each one's y.

    So many rows are drawn `without` anything that looks like text.
    """
    desk = program.desk
    clear(program)
    before = desk.screenshot()
    desk.click(icon.middle, 3)
    menu = appeared(desk, before, room(program))
    shown = desk.screenshot(desk.home / "menu.png")
    lines = lines_of_text(shown, menu)
    texts = [label for label in desk.labels() if label != "-" or without]
    assert len(lines) == len(texts) - without
    desk.move((menu.x + menu.w // 3, lines[0]))
    return [menu.x + menu.w // 3, *lines]


def drop_notice(program: Program, left: timedelta = timedelta(minutes=3)) -> Picture:
    """Let the session end soon; give the screen from before the notice."""
    clear(program)
    before = program.desk.screenshot()
    program.write_token(left=left, renewable=False)
    return before


def press_log_in(program: Program, before: Picture) -> None:
    """Press the first button of the notice on the screen."""
    desk = program.desk
    notice = appeared(desk, before, room(program))
    desk.move((notice.x + notice.w // 2, notice.y + 40))  # GNOME shows them only then
    time.sleep(1)
    notice = appeared(desk, before, room(program))
    shown = desk.screenshot(desk.home / "notice.png")
    if desk.panel == PLASMA:
        desk.click(light_buttons(shown, notice)[0])
    else:
        assert notice.h > 100, "GNOME shows no buttons"
        desk.click((notice.x + 50, notice.y + notice.h - 22))


def test_a_click_in_the_menu_logs_in(silent: Program) -> None:
    """The icon comes, its menu opens, and its first row does what it says."""
    silent.write_ended_token()
    silent.start()
    silent.wait_row("Log in to corp")
    x, first, *_ = open_menu(silent, standing_icon(silent, RED))
    silent.desk.click((x, first))

    silent.wait_tooltip("corp: signed in, renews itself")
    standing_icon(silent, FINE)
    assert len(silent.visits) == 1


def test_an_open_menu_follows_and_stays(silent: Program) -> None:
    """Time left goes on in an open menu, of which a row still can be clicked."""
    silent.write_token()
    silent.start()
    icon = standing_icon(silent, FINE)
    silent.write_token(left=timedelta(minutes=4, seconds=15), renewable=False)
    silent.wait_row("Log in to corp")
    label = silent.wait_row("corp: ends in")
    x, *lines = open_menu(silent, icon)
    time.sleep(1)  # the pointer lights up a row
    before = silent.desk.screenshot()
    row = Box(x - 60, lines[1] - 10, 200, 20)
    poll(
        lambda: difference(before, silent.desk.screenshot(), row),
        f"another label than {label}",
        70,
    )
    silent.desk.screenshot(silent.desk.home / "followed.png")
    silent.desk.click((x, lines[0]))

    silent.wait_tooltip("corp: signed in, renews itself")


def test_rows_of_odd_names_are_drawn_and_work(silent: Program) -> None:
    """A name like a separator is a row among the others; markup is no markup."""
    desk = silent.desk
    command = [sys.executable, "-m", "tests.live.demo_labels"]
    desk.run(command, "app", env={"PYTHONPATH": str(ROOT)})
    icon = standing_icon(silent, GREEN)
    for above, number in ((2, 0), (0, 2)):  # no ink of "-" counts as a line
        x, *lines = open_menu(silent, icon, without=2)
        pitch = lines[2] - lines[1]
        desk.click((x, lines[0] - above * pitch))
        desk.wait_line("app", f"clicked {number}")
        settled(desk, room(silent))


def test_a_button_of_a_notice_logs_in(program: Program) -> None:
    """The session ends soon: a notice; its button logs in, and the notice goes."""
    program.write_token()
    program.start()
    standing_icon(program, FINE)
    before = drop_notice(program)
    press_log_in(program, before)

    program.wait_tooltip("corp: signed in, renews itself")
    assert len(program.visits) == 1
    vanished(program.desk, before, room(program))


def test_a_notice_that_is_replaced_keeps_its_buttons(program: Program) -> None:
    """It ends soon, it has ended: one notice after the other, and a button that works.

    GNOME shows a replaced banner without its buttons, so it gets a new one.
    """
    program.write_token()
    program.start()
    standing_icon(program, FINE)
    before = drop_notice(program)
    appeared(program.desk, before, room(program))
    program.write_ended_token()
    program.wait_tooltip("corp: ended at")
    time.sleep(1)
    press_log_in(program, before)

    program.wait_tooltip("corp: signed in, renews itself")
    vanished(program.desk, before, room(program))


def test_a_notice_is_withdrawn(program: Program) -> None:
    """Another program logs in: the notice that asks for it goes by itself."""
    program.write_token()
    program.start()
    standing_icon(program, FINE)
    before = drop_notice(program, left=timedelta(minutes=-2))  # one that stays
    appeared(program.desk, before, room(program))
    program.desk.screenshot(program.desk.home / "urgent.png")
    program.write_token()

    vanished(program.desk, before, room(program))
    assert program.visits == []


def test_the_icon_survives_its_shell(silent: Program) -> None:
    """The shell crashes and comes back, and so does the icon, with its menu."""
    silent.write_ended_token()
    silent.start()
    standing_icon(silent, RED)
    silent.desk.kill_panel()
    silent.desk.wait_gone(RED)
    silent.desk.start_panel()
    x, first, *_ = open_menu(silent, standing_icon(silent, RED))
    silent.desk.click((x, first))

    silent.wait_tooltip("corp: signed in, renews itself")
