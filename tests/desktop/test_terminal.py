"""Commands of ours in a terminal window, by what the desktop has."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tray.core.errors import TrayError
from tray.desktop.terminal import STAYING, TERMINALS, DesktopTerminal

SCREEN = {"DISPLAY": ":1"}


class Place:
    """A folder with terminals in it, and what was started."""

    def __init__(self, folder: Path, *names: str, broken: tuple[str, ...] = ()) -> None:
        self.broken, self.started = broken, list[Sequence[str]]()
        for name in names:
            (folder / name).write_text("")
            (folder / name).chmod(0o755)
        self.terminal = DesktopTerminal(
            SCREEN | {"PATH": str(folder)}, ("/opt/sso-tray",), self.launch
        )

    def launch(self, command: Sequence[str]) -> bool:
        """Note it, and fail where a test says so."""
        self.started.append(command)
        if command[0] in self.broken[1:]:
            raise TrayError("It is broken.", "")
        return command[0] not in self.broken


def test_the_desktops_own_terminal_comes_first(tmp_path: Path) -> None:
    """Our program with its words, in a window that stays until it is read."""
    place = Place(tmp_path, "xterm", "konsole")

    place.terminal.run(("sync", "--session", "my corp"))

    words = ("/opt/sso-tray", "sync", "--session", "my corp")
    assert place.started == [("konsole", "-e", "sh", "-c", STAYING, "sh", *words)]


def test_one_that_does_not_start_is_passed_over(tmp_path: Path) -> None:
    """The next one is tried."""
    names = ("kgx", "foot", "xterm")
    place = Place(tmp_path, *names, broken=("kgx", "foot"))

    place.terminal.run(("configure",))

    assert [command[0] for command in place.started] == list(names)


@pytest.mark.parametrize("environ", [{}, SCREEN])
def test_without_a_terminal_the_command_is_told(environ: dict[str, str]) -> None:
    """No screen, or no terminal on it: people read what to type themselves."""
    found = DesktopTerminal(environ | {"PATH": "/nowhere"}, ("x",), lambda _: True)

    with pytest.raises(TrayError) as told:
        found.run(("sync", "--session", "my corp"))
    assert "sso-tray sync --session 'my corp'" in told.value.remedy


def test_the_window_waits_for_its_reader() -> None:
    """The command gets its words whole; then Enter is waited for."""
    words = ("sh", "-c", STAYING, "sh", "printf", "%s|", "a b", "$HOME")
    done = subprocess.run(words, input="\n", text=True, capture_output=True, check=True)

    assert done.stdout.startswith("a b|$HOME|\nPress Enter")


def test_macos_and_windows() -> None:
    """Terminal.app gets one quoted line; Windows a console that stays open.

    What the shell of Windows would take for more than text is not given to it.
    """
    started = list[Sequence[str]]()

    def launch(command: Sequence[str]) -> bool:
        started.append(command)
        return True

    for platform in ("darwin", "win32"):
        found = DesktopTerminal({}, ("/Apps/sso tray",), launch, platform)
        found.run(("configure",))
    with pytest.raises(TrayError, match="No terminal"):
        DesktopTerminal({}, ("x",), launch, "win32").run(
            ("sync", "--session", "a & calc")
        )

    assert started[0][0] == "osascript"
    assert started[0][-1] == "'/Apps/sso tray' configure"
    assert started[1][:3] == ("cmd", "/c", "start")
    assert started[1][-2:] == ('"/Apps/sso tray"', "configure")
    assert len(started) == 2


def test_each_terminal_is_listed_once() -> None:
    """A table with two rows for one terminal would hide the second."""
    names = [terminal[0] for terminal in TERMINALS]

    assert len(names) == len(set(names))
