"""Programs wait for a sign-in that is over: one notice, one click, and they go on."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.live.notices import OVER, notices, press, wait_no_notice, wait_notice
from tests.live.real import ROOT, Program, the_program
from tray.system.paths import World

pytestmark = pytest.mark.live

assert sys.platform != "win32"

WORDS: Final = (
    *(sys.executable, "-m", "tray"),
    *("credential-process", "--profile", "dev"),
)
PATIENCE: Final = 40
"""Seconds; a program that is told nothing gives up a little later by itself."""

STORM: Final = 500
LINE: Final = (
    b'{"v":1,"world":"%s","verb":"credential-process",'
    b'"args":{"profile":"dev","wait":45}}\n'
)

Asking = subprocess.Popen[str]


@contextmanager
def five_programs(program: Program) -> Iterator[Sequence[Asking]]:
    """Ask for credentials as five SDKs do; nothing of them is left in the end."""
    programs = [
        subprocess.Popen(
            WORDS,
            env={**program.desk.env, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(5)
    ]
    try:
        yield programs
    finally:
        for one in programs:
            one.kill()
            one.communicate()


def test_programs_wait_for_one_log_in(tmp_path: Path) -> None:
    """Five programs, one notice; its button logs in, and all five have their keys."""
    with the_program(tmp_path, panel="xfce4-panel", notifications=True) as program:
        program.start()
        program.wait_tooltip("logged out")
        with five_programs(program) as programs:
            wait_notice(program)
            assert len(notices(program)) == 1
            press(program, "log in", OVER)
            said = [one.communicate(timeout=PATIENCE)[0] for one in programs]
        keys = {json.loads(text)["AccessKeyId"] for text in said}

        assert len(keys) == 1
        assert len(program.visits) == 1
        assert program.center.count("GetRoleCredentials") == 1
        wait_no_notice(program)


def test_a_storm_leads_to_one_log_in(tmp_path: Path) -> None:
    """500 callers on a session that is over: one notice, one page, 500 answers."""
    with the_program(tmp_path, panel="xfce4-panel", notifications=True) as program:
        program.start()
        program.wait_tooltip("logged out")
        world = World.of({**program.desk.env, "HOME": str(program.desk.home)})
        line = LINE % world.hash8.encode()
        with ExitStack() as stack:
            callers = [stack.enter_context(caller(world)) for _ in range(STORM)]
            for one in callers:
                one.sendall(line)
            wait_notice(program)
            assert len(notices(program)) == 1
            press(program, "log in", OVER)
            said = [one.makefile("rb").readline() for one in callers]

        assert {json.loads(text)["ok"] for text in said} == {True}
        assert len({json.loads(text)["result"]["AccessKeyId"] for text in said}) == 1
        assert len(program.visits) == 1
        assert program.center.count("GetRoleCredentials") == 1


def caller(world: World) -> socket.socket:
    """Give a connection to the program's endpoint, as the fast script makes it."""
    made = socket.socket(socket.AF_UNIX)
    made.settimeout(PATIENCE)
    made.connect(str(world.socket_path))
    return made


def test_who_snoozes_lets_nobody_wait(tmp_path: Path) -> None:
    """Its other button tells all of them at once that a log-in is needed."""
    with the_program(tmp_path, panel="xfce4-panel", notifications=True) as program:
        program.start()
        program.wait_tooltip("logged out")
        with five_programs(program) as programs:
            press(program, "snooze", OVER)
            told = [one.communicate(timeout=PATIENCE)[1] for one in programs]

        assert {one.returncode for one in programs} == {3}
        assert all("log in" in text.lower() for text in told)
        assert program.visits == []
        wait_no_notice(program)
