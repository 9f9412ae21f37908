"""The systemd unit: read by systemd's own checker, and taken apart again by rule."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes.autostart import RecordingTell
from tests.system.autostart.odd import ODD_FOLDER, ODD_VALUES, plain, stand_in
from tray.core.autostart import Fault, State
from tray.core.errors import TrayError
from tray.system.autostart.systemd import SystemdUnit, quote, render
from tray.system.autostart.technology import Launch

assert sys.platform != "win32"

RELOADED = ("systemctl", "--user", "daemon-reload")


def verify(unit: Path, runtime: Path) -> str:
    """Give what systemd finds wrong: it exits with 0 for many a wrong value."""
    environ = {"PATH": os.environ["PATH"], "XDG_RUNTIME_DIR": str(runtime)}
    done = subprocess.run(
        ["systemd-analyze", "--user", "--man=no", "verify", str(unit)],
        env=environ | {"HOME": str(runtime)},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return f"exit {done.returncode}\n" * bool(done.returncode) + done.stderr


def unquote(text: str) -> str:
    """Read a word as systemd does: quotes, backslashes, specifiers."""
    if text.startswith('"') and text.endswith('"'):
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
    assert re.sub("%%", "", text).count("%") == 0
    return text.replace("%%", "%")


def test_systemd_finds_nothing_wrong(tmp_path: Path) -> None:
    """The unit is right for systemd, with the oddest path and values there are."""
    program = stand_in(tmp_path / ODD_FOLDER, tmp_path / "told")
    launch = Launch((str(program), "run"), ODD_VALUES)
    unit = SystemdUnit(tmp_path / "user", launch, RecordingTell())
    unit.put()

    assert verify(tmp_path / "user" / "sso-tray.service", tmp_path) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Restart=on-failure", "Restart=sometimes"),
        ("/sso-tray run", "/none run"),
        ("OOMPolicy=continue", "OOMPolity=continue"),
    ],
)
def test_systemd_would_find_it(tmp_path: Path, before: str, after: str) -> None:
    """The check above fails for a wrong value, a missing program, a wrong name."""
    program = stand_in(tmp_path / "bin", tmp_path / "told")
    text = render(Launch((str(program), "run"), {}))
    unit = tmp_path / "sso-tray.service"
    unit.write_text(text.replace(before, after), encoding="utf-8")

    assert verify(unit, tmp_path) != ""


@given(st.text(st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc"])))
def test_any_text_survives(text: str) -> None:
    """What systemd reads is what was meant, whatever signs are in it."""
    assert unquote(quote(f"X={text}")) == f"X={text}"


def test_the_link_is_what_systemctl_would_make(tmp_path: Path) -> None:
    """The target wants the unit by a link; the manager is told; off removes both."""
    tell = RecordingTell()
    unit = SystemdUnit(tmp_path, plain(), tell)
    unit.put()
    link = tmp_path / "graphical-session.target.wants" / "sso-tray.service"

    assert link.readlink() == tmp_path / "sso-tray.service"
    assert (tmp_path / "sso-tray.service").stat().st_mode & 0o777 == 0o600
    assert tell.told == [RELOADED]
    link.unlink()
    assert unit.look().state is State.OFF
    unit.put()
    unit.remove()
    assert [path.name for path in tmp_path.rglob("*")] == [link.parent.name]
    assert tell.told == [RELOADED] * 3


def test_no_manager_is_no_hindrance(tmp_path: Path) -> None:
    """Without a manager the unit waits for the next one; nothing else is bound."""
    unit = SystemdUnit(tmp_path, plain(), RecordingTell(content=False))
    unit.put()

    assert unit.look().state is State.ON
    assert not unit.in_use()


@pytest.mark.parametrize(
    ("older", "faults"),
    [
        (Launch(("/old/sso-tray", "run"), {}), (Fault.PROGRAM,)),
        (Launch(plain().command, {"NO_PROXY": "*"}), (Fault.VARIABLES,)),
        (
            Launch(("/old/sso-tray", "run"), {"NO_PROXY": "*"}),
            (Fault.PROGRAM, Fault.VARIABLES),
        ),
    ],
)
def test_why_it_is_stale(
    tmp_path: Path, older: Launch, faults: tuple[Fault, ...]
) -> None:
    """A look tells what has changed, and `put` makes it right."""
    SystemdUnit(tmp_path, older, RecordingTell()).put()
    unit = SystemdUnit(tmp_path, plain(), RecordingTell())

    assert unit.look().faults == faults
    unit.put()
    assert unit.look().faults == ()


def test_a_line_changed_by_hand(tmp_path: Path) -> None:
    """Another text of ours is told as such."""
    unit = SystemdUnit(tmp_path, plain(), RecordingTell())
    text = render(plain()).replace("RestartSec=5s", "RestartSec=1s")
    (tmp_path / "sso-tray.service").write_text(text, encoding="utf-8")

    assert unit.look().faults == (Fault.TEXT,)


@pytest.mark.parametrize("kind", ["masked", "folder", "large"])
def test_what_is_no_file_of_ours(tmp_path: Path, kind: str) -> None:
    """A masked unit, a folder and a huge file are not ours, and stay."""
    place = tmp_path / "sso-tray.service"
    if kind == "masked":
        place.symlink_to("/dev/null")
    elif kind == "folder":
        place.mkdir()
    else:
        place.write_text(render(plain()) + "#" * 100_000, encoding="utf-8")
    unit = SystemdUnit(tmp_path, plain(), RecordingTell())

    assert unit.look().state is State.FOREIGN
    with pytest.raises(TrayError):
        unit.put()
    unit.remove()
    assert place.is_symlink() or place.exists()


def test_a_place_that_cannot_be_written(tmp_path: Path) -> None:
    """A file where a folder should be is explained, and nothing stays behind."""
    (tmp_path / "user").write_text("", encoding="utf-8")
    unit = SystemdUnit(tmp_path / "user", plain(), RecordingTell())

    assert unit.look().state is State.ABSENT
    with pytest.raises(TrayError, match="can't be changed"):
        unit.put()
    unit.remove()
    assert [path.name for path in tmp_path.iterdir()] == ["user"]


def test_a_link_that_cannot_be_made(tmp_path: Path) -> None:
    """A folder in the link's place is explained, and no half of it stays."""
    wants = tmp_path / "graphical-session.target.wants"
    (wants / "sso-tray.service").mkdir(parents=True)
    unit = SystemdUnit(tmp_path, plain(), RecordingTell())

    with pytest.raises(TrayError, match="can't be changed"):
        unit.put()
    assert [path.name for path in wants.iterdir()] == ["sso-tray.service"]
    with pytest.raises(TrayError, match="can't be changed"):
        unit.remove()
