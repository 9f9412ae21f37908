"""Naming who asks: the program that people know, not what stands between."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tray.core.wording.callers import UNKNOWN
from tray.system.callers import program_of

assert sys.platform == "linux"

CHAINS = [
    ("the program itself", ("terraform",), "terraform"),
    ("our command in between", ("sso-tray", "terraform"), "terraform"),
    ("a shell of its SDK", ("python3.11", "sh", "aws", "bash"), "aws"),
    ("a script in Python", ("python3", "python3.12", "bash", "sshd"), "sshd"),
    ("brackets in a name", ("a) (b",), "a) (b"),
    ("go-betweens all the way", ("python3", "python3", "bash", "bash"), "python3"),
    ("nothing but a shell", ("bash",), "bash"),
    ("nobody", (), UNKNOWN),
]


@pytest.mark.parametrize(("about", "chain", "name"), CHAINS)
def test_the_nearest_that_people_know(
    tmp_path: Path, about: str, chain: tuple[str, ...], name: str
) -> None:
    """Parents are looked at until one says something."""
    assert about
    for number, one in enumerate(chain):
        (tmp_path / str(100 + number)).mkdir()
        parent = 101 + number if number + 1 < len(chain) else 1
        text = f"{100 + number} ({one}) S {parent} 1 1 0 -1"
        (tmp_path / str(100 + number) / "stat").write_text(text)

    assert program_of(100, tmp_path) == name


@pytest.mark.parametrize("text", ["", "1", "1 (x", "1 (x) S", "1 (x) S y"])
def test_what_makes_no_sense(tmp_path: Path, text: str) -> None:
    """Then it is a program."""
    (tmp_path / "7").mkdir()
    (tmp_path / "7" / "stat").write_text(text)

    assert program_of(7, tmp_path) == UNKNOWN
    assert program_of(None, tmp_path) == UNKNOWN


def test_a_real_one() -> None:
    """A process of this machine is named as `ps` would."""
    with subprocess.Popen(["sleep", "30"]) as process:
        try:
            assert program_of(process.pid) == "sleep"
        finally:
            process.kill()
    assert program_of(os.getpid())
