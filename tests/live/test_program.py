"""The real program in real panels: the real icon, the real menu, real clicks."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.live import panels
from tests.live.notices import notices, press, wait_no_notice
from tests.live.panels import PANELS
from tests.live.real import REGION, Program, the_program
from tests.live.screen import poll
from tray.core.face import Mood
from tray.desktop.artwork import COLOURS

pytestmark = pytest.mark.live


def rgb(text: str) -> tuple[int, int, int]:
    """Give the parts of a colour."""
    text = text.lstrip("#")
    red, green, blue = (int(text[at : at + 2], 16) for at in (0, 2, 4))
    return red, green, blue


FINE = rgb(COLOURS[Mood.FINE])
PAUSED = rgb(COLOURS[Mood.PAUSED])
RED = rgb(COLOURS[Mood.ENDED])


@pytest.fixture(params=PANELS)
def program(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Program]:
    """Give the program on a desktop with each panel."""
    with the_program(tmp_path, panel=request.param) as program:
        yield program


@pytest.fixture
def on_xfce(tmp_path: Path) -> Iterator[Program]:
    """Give the program on Xfce with a notification server."""
    with the_program(tmp_path, panel="xfce4-panel", notifications=True) as program:
        yield program


def click_row(program: Program, label: str, rows_above: int) -> None:
    """Open the icon's menu and click a row, counted in rows from the top."""
    desk = program.desk
    desk.wait_no_menu()
    icon = desk.find(FINE) or desk.icon_box(RED)
    desk.click(icon.middle, 3)
    menu = desk.wait_menu()
    assert any(label in row for row in desk.labels())
    desk.click((menu.x + 40, menu.y + 14 + rows_above * 25))


def test_a_click_on_the_icon_logs_in(program: Program) -> None:
    """Red, one click, the browser, approved, green: and the file is there."""
    program.write_ended_token()
    program.start()
    program.wait_tooltip("corp: ended at")
    program.desk.click(program.desk.icon_box(RED).middle)

    program.wait_tooltip("corp: signed in, renews itself")
    program.desk.icon_box(FINE)
    assert len(program.visits) == 1
    assert program.token_path.stat().st_mode & 0o777 == 0o600


def test_a_click_in_the_menu_logs_in(program: Program) -> None:
    """The menu's first row says what to do, and does it."""
    program.write_ended_token()
    program.start()
    assert program.wait_row("Log in to corp") == "Log in to corp"
    click_row(program, "Log in to corp", 0)

    program.wait_row("corp: signed in, renews itself")
    assert len(program.visits) == 1


def test_what_another_program_writes_shows_within_a_second(program: Program) -> None:
    """A token that the AWS CLI writes turns icon, tooltip and menu."""
    program.start()
    program.wait_tooltip("corp: logged out")
    program.write_token()

    program.wait_tooltip("corp: signed in, renews itself", seconds=1)
    program.wait_row("corp: signed in", seconds=3)
    program.desk.icon_box(FINE, seconds=3)


def test_the_rows_of_a_session_and_quit(program: Program) -> None:
    """Renew, log out, pause; and Quit takes the icon away and ends with 0."""
    program.write_token()
    program.start()
    label = program.wait_row("corp: signed in, renews itself")
    program.desk.click_row(label, "Renew now")
    poll(lambda: program.center.count("CreateToken/refresh_token"), "renewed")
    program.desk.click_row("Pause renewals")
    poll(lambda: program.desk.find(PAUSED), "the icon says paused")
    program.desk.click_row("Pause renewals")
    program.desk.icon_box(FINE)
    program.desk.click_row(program.wait_row("corp: signed in"), "Log out")
    program.wait_tooltip("corp: logged out")
    assert not program.token_path.exists()
    program.desk.click_row("Quit")

    assert program.process is not None
    assert program.process.wait(8) == 0
    assert not program.desk.bus.icons()


def test_a_name_can_be_copied(on_xfce: Program) -> None:
    """What the menu copies can be pasted elsewhere, and nothing is told."""
    on_xfce.write_token()
    on_xfce.start()
    on_xfce.wait_row("corp: signed in")
    on_xfce.desk.click_row("Profiles", "dev (ReadOnly)", "Copy", "Profile name")

    command = [panels.find("xclip"), "-selection", "clipboard", "-o"]
    poll(
        lambda: (
            subprocess.run(
                command, env=on_xfce.desk.env, capture_output=True, check=False
            ).stdout
            == b"dev"
        ),
        "the name is on the clipboard",
    )
    assert not notices(on_xfce)


