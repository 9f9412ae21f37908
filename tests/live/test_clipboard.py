"""Copying without any program for it: X's clipboard, held by us."""

from __future__ import annotations

import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import panels
from tests.live.desktop import Desktop
from tests.live.real import the_program
from tests.live.screen import poll
from tray.desktop.clipboard_x11 import LONGEST, X11Clipboard

pytestmark = pytest.mark.live

ODD = "eval \"$(sso-tray env 'R&D — ä')\"\nsecond line"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desktop]:
    """Give a bare screen."""
    with Desktop(home=tmp_path, panel=None) as desk:
        yield desk


def xclip(desk: Desktop, *words: str, given: str | None = None) -> str:
    """Run the program that pastes and copies as others do."""
    return subprocess.run(
        [panels.find("xclip"), "-selection", "clipboard", *words],
        env=desk.env,
        input=given,
        stdout=None if given else subprocess.PIPE,
        text=True,
        check=True,
        timeout=20,
    ).stdout


def holders() -> int:
    """Count the threads that hold a text."""
    return sum(one.name == "clipboard" for one in threading.enumerate())


def test_others_can_paste_it(desk: Desktop) -> None:
    """As often as they like and in each form; other forms are refused."""
    assert X11Clipboard(desk.env["DISPLAY"]).take(ODD)
    assert xclip(desk, "-o") == ODD
    assert xclip(desk, "-o", "-target", "UTF8_STRING") == ODD
    assert "UTF8_STRING" in xclip(desk, "-o", "-target", "TARGETS")
    with pytest.raises(subprocess.CalledProcessError):
        xclip(desk, "-o", "-target", "image/png")


def test_the_last_one_to_copy_has_it(desk: Desktop) -> None:
    """A second copy of ours, or another program's, ends the first one's thread."""
    clipboard = X11Clipboard(desk.env["DISPLAY"])
    assert clipboard.take("one")
    assert clipboard.take("two")
    assert xclip(desk, "-o") == "two"
    poll(lambda: holders() == 1, "only the second is held")
    xclip(desk, "-i", given="three")
    poll(lambda: not holders(), "nothing of ours is held")


def test_what_can_not_be_copied(desk: Desktop) -> None:
    """A text that is too long, and a name that no screen has, are told as such."""
    assert not X11Clipboard(desk.env["DISPLAY"]).take("ä" * LONGEST)
    assert not X11Clipboard("nowhere").take("dev")


def test_the_program_copies_where_there_is_no_program_for_it(tmp_path: Path) -> None:
    """The menu copies on a desktop that has neither xclip nor its like."""
    with the_program(tmp_path, panel="xfce4-panel") as program:
        paths = tmp_path / "programs"
        paths.mkdir()
        everywhere, program.desk.env["PATH"] = program.desk.env["PATH"], str(paths)
        program.write_token()
        program.start()
        program.wait_row("corp: signed in")
        program.desk.click_row("Profiles", "dev (ReadOnly)", "Copy", "Profile name")
        program.desk.env["PATH"] = everywhere

        def copied() -> bool:
            try:
                return xclip(program.desk, "-o") == "dev"
            except subprocess.CalledProcessError:
                return False  # nobody has copied yet

        poll(copied, "the name can be pasted")
