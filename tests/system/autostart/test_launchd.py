"""The launch agent: on plain files, with launchctl played by a recorder."""

from __future__ import annotations

import plistlib
from pathlib import Path

import pytest

from tests.fakes.autostart import RecordingTell
from tests.system.autostart.odd import ODD_FOLDER, ODD_VALUES, plain
from tray.core.autostart import Fault, State
from tray.system.autostart.launchd import LaunchAgent, render
from tray.system.autostart.technology import Launch


def agent(
    folder: Path, launch: Launch, tell: RecordingTell | None = None
) -> LaunchAgent:
    """Give the agent of user 501."""
    return LaunchAgent(folder, 501, launch, tell or RecordingTell())


def test_what_launchd_reads(tmp_path: Path) -> None:
    """Command and variables arrive as they are, whatever signs are in them."""
    command = (f"/opt/{ODD_FOLDER}/<&>]]>/sso-tray", "run")
    agent(tmp_path, Launch(command, ODD_VALUES)).put()

    found = plistlib.loads((tmp_path / "sso-tray.plist").read_bytes())

    assert found["ProgramArguments"] == list(command)
    assert found["EnvironmentVariables"] == ODD_VALUES
    assert found["RunAtLoad"] is True
    assert found["AbandonProcessGroup"] is True


def test_nothing_is_started_or_ended_now(tmp_path: Path) -> None:
    """Only a switch is lifted by launchctl; the program that asks goes on running."""
    tell = RecordingTell()
    one = agent(tmp_path, plain(), tell)
    one.put()
    one.remove()
    one.remove()

    assert tell.told == [("launchctl", "enable", "gui/501/sso-tray")]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("older", "faults"),
    [
        (Launch(("/old", "run"), {}), (Fault.PROGRAM,)),
        (Launch(plain().command, {"NO_PROXY": "*"}), (Fault.VARIABLES,)),
    ],
)
def test_why_it_is_stale(
    tmp_path: Path, older: Launch, faults: tuple[Fault, ...]
) -> None:
    """A look tells what has changed."""
    agent(tmp_path, older).put()

    assert agent(tmp_path, plain()).look().faults == faults


def test_changed_by_hand(tmp_path: Path) -> None:
    """A key of others is told; the key that switches an agent off is heeded."""
    content = plistlib.loads(render(plain()))
    place = tmp_path / "sso-tray.plist"
    place.write_bytes(plistlib.dumps(content | {"Nice": 5}))
    assert agent(tmp_path, plain()).look().faults == (Fault.TEXT,)

    place.write_bytes(plistlib.dumps(content | {"Disabled": True}))
    assert agent(tmp_path, plain()).look().state is State.OFF


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"garbage",
        b"<plist><dict><key>Label</key></dict></plist>",
        b"<plist version='1.0'><integer>x</integer></plist>",
        b"bplist00garbage",
        plistlib.dumps(["Label"]),
        plistlib.dumps({"Label": "other"}),
        plistlib.dumps({"Label": "sso-tray"}),
    ],
)
def test_what_is_not_ours(tmp_path: Path, content: bytes) -> None:
    """Anything else in that place is not ours, and breaks nothing."""
    (tmp_path / "sso-tray.plist").write_bytes(content)

    assert agent(tmp_path, plain()).look().state is State.FOREIGN
