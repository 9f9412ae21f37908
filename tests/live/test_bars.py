"""Status bars show what we print for them: tmux itself, in a terminal of tmux."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.live.real import ROOT

pytestmark = pytest.mark.live

PATIENCE = 15.0
NAME = "a#S #{host} 50% %H"
CONFIG = f"""\
[sso-session "{NAME}"]
sso_start_url = https://acme.awsapps.com/start
sso_region = eu-west-1
"""

Tmux = Callable[..., str]


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Tmux]:
    """Give a tmux of our own whose status line asks our real command."""
    (tmp_path / ".aws").mkdir()
    (tmp_path / ".aws" / "config").write_text(CONFIG)
    (tmp_path / "tmux.conf").write_text(
        f"set -g status-interval 1\n"
        f"set -g status-right-length 80\n"
        f"set -g status-left ''\n"
        f"set -g status-right '#({sys.executable} -m tray status --format tmux)'\n"
    )
    env = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "TERM": "xterm-256color"}
    env |= {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "TMUX_TMPDIR": str(tmp_path)}

    def run(server: str, *words: str) -> str:
        command: Sequence[str] = ("tmux", "-L", server, *words)
        done = subprocess.run(
            command, env=env, cwd=tmp_path, capture_output=True, text=True, check=True
        )
        return done.stdout

    run("inner", "-f", "tmux.conf", "new-session", "-d", "-s", "one", "sleep 60")
    attach = "env -u TMUX tmux -L inner attach -t one"
    size = ("-x", "120", "-y", "10")
    run("outer", "-f", "/dev/null", "new-session", "-d", *size, attach)
    yield run
    run("outer", "kill-server")
    run("inner", "kill-server")


def test_tmux_shows_the_line_and_takes_no_name_for_a_style(tmux: Tmux) -> None:
    """A session's name stands in the status line letter by letter."""
    shown, end = "", time.monotonic() + PATIENCE
    while "logged out" not in shown and time.monotonic() < end:
        time.sleep(0.3)
        shown = tmux("outer", "capture-pane", "-p")

    assert f"{NAME} logged out" in shown
