"""The desktop entry: validated, really started by other programs, and compared."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.system.autostart.odd import ODD_FOLDER, ODD_VALUES, plain, stand_in
from tests.waiting import until
from tray.core.autostart import Fault, State
from tray.system.autostart.technology import Launch
from tray.system.autostart.xdg import XdgEntry, keys, render

assert sys.platform != "win32"


def entry(tmp_path: Path, folder: str, variables: dict[str, str]) -> tuple[Path, Path]:
    """Install an entry for a stand-in; give the entry and what the stand-in tells."""
    program = stand_in(tmp_path / folder, tmp_path / "told")
    one = XdgEntry(
        tmp_path / "config" / "autostart", Launch((str(program), "run"), variables)
    )
    one.put()
    return Path(one.look().place), tmp_path / "told"


def tool(tmp_path: Path, *words: str) -> str:
    """Run another program in an empty world; give what it prints."""
    environ = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_CONFIG_DIRS": str(tmp_path / "none"),
        "LC_ALL": "C.UTF-8",
    }
    done = subprocess.run(
        words,
        env=environ,
        check=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
    )
    return done.stdout


def heard(told: Path) -> tuple[list[str], dict[str, str]]:
    """Give arguments and variables that the stand-in was started with."""
    until(told.exists)
    count, *rest = told.read_text(encoding="utf-8").split("\0")[:-1]
    pairs = (pair.partition("=") for pair in rest[int(count) :])
    return rest[: int(count)], {name: value for name, _, value in pairs}


@pytest.mark.parametrize("folder", ["bin", ODD_FOLDER])
def test_the_validator_finds_nothing_wrong(tmp_path: Path, folder: str) -> None:
    """The entry is right for the desktops' own validator, hints included."""
    path, _ = entry(tmp_path, folder, ODD_VALUES)

    assert tool(tmp_path, "desktop-file-validate", str(path)) == ""


def test_a_session_starts_it(tmp_path: Path) -> None:
    """What starts entries at log-in starts ours, with argument and variables."""
    proxy = {"HTTPS_PROXY": "http://proxy:3128", "NO_PROXY": "a b, *.corp"}
    path, told = entry(tmp_path, "with space", proxy)
    assert path.exists()

    tool(tmp_path, "dex", "-a", "-e", "XFCE")

    arguments, variables = heard(told)
    assert arguments == ["run"]
    assert proxy.items() <= variables.items()


@pytest.mark.parametrize("variables", [{}, ODD_VALUES], ids=["bare", "variables"])
@pytest.mark.parametrize("folder", ["bin", ODD_FOLDER], ids=["plain", "odd"])
def test_glib_starts_it(tmp_path: Path, folder: str, variables: dict[str, str]) -> None:
    """GLib, which most desktops start entries with, gets every odd sign right."""
    path, told = entry(tmp_path, folder, variables)

    tool(tmp_path, "gio", "launch", str(path))

    arguments, found = heard(told)
    assert arguments == ["run"]
    assert variables.items() <= found.items()


def test_an_entry_whose_program_is_gone_is_passed_over(tmp_path: Path) -> None:
    """After the program has been removed a session starts nothing and is silent."""
    path, told = entry(tmp_path, "bin", {})
    (tmp_path / "bin" / "sso-tray").unlink()
    assert path.exists()

    assert tool(tmp_path, "dex", "-a", "-e", "XFCE") == ""
    assert not told.exists()


@pytest.mark.parametrize(
    "line", ["Hidden=true", "X-GNOME-Autostart-enabled=false", "Hidden=True"]
)
def test_switched_off_by_the_desktop(tmp_path: Path, line: str) -> None:
    """An entry that a desktop's settings switched off is off, until it is put anew."""
    one = XdgEntry(tmp_path, plain())
    key = line.partition("=")[0]
    kept = [
        text for text in render(plain()).splitlines() if not text.startswith(f"{key}=")
    ]
    path = tmp_path / "sso-tray.desktop"
    path.write_text("\n".join([*kept, line, ""]), encoding="utf-8")

    assert one.look().state is State.OFF
    one.put()
    assert one.look().state is State.ON
    path.write_text("\n".join([*kept, line, ""]), encoding="utf-8")
    one.remove()
    assert not path.exists()


def test_rewritten_by_a_desktop(tmp_path: Path) -> None:
    """Other order, spaces, comments and keys of others do not make an entry stale."""
    head, *lines = render(plain()).splitlines()
    spaced = [line.replace("=", " = ", 1) for line in reversed(lines)]
    text = [head, "# by a desktop", *spaced, "RunHook=0", "[Other]", "Exec=no"]
    (tmp_path / "sso-tray.desktop").write_text("\n".join(text), encoding="utf-8")

    item = XdgEntry(tmp_path, plain()).look()

    assert item.state is State.ON
    assert item.faults == ()


@pytest.mark.parametrize(
    ("older", "fault"),
    [
        (Launch(("/old/sso-tray", "run"), {}), Fault.PROGRAM),
        (Launch(plain().command, {"NO_PROXY": "*"}), Fault.VARIABLES),
    ],
)
def test_why_it_is_stale(tmp_path: Path, older: Launch, fault: Fault) -> None:
    """A look tells what has changed."""
    XdgEntry(tmp_path, older).put()

    assert XdgEntry(tmp_path, plain()).look().faults == (fault,)


def test_another_text(tmp_path: Path) -> None:
    """An entry of another version is told as such."""
    text = render(plain()).replace("Comment=Keeps", "Comment=Kept")
    (tmp_path / "sso-tray.desktop").write_text(text, encoding="utf-8")

    assert XdgEntry(tmp_path, plain()).look().faults == (Fault.TEXT,)


def test_what_is_no_entry_has_no_keys() -> None:
    """Keys count in the first group alone, the first of each name."""
    assert keys("A=1\n[Other]\nB=2\n") == {}
    assert keys("[Desktop Entry]\nA=1\nA=2\n# C=3\nno\n[X]\nB=2\n") == {"A": "1"}
