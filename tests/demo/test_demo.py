"""The demo: a whole day in a world of its own, with nothing left behind."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest

from tests.builders import NOON, a_session, a_token, hours, minutes, some_facts
from tests.fakes.basics import FakeClock
from tests.waiting import until
from tray.core.settings import Settings
from tray.core.status import Activity, assess
from tray.demo.home import Pace, demo_world
from tray.demo.run import run_demo
from tray.demo.terminal import Terminal, board_lines

ROOT = Path(__file__).parents[2]
KEY = a_session().cache_key

QUICK = Pace(
    token=timedelta(seconds=6),
    session=timedelta(seconds=13),
    notices=("4s", "2s"),
    thinks=0.5,
    lasts=timedelta(seconds=18),
)
"""A day in eighteen seconds."""


@pytest.fixture
def temporary(tmp_path: Path) -> dict[str, str]:
    """Give variables under which temporary folders are made in a place of our own."""
    (tmp_path / "t").mkdir()
    (tmp_path / "home").mkdir()
    kept = {k: v for k, v in os.environ.items() if k.startswith("COVERAGE_")}
    return {
        **kept,
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "t"),
        "PYTHONPATH": str(ROOT),
    }


def start(environ: dict[str, str], *words: str) -> subprocess.Popen[str]:
    """Start the demo as a person would."""
    return subprocess.Popen(
        [sys.executable, "-m", "tray", "demo", *words],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def nothing_left(environ: dict[str, str]) -> bool:
    """Tell whether the demo's home is gone and the real one untouched."""
    return not any(Path(environ["TMPDIR"]).iterdir()) and not any(
        Path(environ["HOME"]).iterdir()
    )


def test_the_whole_day_is_seen(capsys: pytest.CaptureFixture[str]) -> None:
    """Renewed silently, told before the end, ended, logged in, green again."""
    assert run_demo(headless=True, minutes=None, open_browser=False, pace=QUICK) == 0

    said = capsys.readouterr().out
    seen = [
        "acme: signed in",
        "acme: renewed silently",
        "notice: acme ends at",
        "acme: ended at",
        "notice: acme has ended",
        "is withdrawn",
        "Alice opens the log-in page",
        "acme: signed in",
    ]
    place = 0
    for sentence in seen:
        place = said.find(sentence, place)
        assert place >= 0, f"{sentence!r} is missing or late in:\n{said}"
        place += 1
    assert "sso-tray run" in said[place:]
    assert not re.search(r"demo-(access|refresh)|code_challenge", said)


def test_it_ends_by_itself_and_leaves_nothing(temporary: dict[str, str]) -> None:
    """After its minutes it ends with 0; its home is gone and ours untouched."""
    demo = start(temporary, "--minutes", "0.05")
    said, errors = demo.communicate(timeout=60)

    assert demo.returncode == 0, errors
    assert "There is no desktop here" in said
    assert nothing_left(temporary)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_can_be_ended_at_any_time(
    temporary: dict[str, str], number: signal.Signals
) -> None:
    """Ctrl-C ends it cleanly too."""
    demo = start(temporary, "--headless")
    assert demo.stdout is not None
    until(lambda: demo.stdout is not None and "signed in" in demo.stdout.readline())
    demo.send_signal(number)
    _, errors = demo.communicate(timeout=20)

    assert "Traceback" not in errors
    assert nothing_left(temporary)


def test_its_world_has_nothing_of_the_real_account() -> None:
    """AWS's variables and proxies stay out; the desktop's come along."""
    real = {
        "PATH": "/bin",
        "HOME": "/home/me",
        "AWS_PROFILE": "prod",
        "HTTPS_PROXY": "http://proxy",
        "XDG_CONFIG_HOME": "/home/me/.config",
        "XDG_CURRENT_DESKTOP": "XFCE",
        "DISPLAY": ":0",
        "DBUS_SESSION_BUS_ADDRESS": "unix:path=/run/bus",
    }
    with demo_world(real, Pace()) as (world, center):
        environ = world.environ
        assert {k for k in environ if k.startswith("AWS_")} == {
            "AWS_ENDPOINT_URL_SSO",
            "AWS_ENDPOINT_URL_SSO_OIDC",
            "AWS_ENDPOINT_URL_STS",
            "AWS_EC2_METADATA_DISABLED",
        }
        assert environ["AWS_ENDPOINT_URL_SSO"] == center.url
        assert "HTTPS_PROXY" not in environ
        assert "XDG_CONFIG_HOME" not in environ
        assert environ["DISPLAY"] == ":0"
        assert environ["DBUS_SESSION_BUS_ADDRESS"] == "unix:path=/run/bus"
        assert world.home.exists()
    assert not world.home.exists()


class Tty(StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_on_a_terminal_the_board_is_drawn_in_its_place() -> None:
    """The diary grows above; the board below is wiped and drawn again."""
    out, clock = Tty(), FakeClock()
    terminal = Terminal(out, clock)
    board = assess(some_facts(a_token()), NOON, Settings())
    terminal.show(board, NOON)
    terminal.tell("Something happened.")
    terminal.draw()

    said = out.getvalue()
    assert said.count("\x1b[3F\x1b[J") == 2
    assert "12:00:00  corp: signed in" in said
    assert "12:00:00  Something happened." in said
    assert "█" in said.splitlines()[-1]


def test_bars_say_how_much_is_left() -> None:
    """Full, half, and nothing where nothing is known."""
    half = a_token(minutes(30), refreshable=False)
    for entry, bar in (
        (a_token(hours(1)), "█" * 24),
        (half, "█" * 24),
        (None, "·" * 24),
    ):
        (line,) = board_lines(assess(some_facts(entry), NOON, Settings()), NOON)
        assert bar in line
    logging_in = Activity(logging_in=frozenset({KEY}))
    (line,) = board_lines(
        assess(some_facts(activity=logging_in), NOON, Settings()), NOON
    )
    assert "waiting for you" in line
