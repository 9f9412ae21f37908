"""Makes the README's pictures from the real program: `python -m tests.live.pictures`.

They are written to docs/images: the open menu, the menu of 5,000 profiles, a notice,
one that waits for the person and then comes, one for a program that waits, the page
after a log-in.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path

from PIL import Image

from tests.desktop.fake_session import own
from tests.fakes.presence import SAVER, FakeService, serving
from tests.live.chromium import chromium
from tests.live.desktop import Desktop
from tests.live.notices import OVER, press, wait_no_notice, wait_notice
from tests.live.real import REGION, ROOT, Program, the_program
from tests.live.screen import Box, poll
from tray.core.face import Mood
from tray.core.model import SsoSession
from tray.demo.center import CenterSettings
from tray.desktop.artwork import COLOURS
from tray.desktop.dbus import Bus

IMAGES = ROOT / "docs" / "images"
MARGIN = 12
ROLES = ("Admin", "Billing", "Dev", "ReadOnly")


def main() -> None:
    """Make all of them."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    for make in (menu, many, notice, held, wanted, login_page):
        with tempfile.TemporaryDirectory() as home:
            make(Path(home))


def menu(home: Path) -> None:
    """Take the open menu with the sub-menu of a session."""
    settings = CenterSettings(interval=1)
    with the_program(home, panel="xfce4-panel", settings=settings) as program:
        lab = add_session(program)
        program.write_token()
        program.write_token(timedelta(minutes=14, seconds=50), lab)
        program.drop_refresh_token(lab)
        program.start()
        label = program.wait_row("lab: ends in")
        desk = program.desk
        desk.click_row("Profiles", "corp", "dev (ReadOnly)", "Keep at the top")
        program.wait_row("★ dev")
        paint(desk)
        time.sleep(1)
        icon = program.desk.icon_box(rgb(COLOURS[Mood.ENDING]))
        desk.click(icon.middle, 3)
        first = desk.wait_menu()
        row = [name for name in desk.labels() if name != "-"].index(label)
        desk.move((first.x + 40, first.y + 14 + row * 25))
        second = desk.wait_menu(known=[first])
        time.sleep(0.5)
        crop(desk.screenshot(), icon, first, second).save(IMAGES / "menu.png")


def many(home: Path) -> None:
    """Take the menu of 5,000 profiles, unfolded to one account."""
    with the_program(home, panel="xfce4-panel") as program:
        path = home / ".aws" / "config"
        profiles = (
            f"[profile app-{number // 4:04}-{ROLES[number % 4].lower()}]\n"
            f"sso_session = corp\nsso_account_id = {100000000000 + number // 4}\n"
            f"sso_role_name = {ROLES[number % 4]}\n"
            for number in range(5000)
        )
        path.write_text(path.read_text() + "".join(profiles))
        program.write_token()
        program.start()
        program.wait_row("corp: signed in", seconds=30)
        paint(program.desk)
        time.sleep(8)  # the panel draws all of it at once
        icon = program.desk.icon_box(rgb(COLOURS[Mood.FINE]))
        program.desk.click(icon.middle, 3)
        boxes = [program.desk.wait_menu(seconds=30)]
        names = [name for name in program.desk.labels() if name != "-"]
        row = names.index("Profiles")
        for _ in range(2):
            at = (boxes[-1].x + 40, boxes[-1].y + 14 + row * 25)
            program.desk.move(at)
            boxes.append(program.desk.wait_menu(known=boxes))
            row = 1
        time.sleep(0.5)
        crop(program.desk.screenshot(), icon, *boxes).save(IMAGES / "menu-5000.png")


