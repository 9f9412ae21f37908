"""`autostart`: what people read, by a fake and by the real command."""

from __future__ import annotations

import io
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.daemons import run
from tests.fakes.autostart import FakeAutostart
from tests.fakes.cli import Absent, Ended, room_of
from tray.__main__ import main
from tray.core.autostart import Method

assert sys.platform != "win32"


def command(port: FakeAutostart, *words: str) -> Ended:
    """Run `autostart` over a fake."""
    outside = replace(room_of(Absent()).outside(), autostart=lambda: port)
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        status = main(["autostart", *words], outside)
    return Ended(status, out.getvalue(), err.getvalue())


def test_on_off_and_between() -> None:
    """Requests are confirmed on stderr; how it stands is the result, and exit 0."""
    port = FakeAutostart()

    assert command(port, "status").out == "Start at log-in is off.\n"
    on = command(port, "enable")
    assert (on.status, on.out) == (0, "")
    assert "starts at your next log-in, by a desktop autostart entry" in on.err
    assert command(port, "enable").err.startswith("Already on")
    moved = command(port, "enable", "--method", "systemd")
    assert "now by a systemd user unit" in moved.err
    assert "place of systemd" in command(port, "status").out
    assert "not start at log-in any more" in command(port, "disable").err
    assert command(port, "disable").err.startswith("Already off")


def test_stale_and_not_ours() -> None:
    """A stale entry says why and how to repair it; still exit 0."""
    port = FakeAutostart(entries={Method.XDG: "/gone"}, foreign={Method.SYSTEMD})

    found = command(port, "status")

    assert found.status == 0
    assert "needs repair" in found.out
    assert "starts another program" in found.out
    assert "sso-tray autostart enable" in found.out
    assert "Left alone" in found.out
    refused = command(port, "enable", "--method", "systemd")
    assert refused.status == 1
    assert refused.out == ""


@pytest.mark.parametrize(
    "words", [(), ("maybe",), ("enable", "--method", "cron"), ("status", "--json")]
)
def test_wrong_words(words: tuple[str, ...]) -> None:
    """What is not a word of ours is exit 2, and changes nothing."""
    port = FakeAutostart()

    assert command(port, *words).status == 2
    assert command(port, "enable", "--method", "launchd").status == 2
    assert not port.entries


def test_the_real_command(environ: dict[str, str], calm_world: Path) -> None:
    """The real command writes the entry, tells of it, and takes it away again."""
    environ["DISPLAY"] = ":77"
    environ["HTTPS_PROXY"] = "http://me:hunter2@proxy:3128"
    place = calm_world / ".config" / "autostart" / "sso-tray.desktop"

    on = run(environ, "autostart", "enable")

    assert on.returncode == 0, on.stderr
    assert "HTTPS_PROXY" in on.stderr
    assert "hunter2" not in on.stderr + place.read_text(encoding="utf-8")
    status = run(environ, "autostart", "status")
    assert status.stdout.startswith("Start at log-in is on, by a desktop autostart")
    assert str(place) in status.stdout
    assert run(environ, "autostart", "disable").returncode == 0
    assert not place.exists()
