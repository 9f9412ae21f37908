"""A protected profile on a real desktop: the question, its buttons, and who waits."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.live.notices import (
    QUESTION,
    notices,
    press,
    wait_no_notice,
    wait_notice,
)
from tests.live.real import ROOT, Program, the_program

pytestmark = pytest.mark.live

WORDS = [sys.executable, "-m", "tray", "credential-process", "--profile", "dev"]
PATIENCE = 40
"""Seconds; a program that is told nothing gives up a little later by itself."""


@contextmanager
def asking(program: Program, count: int) -> Iterator[Sequence[subprocess.Popen[str]]]:
    """Have so many programs ask for `dev`; nothing of them is left in the end."""
    programs = [
        subprocess.Popen(
            WORDS,
            env={**program.desk.env, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    try:
        yield programs
    finally:
        for one in programs:
            one.kill()
            one.communicate()


@contextmanager
def protected(home: Path) -> Iterator[Program]:
    """Give the running program with `dev` protected, signed in."""
    with the_program(home, panel="xfce4-panel", notifications=True) as program:
        settings = home / "config" / "sso-tray" / "settings.toml"
        settings.write_text("[profiles.dev]\nprotected = true\n")
        program.write_token()
        program.start()
        program.wait_tooltip("corp")
        yield program


def test_unlocked(tmp_path: Path) -> None:
    """Five programs, one question, one click: all have their keys, and the next too."""
    with protected(tmp_path) as program, asking(program, 5) as programs:
        wait_notice(program)
        assert len(notices(program)) == 1
        assert program.center.count("GetRoleCredentials") == 0
        press(program, "unlock", QUESTION)
        said = [one.communicate(timeout=PATIENCE)[0] for one in programs]

        assert len({json.loads(text)["AccessKeyId"] for text in said}) == 1
        with asking(program, 1) as (again,):
            assert again.communicate(timeout=PATIENCE)[0]
        wait_no_notice(program)
        program.wait_row("Protected profiles")


def test_not_now(tmp_path: Path) -> None:
    """One click answers all who wait: exit status 1, a sentence, and no browser."""
    with protected(tmp_path) as program, asking(program, 3) as programs:
        press(program, "not now", QUESTION)
        told = [one.communicate(timeout=PATIENCE)[1] for one in programs]

        assert {one.returncode for one in programs} == {1}
        assert all("it was not unlocked" in text for text in told)
        assert program.center.count("GetRoleCredentials") == 0
        wait_no_notice(program)