def held(home: Path) -> None:
    """Take a desktop that was locked, before and after somebody is back."""
    with the_program(home, panel="xfce4-panel", notifications=True) as program:
        bus = Bus(program.desk.env)
        saver = FakeService(bus, SAVER, "/org/gnome/ScreenSaver", SAVER)
        saver.answers = {"GetActive": ("", "b", (True,))}
        saver.signals = {"ActiveChanged": "b"}
        saver.export()
        with serving(bus):
            own(bus, SAVER)
            program.write_token(left=timedelta(minutes=14, seconds=50))
            program.drop_refresh_token()
            program.start()
            program.wait_tooltip("corp: ends in")
            paint(program.desk)
            time.sleep(2)
            before = program.desk.screenshot()
            saver.emit("ActiveChanged", (False,))
            box = poll(program.desk.popups, "the notice")[-1]
            time.sleep(0.5)
            after = program.desk.screenshot()
        icon = program.desk.icon_box(rgb(COLOURS[Mood.ENDING]))
        parts = [crop(screen, icon, box) for screen in (before, after)]
        size = (sum(part.width for part in parts) + MARGIN, parts[0].height)
        both = Image.new("RGB", size, "white")
        both.paste(parts[0], (0, 0))
        both.paste(parts[1], (parts[0].width + MARGIN, 0))
        both.save(IMAGES / "held.png")


def notice(home: Path) -> None:
    """Take a notice before the end of a session."""
    with the_program(home, panel="xfce4-panel", notifications=True) as program:
        program.write_token(left=timedelta(minutes=14))
        program.drop_refresh_token()
        program.start()
        paint(program.desk)
        box = poll(program.desk.popups, "the notice")[-1]
        icon = program.desk.icon_box(rgb(COLOURS[Mood.ENDING]))
        time.sleep(0.5)
        crop(program.desk.screenshot(), icon, box).save(IMAGES / "notice.png")


def wanted(home: Path) -> None:
    """Take the notice about a program that waits for a log-in."""
    with the_program(home, panel="xfce4-panel", notifications=True) as program:
        program.start()
        program.wait_tooltip("logged out")
        paint(program.desk)
        script = home / "terraform"
        command = f"{sys.executable} -m tray credential-process --profile dev"
        script.write_text(f"#!/bin/sh\n{command}\nexit\n")
        script.chmod(0o755)
        program.desk.run([str(script)], env={"PYTHONPATH": str(ROOT)})
        box = wait_notice(program)
        icon = Box(box.x + box.w, 0, 14, 28)  # the panel's end
        crop(program.desk.screenshot(), icon, box).save(IMAGES / "wanted.png")
        press(program, "log in", OVER)
        wait_no_notice(program)


def login_page(home: Path) -> None:
    """Take the page on which a log-in ends."""
    with the_program(home, panel=None, approves=False) as program:
        login = subprocess.Popen(
            [sys.executable, "-m", "tray", "login"],
            env={**program.desk.env, "PYTHONPATH": str(ROOT)},
            stderr=subprocess.DEVNULL,
        )
        (url,) = poll(lambda: program.visits, "the browser is opened")
        with chromium(home) as page:
            page.open(url)
            page.click("user-alice")
            page.click("allow")
            poll(lambda: "close this" in page.text(), "the last page")
            page.picture(IMAGES / "login-page.png")
        login.wait(20)


def add_session(program: Program) -> SsoSession:
    """Add a second session and its profile, and give it."""
    path = program.desk.home / ".aws" / "config"
    text = path.read_text() + (
        f"[sso-session lab]\nsso_start_url = {program.center.start_url('lab')}\n"
        f"sso_region = {REGION}\n"
        "[profile lab]\nsso_session = lab\nsso_account_id = 111100000004\n"
        "sso_role_name = Administrator\n"
    )
    path.write_text(text)
    return SsoSession("lab", program.center.start_url("lab"), REGION)


def paint(desk: Desktop) -> None:
    """Give the desktop a calm colour in place of X's black."""
    root = desk._x.screen().root
    root.change_attributes(background_pixel=0x6C8EAD)
    root.clear_area()
    desk._x.sync()


def rgb(text: str) -> tuple[int, int, int]:
    """Give the parts of a colour."""
    red, green, blue = bytes.fromhex(text.lstrip("#"))
    return red, green, blue


def crop(screen: Image.Image, *boxes: Box) -> Image.Image:
    """Give the part of a screen that shows these, with a margin."""
    left = min(box.x for box in boxes) - MARGIN
    top = min(box.y for box in boxes) - MARGIN
    right = max(box.x + box.w for box in boxes) + MARGIN
    bottom = max(box.y + box.h for box in boxes) + MARGIN
    size = screen.width, screen.height
    return screen.crop(
        (max(left, 0), max(top, 0), min(right, size[0]), min(bottom, size[1]))
    )


if __name__ == "__main__":
    main()
