"""The choice: a unit where the desktop begins its target, else a desktop entry."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes.autostart import RecordingTell
from tests.system.autostart.odd import plain, stand_in
from tray.core.autostart import Change, Fault, LeftOut, Method, Reason, State
from tray.system.autostart.chooser import StartAtLogin, of_desktop, start_at_login
from tray.system.autostart.technology import teller

assert sys.platform != "win32"

SCREEN = {"DISPLAY": ":1"}
WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}


def desktop(
    home: Path, environ: Mapping[str, str], *, active: bool
) -> tuple[StartAtLogin, RecordingTell]:
    """Give a desktop whose graphical session is known to systemd, or is not."""
    tell = RecordingTell(content=active)
    return of_desktop(environ, home, plain(), tell), tell


@pytest.mark.parametrize(
    ("environ", "active", "method"),
    [
        (SCREEN, True, Method.SYSTEMD),  # GNOME, Plasma
        (WAYLAND, True, Method.SYSTEMD),
        (SCREEN, False, Method.XDG),  # Xfce, LXQt, MATE; no systemd at all
        ({}, True, Method.SYSTEMD),  # over SSH, while somebody is at the desktop
        ({}, False, Method.XDG),  # over SSH, nobody there: all desktops heed it
    ],
)
def test_which_one(
    tmp_path: Path, environ: dict[str, str], method: Method, *, active: bool
) -> None:
    """The method is one that this desktop heeds."""
    port, _ = desktop(tmp_path, environ, active=active)

    item = port.enable().status.active

    assert item is not None
    assert item.method is method


def test_another_desktop_another_method(tmp_path: Path) -> None:
    """Who moves from GNOME to Xfce is told that the unit is of no use, and helped."""
    desktop(tmp_path, SCREEN, active=True)[0].enable()
    port, tell = desktop(tmp_path, SCREEN, active=False)

    thorough = port.status(thorough=True).active
    assert thorough is not None
    assert thorough.faults == (Fault.UNUSED,)
    done = port.enable()
    assert done.change is Change.MOVED
    assert not list((tmp_path / ".config" / "systemd").rglob("*.service"))
    assert not port.status(thorough=True).stale
    assert ("systemctl", "--user", "daemon-reload") in tell.told


def test_from_a_console_the_unit_stays(tmp_path: Path) -> None:
    """Where no desktop can be asked, what is on stays on."""
    desktop(tmp_path, SCREEN, active=True)[0].enable()
    port, _ = desktop(tmp_path, {}, active=False)

    assert port.enable().change is Change.ALREADY_ON
    assert not port.status(thorough=True).stale


def test_a_look_starts_nothing(tmp_path: Path) -> None:
    """A menu may ask at any time: only files are read."""
    port, tell = desktop(tmp_path, SCREEN, active=True)
    port.enable()
    tell.told.clear()

    assert port.status().on
    assert tell.told == []


def test_both_at_once_are_told_and_made_one(tmp_path: Path) -> None:
    """Two of ours, as from a restored home, are stale; switching on leaves one."""
    saved, _ = desktop(tmp_path, SCREEN, active=False)
    saved.enable(Method.SYSTEMD)
    other = tmp_path / "other"
    desktop(other, SCREEN, active=False)[0].enable(Method.XDG)
    (other / ".config" / "autostart").rename(tmp_path / ".config" / "autostart")

    assert all(item.faults == (Fault.TWICE,) for item in saved.status().items)
    assert saved.enable().change is Change.REPAIRED
    assert not saved.status().stale
    [on] = [item for item in saved.status().items if item.state is State.ON]
    assert on.method is Method.XDG


@pytest.mark.parametrize("base", ["", "relative"])
def test_where_files_lie(tmp_path: Path, base: str) -> None:
    """XDG_CONFIG_HOME is heeded where it is a whole path, as its standard says."""
    own = desktop(tmp_path, {"XDG_CONFIG_HOME": str(tmp_path / "c")}, active=False)[0]
    usual = desktop(tmp_path, {"XDG_CONFIG_HOME": base}, active=False)[0]

    assert own.status(Method.XDG).items[0].place == str(
        tmp_path / "c" / "autostart" / "sso-tray.desktop"
    )
    assert usual.status(Method.SYSTEMD).items[0].place == str(
        tmp_path / ".config" / "systemd" / "user" / "sso-tray.service"
    )


def test_left_out_is_told(tmp_path: Path) -> None:
    """What the program would miss at log-in is told with every answer."""
    missing = (LeftOut("HTTPS_PROXY", Reason.SECRET),)
    launch = replace(plain(), left_out=missing)
    port = of_desktop(SCREEN, tmp_path, launch, RecordingTell())

    assert port.status().left_out == missing
    assert port.enable().status.left_out == missing


def test_the_tools_of_the_system(tmp_path: Path) -> None:
    """A tool that is there is asked; one that fails or is missing means no."""
    tell = teller({"PATH": os.environ["PATH"]})
    program = stand_in(tmp_path / "bin", tmp_path / "told")

    assert tell((str(program), "is-active"))
    assert (tmp_path / "told").exists()
    assert not tell(("false",))
    assert not tell((str(tmp_path / "none"),))


def test_this_system(calm_world: Path) -> None:
    """The real wiring gives a port that is off in an empty home."""
    port = start_at_login({"PATH": os.environ["PATH"]}, calm_world)

    assert not port.status(thorough=True).on
