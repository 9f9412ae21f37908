"""The unit in a real user manager: started, ready, restarted, ended with the session.

A manager runs on any machine once `/run/systemd/system` is there for it, which a mount
namespace of its own pretends; that takes the rights of root, or of a user namespace.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live.screen import poll
from tray.core.autostart import Method
from tray.system.autostart.chooser import start_at_login

assert sys.platform != "win32"

pytestmark = pytest.mark.live

MANAGER = """
mkdir -p /run/systemd && mount -t tmpfs none /run/systemd &&
mkdir /run/systemd/system && exec /lib/systemd/systemd --user --log-target=console
"""
DESKTOP = "[Unit]\nBindsTo=graphical-session.target\nBefore=graphical-session.target\n"
"""What a desktop brings along, for the target refuses to be started by hand."""

ODD = '/o d/%h/$HOME/${HOME}/"q"/it\'s/back\\slash/`x`/ü😀;#'


@pytest.fixture
def environ(tmp_path: Path) -> Iterator[dict[str, str]]:
    """Give the variables of somebody whose manager runs, with an empty desktop."""
    home, run = tmp_path / "home", tmp_path / "run"
    units = home / ".config" / "systemd" / "user"
    units.mkdir(parents=True)
    run.mkdir(mode=0o700)
    (units / "desktop.target").write_text(DESKTOP, encoding="utf-8")
    environ = {
        "HOME": str(home),
        "PATH": f"{Path(sys.executable).parent}:/usr/bin:/bin",
        "XDG_RUNTIME_DIR": str(run),
        "DISPLAY": ":99",
    }
    rights = ["--mount"] if os.geteuid() == 0 else ["--mount", "--map-root-user"]
    with (tmp_path / "manager.log").open("wb") as log:
        manager = subprocess.Popen(
            ["unshare", *rights, "sh", "-c", MANAGER],
            env=environ,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        poll(lambda: ask(environ, "is-active", "basic.target") == "active", "a manager")
        yield environ
    finally:
        manager.terminate()
        manager.wait(30)


def ask(environ: dict[str, str], *words: str) -> str:
    """Ask the manager."""
    return subprocess.run(
        ["systemctl", "--user", *words],
        env=environ,
        check=False,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        timeout=30,
    ).stdout.strip()


def shown(environ: dict[str, str], name: str) -> str:
    """Give a property of our unit."""
    return ask(environ, "show", "sso-tray", "--value", "--property", name)


def test_with_the_session_it_comes_and_goes(
    environ: dict[str, str], tmp_path: Path
) -> None:
    """Ready when it says so, with its variables, up again when killed, then stopped."""
    assert ask(environ, "start", "desktop.target") == ""
    told = environ | {"AWS_CONFIG_FILE": ODD}
    port = start_at_login(told, tmp_path / "home")
    active = port.enable().status.active
    assert active is not None
    assert active.method is Method.SYSTEMD
    assert ask(environ, "is-enabled", "sso-tray") == "enabled"
    ask(environ, "stop", "desktop.target", "graphical-session.target")

    ask(environ, "start", "desktop.target")
    poll(lambda: shown(environ, "ActiveState") == "active", "ready")
    pid = int(shown(environ, "MainPID"))
    found = Path(f"/proc/{pid}/environ").read_text(encoding="utf-8").split("\0")
    assert f"AWS_CONFIG_FILE={ODD}" in found
    os.kill(pid, signal.SIGKILL)
    poll(lambda: shown(environ, "NRestarts") == "1", "started again", 30)
    poll(lambda: shown(environ, "ActiveState") == "active", "ready again")
    ask(environ, "stop", "graphical-session.target")
    poll(lambda: shown(environ, "ActiveState") == "inactive", "ended")
    assert shown(environ, "Result") == "success"
    port.disable()
    assert ask(environ, "is-enabled", "sso-tray") != "enabled"