def test_a_due_token_is_renewed_and_nobody_is_asked(program: Program) -> None:
    """A token in its last twenty minutes is renewed before botocore would."""
    program.write_token(left=timedelta(minutes=16))
    program.start()

    assert program.center.wait_for("CreateToken/refresh_token")
    program.wait_tooltip("corp: signed in, renews itself")
    assert program.visits == []


def test_the_icon_survives_its_panel(program: Program) -> None:
    """The panel crashes and comes back, and so does the icon."""
    program.write_token()
    program.start()
    program.desk.icon_box(FINE)
    program.desk.kill_panel()
    program.desk.wait_gone(FINE)
    program.desk.start_panel()

    program.desk.icon_box(FINE)
    program.wait_tooltip("corp: signed in")


def test_a_panel_may_come_late(tmp_path: Path) -> None:
    """Without a tray it says so once with the remedy, and appears when one comes."""
    with the_program(tmp_path, panel=None) as program:
        program.write_token()
        program.start()
        log = next_log(program)
        poll(
            lambda: "shows no tray icons" in log().replace("\n", " "), "it says so", 40
        )
        program.desk.panel = "xfce4-panel"
        program.desk.start_panel()
        program.desk.icon_box(FINE)

        assert log().count("shows no tray icons") == 1


def next_log(program: Program) -> Callable[[], str]:
    """Give a function that reads the program's log."""
    folder = program.desk.home / "state" / "sso-tray" / "log"

    def read() -> str:
        return "".join(path.read_text() for path in folder.glob("*.log"))

    return read


def test_a_notice_comes_and_its_button_logs_in(tmp_path: Path) -> None:
    """The session ends soon: a notice; its button logs in, and the notice goes."""
    with the_program(tmp_path, panel="xfce4-panel", notifications=True) as program:
        program.write_token(left=timedelta(minutes=3))
        program.drop_refresh_token()
        program.start()
        press(program, "log in")

        program.wait_tooltip("corp: signed in, renews itself")
        assert len(program.visits) == 1
        wait_no_notice(program)


def test_a_notice_can_be_snoozed(tmp_path: Path) -> None:
    """Snooze takes the notice away; the icon and the menu still tell."""
    with the_program(tmp_path, panel="xfce4-panel", notifications=True) as program:
        program.write_token(left=timedelta(minutes=3))
        program.drop_refresh_token()
        program.start()
        press(program, "snooze")

        wait_no_notice(program)
        program.wait_tooltip("corp: ends in")
        assert program.visits == []


def test_a_notice_can_be_muted(tmp_path: Path) -> None:
    """Muted, the sign-in may end in peace; the end itself is told."""
    with the_program(tmp_path, panel="xfce4-panel", notifications=True) as program:
        program.write_token(left=timedelta(seconds=8))
        program.drop_refresh_token()
        program.start()
        press(program, "mute")

        wait_no_notice(program)
        program.wait_tooltip("corp: ended at")
        poll(lambda: notices(program), "the end is told")


def test_a_thousand_profiles_and_three_sessions(tmp_path: Path) -> None:
    """The right board is there within a second of a change by another program."""
    with the_program(tmp_path, panel="xfce4-panel") as program:
        path = tmp_path / ".aws" / "config"
        text = path.read_text() + "".join(
            f"[sso-session s{n}]\nsso_start_url = {program.center.start_url('lab')}\n"
            f"sso_region = {REGION}\n"
            for n in (1, 2)
        )
        text += "".join(
            f"[profile p{n}]\nsso_session = s{n % 2 + 1}\n"
            f"sso_account_id = {100000000000 + n // 4}\nsso_role_name = Role{n % 4}\n"
            for n in range(1000)
        )
        path.write_text(text)
        program.start()
        program.wait_tooltip("logged out")
        program.write_token()
        program.wait_tooltip("corp: signed in, renews itself", seconds=1)
        path.write_text(text.replace("[sso-session s2]", "[sso-session two]"))

        # a second for the board; reading so large a menu takes the test one itself
        program.wait_row("two: logged out", seconds=5)
