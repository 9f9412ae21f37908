"""The real program on wine: its commands, its start at log-in, its icon."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.live.screen import poll
from tests.wine.machine import Windows

pytestmark = pytest.mark.wine

CONFIG = """
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
[profile dev]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Admin
"""
PLATE = (0x17, 0x1C, 0x22)
"""The dark plate of the icon while nobody is logged in."""


@pytest.fixture
def corp(windows: Windows) -> Iterator[Windows]:
    """Give the machine with one session and one profile set up."""
    folder = windows.home / ".aws"
    folder.mkdir(exist_ok=True)
    (folder / "config").write_text(CONFIG, encoding="utf-8")
    yield windows
    (folder / "config").unlink()


def tray(windows: Windows, *words: str) -> str:
    """Run a command that must go well; give what it prints."""
    done = windows.python("-m", "tray", *words)
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_status_and_profiles(corp: Windows) -> None:
    """What is in the config is told, for people and for programs."""
    assert "corp" in tray(corp, "status")
    assert json.loads(tray(corp, "status", "--json"))["sessions"][0]["name"] == "corp"
    assert "123456789012" in tray(corp, "profiles")


def test_start_at_log_in_by_the_run_key(corp: Windows) -> None:
    """It is switched on and off in the registry, and says what it is."""
    assert "off" in tray(corp, "autostart", "status")
    tray(corp, "autostart", "enable")
    tray(corp, "autostart", "enable")
    assert "is on" in tray(corp, "autostart", "status")
    tray(corp, "autostart", "disable")
    assert "off" in tray(corp, "autostart", "status")


def test_the_demo_logs_in(windows: Windows) -> None:
    """The program in the demo's world: a child with boto3, a browser, a token."""
    program = windows.start("-u", "-m", "tray", "demo", "--headless")
    assert program.stdout is not None
    try:
        said = next((line for line in program.stdout if "acme: signed in" in line), "")
    finally:
        program.kill()
        program.communicate()
    assert said


@contextmanager
def running(windows: Windows) -> Iterator[None]:
    """Run the program without a screen until the block ends; then it is killed."""
    program = windows.start("-u", "-m", "tray", "run", "--headless")
    try:
        poll(lambda: _reported(windows)["daemon"] is True, "the program answers", 90)
        yield
    finally:
        program.kill()
        for end in (program.stdin, program.stdout):
            assert end is not None
            end.close()
        program.wait(30)


@pytest.fixture
def daemon(corp: Windows) -> Iterator[Windows]:
    """Give the machine with the running program."""
    with running(corp):
        yield corp


def _reported(windows: Windows) -> dict[str, object]:
    report: dict[str, object] = json.loads(tray(windows, "status", "--json"))
    return report


def test_commands_reach_the_running_program(daemon: Windows) -> None:
    """Over the named pipe it tells, keeps quiet, pauses, and knows who may wait."""
    state = daemon.home / "AppData" / "Local" / "sso-tray"
    assert "until" in tray(daemon, "snooze", "--session", "corp", "1h")
    tray(daemon, "pause")
    (memory,) = state.glob("state-*.json")
    poll(lambda: json.loads(memory.read_text())["paused"], "it is paused", 10)
    tray(daemon, "resume")
    refused = daemon.python("-m", "tray", "credential-process", "--profile", "dev")

    assert refused.returncode == 3
    assert "Log in with" in refused.stdout
    assert _reported(daemon)["daemon"] is True


def test_a_killed_program_is_missed_by_nobody(corp: Windows) -> None:
    """Its key lies there still; commands see that nobody answers and do the work."""
    with running(corp):
        assert _reported(corp)["daemon"] is True

    poll(lambda: _reported(corp)["daemon"] is False, "it is gone", 30)


def test_the_tray_is_there_and_ends(corp: Windows, tmp_path: Path) -> None:
    """Its icon comes, its menu opens, and "Quit", the last row, ends it."""
    told = tmp_path / "told"
    corp.on_the_desktop(told, "-m", "tray", "run")
    x, y = corp.desk.icon_box(PLATE, 40).middle
    corp.desk.click((x, y), 3)
    time.sleep(1)  # the menu is no window of its own that could be waited for
    corp.desk.click((x - 60, y - 12))
    corp.desk.wait_gone(PLATE)
    assert told.read_text(encoding="utf-8") == ""
    log = corp.home / "AppData" / "Local" / "sso-tray" / "log"
    (file,) = log.glob("*.log")
    assert "ERROR" not in file.read_text(encoding="utf-8")
